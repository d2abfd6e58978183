import type { CannotRun } from "../kernel/check_run.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { ChildEnd, StartChild } from "../process/child.ts";
import { dirname, join } from "@std/path";
import { checkEnv, type CheckSurroundings } from "./check_env.ts";
import { OutputReader } from "./output_reader.ts";
import { OutputTail } from "./output_tail.ts";
import { lstatOf } from "./inside.ts";
import type { ProjectFiles } from "./project_parts.ts";
import { trouble } from "./trouble.ts";
import { troubleReading } from "./trouble_reading.ts";

/** Most that a command may print; a test run that prints more is in a loop. */
const OUTPUT_BYTES = 64 * 1024 * 1024;
/** Most where all of it must be kept, to be held against an expectation. */
const KEPT_OUTPUT_BYTES = 8 * 1024 * 1024;
const LINE_BYTES = 1024 * 1024;

/** The one part of the process room that this room needs. */
export interface CheckProcesses {
  start: StartChild;
}

/** A command of a check, or the one that prepares a checkout. */
export interface CommandSpec {
  run: string;
  timeoutMs: number;
  /** Root of the checkout, and the folder below it in which the command runs. */
  checkout: string;
  cwd: string;
  surroundings: CheckSurroundings;
  processes: CheckProcesses;
  /**
   * Folder of ours, beside the checkouts, in which a private temporary folder is made, and removed.
   * Above the folder that holds both, a check's git does not look for a repository.
   */
  scratch: string;
  signal?: AbortSignal;
  /** What people call it: "check 1 of criterion 2". */
  label: string;
  /** Keep all of the output. */
  keepOutput?: boolean;
  /** Put before the command's shell: a wall. */
  before?: readonly [string, ...string[]];
}

/** How a command ended and what its output says. */
export interface CommandResult {
  exit: number | null;
  signal: string | null;
  durationMs: number;
  outputTail: string;
  line: string;
  testsRan?: number;
  /** Whole output where it was to be kept. */
  all: string;
  stdout: string;
  /** Set when the command did not come to an end of its own. */
  stopped?: CannotRun;
  /** What the output says is missing and not the work's business. */
  missing(): Promise<CannotRun | undefined>;
}

/** Runs a shell command in a checkout. Throws OuroborosError: cancelled, depth_exceeded. */
export async function runCommand(spec: CommandSpec): Promise<CommandResult> {
  const tmp = await makeTmp(spec.scratch);
  try {
    return await runWithTmp(spec, tmp);
  } finally {
    await removeTmp(spec, tmp);
  }
}

async function runWithTmp(spec: CommandSpec, tmp: string): Promise<CommandResult> {
  const tail = new OutputTail();
  const reader = new OutputReader();
  const all: string[] = [];
  const stdout: string[] = [];
  // Names of our folders differ at each run; a result must not.
  const plain = (line: string) =>
    line.replaceAll(`${spec.checkout}/`, "").replaceAll(spec.checkout, ".").replaceAll(
      tmp,
      "$TMPDIR",
    );
  let end: ChildEnd | undefined;
  let refused: CannotRun | undefined;
  try {
    const child = await spec.processes.start({
      argv: spec.before ? [...spec.before, "sh", "-c", spec.run] : ["sh", "-c", spec.run],
      cwd: spec.cwd,
      env: checkEnv(spec.surroundings, { scratch: dirname(tmp), tmp }),
      limits: {
        totalMs: spec.timeoutMs,
        outputBytes: spec.keepOutput ? KEPT_OUTPUT_BYTES : OUTPUT_BYTES,
        lineBytes: LINE_BYTES,
      },
      cancel: spec.signal,
      label: spec.label,
      onLine(stream, line) {
        const shown = plain(line);
        tail.add(shown);
        reader.add(line.replaceAll(tmp, "$TMPDIR"), shown);
        if (!spec.keepOutput) return;
        all.push(line);
        if (stream === "stdout") stdout.push(line);
      },
    });
    end = await child.ended;
  } catch (error) {
    const code = error instanceof OuroborosError ? error.code : undefined;
    if (code === "cancelled" || code === "depth_exceeded" || spec.signal?.aborted) throw error;
    refused = trouble("not_started", plain(messageOf(error)));
  }
  if (end?.reason === "cancelled" || spec.signal?.aborted) throw cancelled(spec.label);
  return {
    exit: end?.code ?? null,
    signal: end?.signal ?? null,
    durationMs: end?.durationMs ?? 0,
    outputTail: tail.text(),
    line: reader.failure.text(),
    testsRan: reader.tests.total(),
    all: all.join("\n"),
    stdout: stdout.join("\n"),
    stopped: refused ?? stoppedBy(end!, spec),
    missing: async () =>
      await troubleReading(spec, tail.text()) ??
        await reader.troubles.judge(end?.code ?? null, projectFiles(spec)),
  };
}

function stoppedBy(end: ChildEnd, spec: CommandSpec): CannotRun | undefined {
  if (end.limit === "output") {
    const mebibytes = (spec.keepOutput ? KEPT_OUTPUT_BYTES : OUTPUT_BYTES) / 1024 / 1024;
    return trouble("too_much_output", `more than ${mebibytes} MiB of output`);
  }
  if (end.reason === "timed_out") {
    return trouble("timed_out", `limit of ${spec.timeoutMs / 1000} s`);
  }
  if (end.reason === "not_started") return trouble("not_started", end.why);
  return undefined;
}

function cancelled(label: string): OuroborosError {
  return new OuroborosError({ code: "cancelled", message: `Cancelled ${label}` });
}

/** Looks first where the command ran, then at the root of the checkout. */
function projectFiles(spec: CommandSpec): ProjectFiles {
  const roots = [...new Set([spec.cwd, spec.checkout])];
  return {
    root: spec.checkout,
    async has(path) {
      for (const root of roots) if (await lstatOf(join(root, path))) return true;
      return false;
    },
    async text(path) {
      for (const root of roots) {
        const file = join(root, path);
        if ((await lstatOf(file))?.isFile) return await Deno.readTextFile(file);
      }
      return undefined;
    },
  };
}

async function makeTmp(scratch: string): Promise<string> {
  await Deno.mkdir(scratch, { recursive: true, mode: 0o700 });
  return await Deno.realPath(await Deno.makeTempDir({ dir: scratch, prefix: "tmp-" }));
}

async function removeTmp(spec: CommandSpec, tmp: string): Promise<void> {
  try {
    await Deno.remove(tmp, { recursive: true });
  } catch {
    // Caches make their folders read-only (Go's module cache does).
    const child = await spec.processes.start({
      argv: ["sh", "-c", 'chmod -R u+rwX "$1" && rm -rf "$1"', "sh", tmp],
      cwd: "/",
      env: { values: { PATH: spec.surroundings.path } },
      limits: { totalMs: 60_000, outputBytes: 65_536, lineBytes: 4096 },
      label: "removal of a temporary folder",
    });
    await child.ended;
  }
}
