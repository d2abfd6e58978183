import type { CannotRun, CheckRun } from "../kernel/check_run.ts";
import { messageOf } from "../kernel/error.ts";
import { checkDigest } from "./check_digest.ts";
import { writeCheckFiles } from "./check_files.ts";
import type { CommandInput } from "./check_input.ts";
import { judgeExpectation, readsOutput } from "./expectation.ts";
import { folderIn } from "./inside.ts";
import { networkWall } from "./network_wall.ts";
import { putBack, type PutBackPlace } from "./put_back.ts";
import { type CommandResult, type CommandSpec, runCommand } from "./run_command.ts";
import { readReports, removeReports } from "./test_report.ts";
import { trouble } from "./trouble.ts";

/** Where and with what a check runs. */
export interface RunCheckOptions
  extends
    PutBackPlace,
    Pick<CommandSpec, "surroundings" | "processes" | "scratch" | "signal" | "label"> {
  /** Folder below the project in which commands run; "." for the project itself. */
  dir: string;
  /** Done to the checkout when all files of the check are in place, before its command. */
  alter?(checkout: string): Promise<void>;
}

/**
 * Runs one command check once in one clean checkout: protected files put back, the check's files
 * written, the command run in a throw-away environment, the check's files removed. Never says
 * `pass` unless the command ran to its end and everything expected of it holds.
 * Throws OuroborosError: cancelled, depth_exceeded, seed_invalid, and those of the workspace.
 */
export async function runCheck(check: CommandInput, options: RunCheckOptions): Promise<CheckRun> {
  const checkout = await Deno.realPath(options.checkout);
  const place = { ...options, checkout };
  await putBack(check.protect, place);
  let removeFiles: (() => Promise<void>) | undefined;
  try {
    removeFiles = await writeCheckFiles(checkout, check.files);
  } catch (error) {
    return couldNotRun(check, options.tree, trouble("not_started", messageOf(error)), "");
  }
  try {
    const cwd = await folderIn(checkout, options.dir);
    if ("missing" in cwd) return absent(check, options.tree, cwd.missing);
    await options.alter?.(checkout);
    if (check.report) await removeReports(checkout, check.report.path);
    const wall = check.network === "none"
      ? await networkWall(options.processes, { ...options, path: options.surroundings.path })
      : undefined;
    const result = await runCommand({
      ...place,
      run: check.run,
      timeoutMs: check.timeoutMs,
      cwd: cwd.path,
      keepOutput: readsOutput(check.expect),
      ...(wall ? { before: wall } : {}),
    });
    const tests = check.report && !result.stopped
      ? await readReports(checkout, check.report.path)
      : undefined;
    return {
      ...await judged(check, options, tests ? { ...result, missing: nothingMissing } : result),
      ...(tests ? { tests } : {}),
      ...(check.network ? { network: wall ? "walled" : "open" } : {}),
    };
  } finally {
    await removeFiles();
  }
}

/** Tests that ran and failed are no missing tool, whatever they print. */
const nothingMissing = () => Promise.resolve(undefined);

async function judged(
  check: CommandInput,
  { tree, signal }: Pick<RunCheckOptions, "tree" | "signal">,
  result: CommandResult,
): Promise<CheckRun> {
  const { unmet, undecided } = result.stopped
    ? { unmet: undefined, undecided: result.stopped }
    : await judgeExpectation(check.expect, result, signal);
  if (undecided) {
    return runOf(check, tree, {
      ...measured(result),
      verdict: "cannot_run",
      cannotRun: undecided,
      line: lineOf(undecided),
    });
  }
  if (unmet === undefined) return runOf(check, tree, { ...measured(result), verdict: "pass" });
  const cannotRun = await result.missing();
  const aboutExit = unmet.startsWith("exit code ");
  const line = aboutExit && result.line !== "" ? result.line : unmet;
  return runOf(check, tree, {
    ...measured(result),
    verdict: cannotRun ? "cannot_run" : "fail",
    line: cannotRun ? lineOf(cannotRun) : line,
    ...(cannotRun ? { cannotRun } : {}),
    unmet,
  });
}

function measured(result: CommandResult): Partial<CheckRun> {
  return {
    exit: result.exit,
    signal: result.signal,
    durationMs: result.durationMs,
    outputTail: result.outputTail,
    ...(result.testsRan === undefined ? {} : { testsRan: result.testsRan }),
  };
}

function runOf(
  check: CommandInput,
  tree: string,
  parts: Partial<CheckRun> & Pick<CheckRun, "verdict">,
): CheckRun {
  return {
    checkDigest: checkDigest(check),
    tree,
    exit: null,
    signal: null,
    durationMs: 0,
    outputTail: "",
    line: "",
    reused: false,
    ...parts,
  };
}

/** The result of a check that was not even begun. */
export function couldNotRun(
  check: CommandInput,
  tree: string,
  cannotRun: CannotRun,
  outputTail: string,
): CheckRun {
  return runOf(check, tree, {
    verdict: "cannot_run",
    cannotRun,
    line: lineOf(cannotRun),
    outputTail,
  });
}

/** A folder that the work does not have is an answer: it may have to make it. */
function absent(check: CommandInput, tree: string, line: string): CheckRun {
  return runOf(check, tree, { verdict: "fail", line, outputTail: line });
}

/** One line for people about a check that could not run. */
export function lineOf(cannotRun: CannotRun): string {
  switch (cannotRun.kind) {
    case "missing_tool":
      return `The command "${cannotRun.what}" is not there`;
    case "missing_module":
      return `The module "${cannotRun.what}" is not installed`;
    case "refused_connection":
      return `No connection to ${cannotRun.what}`;
    case "timed_out":
      return `Timed out: ${cannotRun.what}`;
    case "too_much_output":
    case "endless_match":
      return `Stopped: ${cannotRun.what}`;
    case "not_started":
      return `Could not run: ${cannotRun.what}`;
  }
}
