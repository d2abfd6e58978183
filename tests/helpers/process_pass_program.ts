// Starts a child that gets a variable which this program, with its few permissions, cannot read.
import { createProcesses } from "../../lib/process/processes.ts";

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const processes = createProcesses({ depth: 0, chain: [], random });
const lines: string[] = [];
const child = await processes.start({
  // It lives a moment: of a child that ended at once no start time can be read, and none is needed.
  argv: ["sh", "-c", "(setsid sleep 300 >/dev/null 2>&1 &); sleep 0.5; exec env -u PWD"],
  cwd: "/",
  env: { values: { PATH: "/usr/bin:/bin" }, passNames: ["HIDDEN_TOKEN"] },
  limits: { totalMs: 60_000, outputBytes: 1e6, lineBytes: 1e5 },
  label: "stub",
  onLine: (_stream, line) => lines.push(line),
});
const { reaped } = await child.ended;
const alive = await processes.alive(await processes.self());
await processes.close();
const readable = Deno.env.get("HIDDEN_TOKEN") ?? null;
console.log(JSON.stringify({ lines, readable, identity: child.identity, alive, reaped }));
