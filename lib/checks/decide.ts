import type { CheckRun, ControlRun, ControlState, Decision } from "../kernel/check_run.ts";
import type { CheckInput, CommandInput } from "./check_input.ts";
import { decidedOutside } from "./decided_outside.ts";
import { flakyWords, flipped } from "./flipped.ts";

type JudgedCommand =
  & Pick<CommandInput, "kind" | "run" | "expect" | "preserve" | "hidden" | "report">
  & Partial<Pick<CommandInput, "protect" | "files">>;

/** What of a check matters for a decision. */
export type JudgedCheck = Pick<Extract<CheckInput, { kind: "human" }>, "kind"> | JudgedCommand;

/** What is known when a criterion is decided. All lists run parallel to `checks`. */
export interface DecideInput {
  checks: readonly JudgedCheck[];
  /** Runs on the base; null for a check that only a person can do. */
  base: readonly (CheckRun | null)[];
  /** Runs on this attempt's tree. */
  runs: readonly (CheckRun | null)[];
  /** Runs of earlier attempts, oldest first. */
  earlier: readonly (readonly (CheckRun | null)[])[];
  /** Number of paths that differ from what the attempt started from. */
  changed: number;
  /**
   * Checks whose `base` entry was made again after `runs`, as {@link baseToRepeat} asked: what
   * failed there failed for want of the work, and not because a server was down at the time.
   */
  baseRepeated?: readonly number[];
  /** Negative controls of those runs that passed; left out before there are any. */
  controls?: readonly (ControlRun | null)[];
  /**
   * A pass that its control confirms in part only decides nothing; nor does one without a control,
   * where the work's own process decides.
   */
  strict?: boolean;
}

/** What one check says about the work. */
type Voice =
  | { says: "yes" }
  /** Holds, and shows nothing, because it held before. */
  | { says: "holds" }
  | { says: "no"; why: string }
  | { says: "nothing"; why: string; broken: boolean };

/**
 * The decision on a criterion. `passed`: no check says no or nothing, and at least one that did not
 * pass on the base passes now. `failed`: a check ran to its end and said no. `unverified`:
 * everything else; above all, a check that could not run never fails work and never passes it.
 */
export function decide(input: DecideInput): Decision {
  const voices = input.checks.map((check, index) => voiceOf(check, index, input));
  const broken = voices.flatMap((voice, index) =>
    voice.says === "nothing" && voice.broken ? [index] : []
  );
  const name = (index: number) => input.checks.length === 1 ? "The check" : `Check ${index + 1}`;
  const no = voices.findIndex((voice) => voice.says === "no");
  if (no >= 0) {
    const why = (voices[no] as { why: string }).why;
    const idle = input.changed === 0 ? "No file was changed, and " : "";
    const subject = idle === "" ? name(no) : name(no).replace(/^T/, "t").replace(/^C/, "c");
    return { verdict: "failed", reason: `${idle}${subject} says no${why}`, broken };
  }
  // A broken check is the one to be named: it will not get better by trying again.
  const silent = broken[0] ?? voices.findIndex((voice) => voice.says === "nothing");
  if (silent >= 0) {
    const why = (voices[silent] as { why: string }).why;
    return { verdict: "unverified", reason: `${name(silent)} ${why}`, broken };
  }
  const yes = voices.flatMap((voice, index) => voice.says === "yes" ? [index] : []);
  if (yes.length > 0) {
    const others = voices.length - yes.length;
    const list = yes.map((index) => index + 1).join(", ");
    const which = voices.length === 1
      ? "The check"
      : yes.length === 1
      ? name(yes[0]!)
      : `Checks ${list}`;
    const rest = others === 0
      ? ""
      : others === 1
      ? "; the other one holds"
      : `; ${others} others hold`;
    const control = input.controls && controlOf(input.controls);
    const weak = control === "partial" || (control === "none" && input.strict);
    const said = weak ? ` (control: ${control})` : "";
    const kinds = new Set(yes.map((index) => input.base[index]?.cannotRun?.kind));
    const [kind] = kinds.size === 1 ? kinds : [];
    const before = kind === "timed_out" ? "timed out" : kind === "killed" ? "was killed" : "failed";
    return {
      verdict: "passed",
      reason: `${which} ${before} on the base and ${
        yes.length === 1 ? "passes" : "pass"
      } now${rest}${said}`,
      ...(control ? { control } : {}),
      broken,
    };
  }
  const reason = voices.length === 0
    ? "No check decides it"
    : "Nothing shows that the work is done: no check failed on the base that passes now";
  return { verdict: "unverified", reason, broken };
}

function voiceOf(
  check: JudgedCheck,
  index: number,
  input: DecideInput,
): Voice {
  if (check.kind === "human") return nothing("is for a person to decide");
  const run = input.runs[index];
  const base = input.base[index];
  if (!run) return nothing("has not run");
  if (run.verdict === "cannot_run") {
    const broken = isBroken(index, run, input);
    return nothing(
      `could not run${broken ? ", on the base and on every try alike" : ""}${told(check, run)}`,
      broken,
    );
  }
  const flaky = run.flaky ?? base?.flaky;
  if (flaky) {
    const where = run.flaky ? "" : " (the base)";
    return nothing(`is ${flakyWords(flaky)}${where}, so it decides nothing`);
  }
  if (run.verdict === "fail") return { says: "no", why: whyNo(check, run, base) };
  if (!base) return nothing("has no result on the base to compare with");
  if (flipped(run, [base, ...input.earlier.map((runs) => runs[index] ?? null)])) {
    return nothing("gives different results on the same files, so it decides nothing");
  }
  const doubt = doubtOf(check, input.controls?.[index], input.strict === true);
  if (doubt !== undefined) return nothing(doubt);
  if (check.preserve) return { says: "holds" };
  if (check.report && !run.tests) {
    return nothing(`passes, but left no report that can be read at "${check.report.path}"`);
  }
  const shown = run.byTests && base.verdict !== "pass" ? unshown(run, base) : undefined;
  if (shown !== undefined) return nothing(shown);
  if (!run.byTests && fewerTests(base, run)) {
    return nothing(
      `passes, but reports ${
        run.testsRan ?? "no"
      } tests that ran where the base had ${base.testsRan} (skipped ones do not count)`,
    );
  }
  if (base.verdict === "pass") return { says: "holds" };
  // The same files cannot be the work that makes a check pass.
  if (base.tree === run.tree) return nothing("did not pass before on the same files");
  if (baseDoubtful(base) && !input.baseRepeated?.includes(index)) {
    return nothing(`passes now, but on the base it could not run${told(check, base)}`);
  }
  // What does so on the base too is the command's own way.
  if (input.strict && run.rewritten !== undefined && base.rewritten === undefined) {
    const what = check.hidden ? "a source" : `"${run.rewritten}"`;
    return nothing(`passes, but ${what} was changed while it ran: that is not what was handed in`);
  }
  const bare = input.strict ? bareOf(check, input.controls?.[index]) : undefined;
  return bare === undefined ? { says: "yes" } : nothing(bare);
}

/** Why a pass without a control is none under `--strict`, with the way out. */
function bareOf(check: JudgedCommand, control: ControlRun | null | undefined): string | undefined {
  if (control?.state !== "none" || decidedOutside(check) !== undefined) return undefined;
  const said = "passes (control: none), but nothing shows that it can say no";
  if (check.hidden) return `${said} (hidden check)`;
  const { protect = [], files = {} } = check;
  if (protect.length > 0 || Object.keys(files).length > 0) {
    // A makefile, or a language that no control knows.
    return `${said}: nothing in its own files could be made to fail; let it start a protected script ` +
      "(sh, Python, JavaScript, …) that does the testing";
  }
  return `${said}: name its own files in "protect", or give them in "files"`;
}

/** Why a pass shows nothing, as its control has it. */
function doubtOf(
  check: Pick<CommandInput, "hidden">,
  control: ControlRun | null | undefined,
  strict: boolean,
): string | undefined {
  if (control?.state !== "missed" && !(strict && control?.state === "partial")) return undefined;
  if (check.hidden) return "passes, but does not notice when it must fail (hidden check)";
  const why = control.reason.charAt(0).toLowerCase() + control.reason.slice(1);
  return control.state === "missed"
    ? `passes, but ${why}`
    : `passes (control: partial), but ${why}`;
}

/** The controls of a criterion's passes in one word: the weakest; "none" where there is none. */
export function controlOf(controls: readonly (ControlRun | null)[]): ControlState {
  const states = controls.flatMap((one) => one ? [one.state] : []);
  if (states.includes("missed")) return "missed";
  if (states.includes("partial")) return "partial";
  return states.includes("full") ? "full" : "none";
}

/**
 * Checks that pass on an attempt's tree and could not run on the base for a reason that may have
 * gone away by itself. Whoever decides runs them on the base once more, and then asks
 * {@link decide} with those results and `baseRepeated`.
 */
export function baseToRepeat(input: Pick<DecideInput, "checks" | "base" | "runs">): number[] {
  return input.checks.flatMap((check, index) => {
    const base = input.base[index];
    const wanted = check.kind === "command" && !check.preserve && base && baseDoubtful(base) &&
      input.runs[index]?.verdict === "pass" && input.runs[index]?.tree !== base.tree;
    return wanted ? [index] : [];
  });
}

/** A missing module stays missing until the work brings it; the rest changes by itself. */
function baseDoubtful(base: CheckRun): boolean {
  return base.verdict === "cannot_run" && base.cannotRun?.kind !== "missing_module";
}

function isBroken(index: number, run: CheckRun, input: DecideInput): boolean {
  const signature = run.cannotRun?.signature;
  if (signature === undefined || input.base[index]?.cannotRun?.signature !== signature) {
    return false;
  }
  return input.earlier.some((runs) =>
    runs[index]?.cannotRun?.signature === signature && runs[index]?.tree !== run.tree
  );
}

/** Why single tests do not show that the work is done; undefined where they do. */
function unshown(run: CheckRun, base: CheckRun): string | undefined {
  const failed = base.tests?.failed ?? [];
  // The code under test can skip its own test, so that it is neither a yes nor a no.
  const skipped = failed.find((name) => run.tests?.skipped.includes(name));
  if (skipped !== undefined) {
    return `passes, but test ${JSON.stringify(skipped)} failed on the base and is skipped now`;
  }
  if (run.byTests?.gained !== 0) return undefined;
  const known = new Set([...base.tests?.passed ?? [], ...base.tests?.skipped ?? []]);
  const fresh = run.tests?.passed.some((name) => !known.has(name)) === true;
  // An exit code of its own speaks, unless all that it stands for is that tests are gone.
  if (run.exit === 0 && (failed.length === 0 || fresh)) return undefined;
  return "shows no test that failed on the base and passes now";
}

/** Tests that vanish while a check turns green were most likely taken away, not made to pass. */
function fewerTests(base: CheckRun, run: CheckRun): boolean {
  return base.testsRan !== undefined && base.testsRan > (run.testsRan ?? 0);
}

function whyNo(
  check: Pick<CommandInput, "hidden">,
  run: CheckRun,
  base: CheckRun | null | undefined,
): string {
  const before = base?.verdict === "pass"
    ? " (it passed on the base)"
    : base?.verdict === "fail" && base.line === run.line
    ? " as it did on the base"
    : "";
  return `${before}${told(check, run)}`;
}

/** A reason travels far (receipts, lists, hosts), so that a hidden check's output stays out of it. */
function told(check: Pick<CommandInput, "hidden">, run: CheckRun): string {
  if (check.hidden) return " (hidden check)";
  return `: ${run.line || `exit code ${run.exit ?? "none"}`}`;
}

function nothing(why: string, broken = false): Voice {
  return { says: "nothing", why, broken };
}
