import { join } from "@std/path";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { type AppBench, appBench, type BenchOptions } from "./app_bench.ts";
import { scriptedAgent } from "./scripted_agent.ts";

/** Id of the agent of {@link answeringBench}. */
export const ANSWERER = "sage";

/** A scripted agent that answers questions; what it says last is its answer. */
export function answeringAgent(parts: Partial<RuntimeDefinition> = {}): RuntimeDefinition {
  const base = scriptedAgent(ANSWERER);
  return {
    ...base,
    capabilities: { ...base.capabilities, completions: true },
    complete: {
      invoke: (request) => ({
        args: ["answer"],
        stdin: request.prompt,
        env: {},
        files: { "system.txt": request.systemText },
      }),
      takesSchema: () => false,
      reads: true,
      confinement: "a script",
    },
    ...parts,
  };
}

/**
 * A bench with such an agent on its PATH. `play` is shell text that runs where the question has the
 * agent work, with `$n` (which call, from 1) and `$notes`, where the prompt lies as `prompt-N`, the
 * folder as `cwd-N` and what is in it as `files-N`.
 */
export async function answeringBench(
  play: string,
  options: BenchOptions = {},
): Promise<AppBench> {
  const bench = await appBench({ agent: answeringAgent(), ...options });
  const program = join(bench.bin, ANSWERER);
  const text = `#!/bin/sh
if [ "$1" = --version ]; then echo "${ANSWERER} 1.2.3"; exit; fi
notes='${bench.notes}'
n=1
while [ -e "$notes/prompt-$n" ]; do n=$((n + 1)); done
cat > "$notes/prompt-$n"
pwd > "$notes/cwd-$n"
ls -A > "$notes/files-$n"
${play}
`;
  await Deno.writeTextFile(`${program}.text`, text);
  // By a child, as in writeAgent: a program that we have open for writing cannot be started.
  await new Deno.Command("sh", {
    args: ["-c", `cat "$1.text" > "$1" && chmod 755 "$1"`, "sh", program],
  }).output();
  return bench;
}
