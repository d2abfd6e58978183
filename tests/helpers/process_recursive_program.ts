// Starts itself again through the process room, and prints what stopped it.
import { lockFlags } from "../../.ci/lock.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { parseChain, parseDepth } from "../../lib/process/depth.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { random, WIDE } from "./process_fixture.ts";

const depth = parseDepth(Deno.env.get("_OUROBOROS_DEPTH"));
const chain = parseChain(Deno.env.get("_OUROBOROS_CHAIN"));
const parentMarker = Deno.env.get("_OUROBOROS_WORKER");
const processes = createProcesses({ depth, chain, parentMarker, random });
console.log(`depth ${depth}`);
try {
  const values: Record<string, string> = {};
  for (const name of ["PATH", "HOME", "DENO_DIR"]) {
    const value = Deno.env.get(name);
    if (value !== undefined) values[name] = value;
  }
  const child = await processes.start({
    argv: [Deno.execPath(), "run", "-A", "--no-check", ...lockFlags(), import.meta.filename!],
    cwd: Deno.cwd(),
    env: { values },
    limits: WIDE,
    label: "again",
    onLine: (_stream, line) => console.log(line),
  });
  await child.ended;
} catch (error) {
  console.log(error instanceof OuroborosError ? `${error.code}: ${error.message}` : error);
}
await processes.close();
