import { resolve } from "@std/path";
import { TOOLCHAIN_ENV_NAMES } from "../checks/toolchain_env.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Output } from "../kernel/output.ts";
import type { App } from "./app.ts";
import { playCompletion } from "./complete/play_completion.ts";
import { playRecording } from "./play_recording.ts";

/** A command of a recording may take so long, in milliseconds, and print so much. */
const COMMAND_LIMITS = { totalMs: 10 * 60_000, outputBytes: 10_000_000, lineBytes: 1_000_000 };

/**
 * Plays one recorded attempt (or answer) in the working folder, in place of an agent; the prompt is
 * on stdin.
 * Gives the exit code. Errors: usage.
 */
export async function replayAgent(
  app: App,
  parts: {
    recording: string;
    /** A criterion, or with `answer` the kind of a question. */
    criterion: string;
    /** Number of the attempt, or of the question. */
    attempt: string;
    /** Which answer to a question is played, in place of an attempt. */
    answer?: number;
    output: Output;
    interrupt: AbortSignal;
  },
): Promise<number> {
  if (!/^[1-9]\d{0,5}$/.test(parts.attempt)) {
    throw new OuroborosError({
      code: "usage",
      message: `Play attempt "${parts.attempt}": a whole number from 1 is needed`,
    });
  }
  const prompt = Deno.stdin.isTerminal()
    ? undefined
    : await new Response(Deno.stdin.readable).text();
  const recording = resolve(app.cwd, parts.recording);
  if (parts.answer !== undefined) {
    return await playCompletion({
      recording,
      kind: parts.criterion,
      number: Number(parts.attempt),
      turn: parts.answer,
      ...(prompt === undefined ? {} : { prompt }),
      output: parts.output,
    });
  }
  return await playRecording({
    recording,
    criterion: parts.criterion,
    attempt: Number(parts.attempt),
    cwd: app.cwd,
    ...(prompt === undefined ? {} : { prompt }),
    runCommand: (command, cwd) => runCommand(app, command, { cwd, cancel: parts.interrupt }),
    output: parts.output,
    clock: app.clock,
    interrupt: parts.interrupt,
  });
}

async function runCommand(
  app: App,
  command: string,
  options: { cwd: string; cancel: AbortSignal },
): Promise<{ code: number | null; output: string }> {
  const names = ["HOME", "PATH", "LANG", "TMPDIR", "TERM", ...TOOLCHAIN_ENV_NAMES];
  const { end, stdout, stderr } = await app.processes.capture({
    argv: ["sh", "-c", command],
    cwd: options.cwd,
    env: { values: { ...app.environment.pick(names), PWD: options.cwd } },
    limits: COMMAND_LIMITS,
    cancel: options.cancel,
    label: "a recorded command",
  });
  return { code: end.code, output: new TextDecoder().decode(stdout) + stderr };
}
