import { join } from "@std/path";
import { type ErrorCode, OuroborosError } from "../../lib/kernel/error.ts";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "./made_up_runtime.ts";

/** What the decoder of {@link scriptedAgent} has seen. */
interface Seen {
  sessionId?: string;
  last?: string;
  fail?: { code: ErrorCode; message: string; retryable: boolean; retryAfterSeconds?: number };
}

/**
 * A runtime whose program is a shell script (see {@link writeAgent}). It says `session ID`,
 * `tokens IN OUT`, `cost USD`, `fail CODE WORDS` (`retry CODE WORDS` where trying again may help,
 * `reset SECONDS CODE WORDS` where it does after a time); every other line is talk. `promptBytes`: a longer prompt is refused before anything starts.
 */
export function scriptedAgent(
  id: string,
  options: { promptBytes?: number; resume?: "by-id" | "none" } = {},
): RuntimeDefinition {
  const base = madeUpRuntime(id);
  const resume = options.resume ?? "by-id";
  return {
    ...base,
    capabilities: { ...base.capabilities, resume, usage: "per-call", cost: "reported" },
    invoke: (request) => {
      const most = options.promptBytes ?? 1_000_000;
      if (request.prompt.length > most) throw tooLarge(request.prompt.length, most);
      return {
        args: ["work", request.resume ?? "-"],
        stdin: request.prompt,
        env: {},
        files: {},
      };
    },
    decode: {
      start: (): Seen => ({}),
      line: (state, _stream, line) => {
        const seen = state as Seen;
        const [word = "", first = "", ...rest] = line.split(" ");
        switch (word) {
          case "session":
            seen.sessionId = first;
            return [{ type: "started", sessionId: first }];
          case "tokens":
            return [{
              type: "usage",
              usage: { inputTokens: Number(first), outputTokens: Number(rest[0]) },
            }];
          case "cost":
            return [{ type: "usage", usage: { costUsd: Number(first) } }];
          case "reset":
            seen.fail = {
              code: rest[0] as ErrorCode,
              message: rest.slice(1).join(" "),
              retryable: true,
              retryAfterSeconds: Number(first),
            };
            return [];
          case "fail":
          case "retry":
            seen.fail = {
              code: first as ErrorCode,
              message: rest.join(" "),
              retryable: word === "retry",
            };
            return [];
          default:
            seen.last = line;
            return [{ type: "text", text: line }];
        }
      },
      finish: (state, exit) => {
        const { sessionId, fail, last } = state as Seen;
        const told = {
          ...(sessionId === undefined ? {} : { sessionId }),
          ...(last === undefined ? {} : { finalText: last }),
        };
        if (fail) return { reason: "failed", ...fail, ...told };
        if (exit.reason === "completed") return { reason: "completed", ...told };
        const code = exit.reason === "cancelled"
          ? "cancelled"
          : exit.reason === "timed_out"
          ? "timed_out"
          : "agent_failed";
        return { reason: exit.reason, code, message: `It ended: ${exit.reason}`, ...told };
      },
    },
  };
}

function tooLarge(length: number, most: number) {
  return new OuroborosError({
    code: "prompt_too_large",
    message: `Start the agent: its prompt has ${length} characters and it takes ${most}`,
  });
}

/**
 * Writes the program of a scripted agent into `bin`. `play` is shell text that runs in the
 * worktree with `$criterion` (its id), `$n` (which start for this criterion, from 1), `$session`
 * (the one that is resumed, or "-") and `$notes` (a folder for what the test wants to know; each
 * prompt lies there as `prompt-CRITERION-N`, each start as a line of `starts`).
 */
export async function writeAgent(
  at: { bin: string; notes: string; id: string },
  play: string,
): Promise<void> {
  const { bin, notes, id } = at;
  await Deno.mkdir(bin, { recursive: true });
  await Deno.mkdir(notes, { recursive: true });
  const text = `#!/bin/sh
if [ "$1" = --version ]; then echo "${id} 1.2.3"; exit; fi
notes='${notes}'
session=$2
criterion=\${PWD##*/c-}
n=1
while [ -e "$notes/prompt-$criterion-$n" ]; do n=$((n + 1)); done
cat > "$notes/prompt-$criterion-$n"
echo "$criterion $n $session" >> "$notes/starts"
if [ "$session" = - ]; then echo "session s-$criterion-$n"; else echo "session $session"; fi
${play}
echo "Done with $criterion"
`;
  const program = join(bin, id);
  // Copied by a child: a program that this process has open for writing, if only as a thread beside
  // forks, cannot be started ("text file busy").
  await Deno.writeTextFile(`${program}.text`, text);
  await new Deno.Command("cp", { args: [`${program}.text`, program] }).output();
  await Deno.chmod(program, 0o755);
  await Deno.remove(`${program}.text`);
}
