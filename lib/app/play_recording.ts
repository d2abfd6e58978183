import { dirname } from "@std/path";
import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Output } from "../kernel/output.ts";
import type {
  RecordedAttempt,
  RecordedMode,
  RecordedStep,
  Recording,
} from "../kernel/recording.ts";
import { insideFolder, missing } from "./inside_folder.ts";
import { noteOtherPrompt, PlayEnded, playLines, type PrintLine } from "./play_lines.ts";
import { readRecording } from "./read_recording.ts";

/** Runs one command of a recording in `cwd`; `output` is for people. */
export type RunCommand = (
  command: string,
  cwd: string,
) => Promise<{ code: number | null; output: string }>;

/** What to play, and where. */
export interface PlayParts {
  /** Absolute path of the recording. */
  recording: string;
  criterion: string;
  attempt: number;
  /** Absolute folder in which the writes happen. */
  cwd: string;
  /** What came on stdin; compared with the prompt that was recorded. Left out: not compared. */
  prompt?: string;
  runCommand: RunCommand;
  output: Pick<Output, "out">;
  clock: Pick<Clock, "sleep">;
  /** Stops between two steps, and a wait at once. */
  interrupt?: AbortSignal;
}

/**
 * Plays one recorded attempt, as an agent CLI would have made it: writes, removals and commands
 * really happen in `cwd`; one JSON object a line tells of them, the last one `finished`. Gives the
 * exit code: 0, 1 for a recorded or real failure, 130 when interrupted. Never throws.
 */
export async function playRecording(parts: PlayParts): Promise<number> {
  return await playLines(parts.output, sessionOf(parts.criterion), async (print) => {
    const recording = await readRecording(parts.recording);
    const attempt = findAttempt(recording, parts);
    noteOtherPrompt(attempt.prompt, parts.prompt, print);
    for (const [index, step] of attempt.steps.entries()) {
      if (parts.interrupt?.aborted) throw new PlayEnded("cancelled", "Interrupted");
      await playStep(step, { ...parts, print, callId: `step-${index + 1}` });
    }
    if (parts.interrupt?.aborted) throw new PlayEnded("cancelled", "Interrupted");
    if (attempt.usage) print({ type: "usage", usage: attempt.usage });
    return attempt.finalText;
  });
}

/** A session id for a criterion: the same for all its attempts, so that a retry resumes it. */
function sessionOf(criterion: string): string {
  return `replay-${sha256(criterion).slice(0, 12)}`;
}

function findAttempt(recording: Recording, { criterion, attempt }: PlayParts): RecordedAttempt {
  const found = recording.attempts.find((one) =>
    one.criterion === criterion && one.attempt === attempt
  );
  if (found) return found;
  const there = recording.attempts.filter((one) => one.criterion === criterion).length;
  throw new OuroborosError({
    code: "recording_exhausted",
    message: there === 0
      ? `Play "${recording.title}": it holds nothing for criterion "${criterion}"`
      : `Play "${recording.title}": it holds ${there} ${
        there === 1 ? "attempt" : "attempts"
      } for criterion "${criterion}", ` +
        `not attempt ${attempt}`,
    hint: "Start a new run without --recording, or with a recording that holds more attempts",
  });
}

interface StepParts extends PlayParts {
  print: PrintLine;
  callId: string;
}

async function playStep(step: RecordedStep, parts: StepParts): Promise<void> {
  const { print } = parts;
  if ("say" in step) print({ type: "text", text: step.say });
  else if ("think" in step) print({ type: "thinking", text: step.think });
  else if ("wait_ms" in step) await parts.clock.sleep(step.wait_ms, parts.interrupt);
  else if ("fail" in step) throw new PlayEnded(step.fail.code, step.fail.message);
  else if ("tool" in step) await call(parts, [step.tool, step.summary], () => recorded(step.ok));
  else if ("write" in step) {
    await call(parts, ["write", step.write], () => write(parts.cwd, step));
  } else if ("remove" in step) {
    await call(parts, ["remove", step.remove], () => remove(parts.cwd, step.remove));
  } else await call(parts, ["shell", step.run], () => run(step, parts));
}

interface Called {
  ok: boolean;
  summary: string;
}

async function call(
  { print, callId }: StepParts,
  [tool, summary]: readonly [string, string],
  act: () => Called | Promise<Called>,
): Promise<void> {
  print({ type: "tool_started", call: callId, tool, summary });
  print({ type: "tool_finished", call: callId, tool, ...await act() });
}

function recorded(ok: boolean): Called {
  return { ok, summary: "as recorded" };
}

async function run(step: { run: string; exit?: number }, parts: StepParts): Promise<Called> {
  const { code, output } = await parts.runCommand(step.run, parts.cwd);
  const ended = code === null ? "ended by a signal" : `exit code ${code}`;
  if (step.exit !== undefined && step.exit !== code) {
    parts.print({ type: "notice", text: `${ended}, recorded was ${step.exit}: ${step.run}` });
  }
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  return { ok: code === 0, summary: last === "" ? ended : `${ended}: ${last.slice(0, 200)}` };
}

async function write(
  cwd: string,
  step: Extract<RecordedStep, { write: string }>,
): Promise<Called> {
  const place = await insideFolder(cwd, step.write);
  const bytes = "text" in step
    ? new TextEncoder().encode(step.text)
    : Uint8Array.from(atob(step.base64), (char) => char.charCodeAt(0));
  const before = await Deno.lstat(place).catch(missing);
  // Never through a link, and never a link where a file was: the place itself is written.
  if (before?.isSymlink || (before && step.mode === "link")) await Deno.remove(place);
  if (before?.isDirectory) await Deno.remove(place, { recursive: true });
  await Deno.mkdir(dirname(place), { recursive: true });
  if (step.mode === "link") await Deno.symlink("text" in step ? step.text : "", place);
  else {
    await Deno.writeFile(place, bytes);
    await setMode(place, step.mode);
  }
  return { ok: true, summary: `${bytes.length} bytes` };
}

async function setMode(place: string, mode: RecordedMode | undefined): Promise<void> {
  if (mode === undefined || Deno.build.os === "windows") return;
  await Deno.chmod(place, mode === "executable" ? 0o755 : 0o644);
}

async function remove(cwd: string, path: string): Promise<Called> {
  const place = await insideFolder(cwd, path);
  const there = await Deno.lstat(place).catch(missing);
  if (there) await Deno.remove(place, { recursive: true });
  return { ok: true, summary: there ? "removed" : "was not there" };
}
