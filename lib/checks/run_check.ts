import type { CannotRun, CheckRun } from "../kernel/check_run.ts";
import { messageOf } from "../kernel/error.ts";
import { checkDigest } from "./check_digest.ts";
import { writeCheckFiles } from "./check_files.ts";
import type { CommandInput } from "./check_input.ts";
import { judgeExpectation, readsOutput } from "./expectation.ts";
import { folderIn } from "./inside.ts";
import { networkWall } from "./network_wall.ts";
import type { PrepareResult } from "./prepare.ts";
import { putBack, type PutBackPlace } from "./put_back.ts";
import { rewrittenSource, sourceWords } from "./rewritten.ts";
import { type CommandResult, type CommandSpec, runCommand } from "./run_command.ts";
import { readReports, removeReports } from "./test_report.ts";
import { trouble } from "./trouble.ts";
import { killed, unableOf } from "./unable.ts";

/** Where and with what a check runs. */
export interface RunCheckOptions
  extends
    PutBackPlace,
    Pick<CommandSpec, "surroundings" | "processes" | "scratch" | "signal" | "label"> {
  /** Folder below the project in which commands run; "." for the project itself. */
  dir: string;
  /** Done to the checkout when all files of the check are in place, before anything runs there. */
  alter?(checkout: string): Promise<void>;
  /** Makes the checkout ready, in the folder of the command. */
  makeReady?(cwd: string): Promise<PrepareResult>;
}

/**
 * Runs one command check once in one clean checkout: protected files put back, the check's files
 * written, the preparation run on those, all of them put back once more in case it touched them, the
 * command run in a throw-away environment, the check's files removed. Never says `pass` unless the
 * command ran to its end and everything expected of it holds.
 * Throws OuroborosError: cancelled, depth_exceeded, seed_invalid, and those of the workspace.
 */
export async function runCheck(check: CommandInput, options: RunCheckOptions): Promise<CheckRun> {
  const checkout = await Deno.realPath(options.checkout);
  const place = { ...options, checkout };
  const written: (() => Promise<void>)[] = [];
  try {
    const unable = await layOut(check, place, written);
    if (unable) return unable;
    const cwd = await folderIn(checkout, options.dir);
    if ("missing" in cwd) return absent(check, options.tree, cwd.missing);
    await options.alter?.(checkout);
    if (options.makeReady) {
      const { cannotRun, outputTail } = await options.makeReady(cwd.path);
      if (cannotRun) return couldNotRun(check, options.tree, cannotRun, outputTail);
      const again = await layOut(check, { ...place, disturbed: true }, written);
      if (again) return again;
      await options.alter?.(checkout);
    }
    return await runThere(check, place);
  } finally {
    for (const removeFiles of written.toReversed()) await removeFiles();
  }
}

/** Puts the protected and the check's own files in their places; gives the result where it cannot. */
async function layOut(
  check: CommandInput,
  place: PutBackPlace,
  written: (() => Promise<void>)[],
): Promise<CheckRun | undefined> {
  await putBack(check.protect, place);
  try {
    written.push(await writeCheckFiles(place.checkout, check.files, { spare: place.disturbed }));
    return undefined;
  } catch (error) {
    return couldNotRun(check, place.tree, trouble("not_started", messageOf(error)), "");
  }
}

/** The command itself, in a checkout that is ready. */
async function runThere(check: CommandInput, options: RunCheckOptions): Promise<CheckRun> {
  const { checkout } = options;
  // Looked up again: a preparation may have put a link in its place.
  const cwd = await folderIn(checkout, options.dir);
  if ("missing" in cwd) return absent(check, options.tree, cwd.missing);
  if (check.report) await removeReports(checkout, check.report.path);
  const wall = check.network === "none"
    ? await networkWall(options.processes, { ...options, path: options.surroundings.path })
    : undefined;
  const untouched = !options.makeReady && !options.disturbed;
  const sources = await sourceWords(check, options, { untouched });
  const result = await runCommand({
    ...options,
    run: check.run,
    timeoutMs: check.timeoutMs,
    cwd: cwd.path,
    keepOutput: readsOutput(check.expect),
    ...(wall ? { before: wall } : {}),
  });
  const tests = check.report && !result.stopped
    ? await readReports(checkout, check.report.path)
    : undefined;
  const run = await judged(
    check,
    { ...options, checkout, cwd: cwd.path },
    tests ? { ...result, missing: nothingMissing } : result,
  );
  const told = run.verdict === "pass" || options.tree === options.base;
  const rewritten = told ? await rewrittenSource(sources, checkout) : undefined;
  return {
    ...run,
    ...(rewritten === undefined ? {} : { rewritten }),
    ...(tests ? { tests } : {}),
    ...(check.network ? { network: wall ? "walled" : "open" } : {}),
  };
}

/** Tests that ran and failed are no missing tool, whatever they print. */
const nothingMissing = () => Promise.resolve(undefined);

async function judged(
  check: CommandInput,
  place: Pick<RunCheckOptions, "tree" | "signal" | "checkout"> & { cwd: string },
  result: CommandResult,
): Promise<CheckRun> {
  const { tree, signal } = place;
  const stopped = result.stopped ?? killed(result);
  const { unmet, undecided } = stopped
    ? { unmet: undefined, undecided: stopped }
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
  const cannotRun = await result.missing() ?? await unableOf(check, place, result);
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
function couldNotRun(
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
    case "killed":
      return `Killed: ${cannotRun.what}`;
    case "too_much_output":
    case "endless_match":
      return `Stopped: ${cannotRun.what}`;
    case "not_started":
      return `Could not run: ${cannotRun.what}`;
  }
}
