// Starts a tree that does everything to get away, says "ready", and waits to be killed.
import { createProcesses } from "../../lib/process/processes.ts";
import { random, shell } from "./process_fixture.ts";

const LENGTH = Deno.args[0] ?? "300";
const processes = createProcesses({ depth: 0, chain: [], random });
const script = [
  `setsid sleep ${LENGTH} &`,
  `(setsid sh -c 'sleep ${LENGTH} & sleep ${LENGTH} & wait' &)`,
  `(sh -c '(setsid sleep ${LENGTH} &) &' &)`,
  `env -i /usr/bin/env setsid sleep ${LENGTH} &`,
  `sh -c 'trap "" TERM; sleep ${LENGTH}; sleep ${LENGTH}' &`,
  "echo ready",
  "wait",
].join("\n");
const child = await processes.start({
  ...shell(script),
  onLine: (_stream, line) => {
    if (line === "ready") setTimeout(() => console.log("ready"), 300);
  },
});
await child.ended;
