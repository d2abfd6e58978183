import { join } from "@std/path";
import { nextStep } from "../../engine/interview/next_step.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { isHeld } from "./interview_holder.ts";
import { readInterview } from "./interview_log.ts";

/** How long a call waits for an agent that thinks, in milliseconds; it goes on without. */
const WAIT_MS = 12_000;
const LOOK_MS = 100;

/** Waits, for as long as a call may, until whoever is at it is done. */
export async function awaitThinker(app: App, id: string, signal: AbortSignal): Promise<void> {
  const until = app.clock.monotonicMs() + WAIT_MS;
  while (!signal.aborted && app.clock.monotonicMs() < until && await isHeld(app, id)) {
    await app.clock.sleep(LOOK_MS, signal);
  }
}

/**
 * Has an agent CLI think, in a process of its own that lives on when the host ends: the command line
 * that goes on with an interview and asks nobody. Waits for it for as long as a call may. Errors:
 * not_started, with what it said last, where it could not begin.
 */
export async function thinkElsewhere(app: App, id: string, signal: AbortSignal): Promise<void> {
  const log = join(app.paths.root, "interviews.log");
  const before = await Deno.stat(log).then(({ size }) => size, () => 0);
  const worker = await app.processes.detach({
    argv: [...app.self, "interview", "--resume", id, "--json"],
    cwd: app.cwd,
    log,
    label: `what thinks for interview ${id}`,
  });
  const over = new AbortController();
  const waited = app.clock.sleep(WAIT_MS, AbortSignal.any([signal, over.signal]));
  const code = await Promise.race([worker.ended, waited]);
  over.abort();
  worker.leave();
  if (code === undefined || code === EXIT.done || code === EXIT.needsInput) return;
  const state = await readInterview(await app.journal(), id);
  // What a model does wrong stands in the journal; what kept it from being asked does not.
  if (nextStep(state).do !== "think") return;
  throw new OuroborosError({
    code: "not_started",
    message: `Ask an agent to think for interview "${id}": ${await lastWords(log, before)}`,
    hint: `Leave out think, and think yourself; or: ouroboros interview --resume ${id}`,
  });
}

/** The last error that was printed since the log had that size. */
async function lastWords(log: string, before: number): Promise<string> {
  const bytes = await Deno.readFile(log).catch(() => new Uint8Array());
  // A log that had grown too large was begun anew.
  const text = new TextDecoder().decode(bytes.slice(bytes.length < before ? 0 : before));
  const messages = text.split("\n").flatMap(errorIn);
  return messages.at(-1) ?? `see "${log}"`;
}

/** The message of a line that tells of an error, as the command line writes it for programs. */
function errorIn(line: string): string[] {
  try {
    const { type, error } = JSON.parse(line) as Record<string, Record<string, unknown>>;
    return String(type) === "error" ? [String(error?.message)] : [];
  } catch {
    // Other words of the program, or of the system about it.
    return [];
  }
}
