import { canonicalJson } from "../kernel/canonical_json.ts";
import type { CheckRun, ControlRun, ControlState } from "../kernel/check_run.ts";
import { sha256 } from "../kernel/digest.ts";
import { join } from "@std/path";
import { byTests } from "./by_tests.ts";
import { checkDigest } from "./check_digest.ts";
import type { CommandInput } from "./check_input.ts";
import { type CheckSource, checkSources } from "./check_sources.ts";
import { type CheckTreeOptions, runFresh } from "./check_tree.ts";
import { inconclusive } from "./inconclusive.ts";
import { isUnprepared } from "./prepare.ts";

/** What a negative control needs, beside what the check itself ran with. */
export interface ControlOptions extends Omit<CheckTreeOptions, "cache" | "again" | "purpose"> {
  /** Look for an early end also where the runner's own summary speaks against one. */
  thorough?: boolean;
}

/** Raised when a poison changes, so that old results are not reused. */
const FORMAT = "ouroboros-control-2";

/**
 * Confirms a pass: the check runs again in checkouts in which its own sources are made to fail, and
 * must notice. First each test function at its start, so that a filtered run meets one too; a plain
 * program at its start and, in a further checkout, at its end. `pass` is the run to be confirmed.
 * Throws OuroborosError: cancelled, depth_exceeded, and those of the workspace.
 */
export async function runControl(
  check: CommandInput,
  pass: CheckRun,
  options: ControlOptions,
): Promise<ControlRun> {
  const trial = new Trial(check, pass, options);
  await trial.decide();
  return trial.result();
}

type Place = "head" | "end";
/** Sources that are made to fail together, and how. */
interface Dose {
  sources: readonly CheckSource[];
  textOf(source: CheckSource): string;
}

class Trial {
  #sources: readonly CheckSource[] | undefined;
  #state: ControlState = "none";
  #reason = "Nothing in its sources could be made to fail";
  #file: string | undefined;
  #runs = 0;
  #durationMs = 0;

  constructor(
    readonly check: CommandInput,
    readonly pass: CheckRun,
    readonly options: ControlOptions,
  ) {}

  result(): ControlRun {
    const sources = this.#sources ?? [];
    const named = sources.map(({ path, text }) => [path, sha256(text)]).sort();
    return {
      checkDigest: checkDigest(this.check),
      tree: this.pass.tree,
      state: this.#state,
      reason: this.#reason,
      ...(this.#state === "none" || this.#file === undefined ? {} : { file: this.#file }),
      sources: sources.length === 0
        ? null
        : { count: sources.length, digest: sha256(canonicalJson([FORMAT, named])) },
      runs: this.#runs,
      durationMs: this.#durationMs,
    };
  }

  async decide(): Promise<void> {
    const why = inconclusive(this.check);
    if (why?.certain) return this.#say("none", why.line);
    // The first checkout shows what there is; the sources are found in it.
    const head = await this.#ran((sources) => firstDose(sources));
    const sources = this.#sources;
    if (sources === undefined) return;
    if (sources.length === 0) {
      return this.#say("none", "No source of the check is known that could be made to fail");
    }
    if (head === undefined) return;
    const tested = withFunctions(sources);
    if (tested.length === 0) return await this.#afterScript(head, programs(sources), "full");
    if (noticed(head)) return await this.#afterFunctions(tested);
    const rest = programs(sources).filter((one) => one.named || one.startable);
    if (rest.length === 0) return this.#missed(tested);
    const again = await this.#ran(() => scripts(rest, "head"));
    if (again === undefined) return;
    if (!noticed(again)) return this.#missed(tested);
    // Something of the check ran, but no test function did.
    await this.#afterScript(again, rest, "partial");
    if (this.#state === "partial") {
      this.#say(
        "partial",
        `It notices a failing "${rest[0]!.path}", but no failing test function`,
        {
          file: tested[0]!.path,
        },
      );
    }
  }

  /** A failing start of test functions was noticed: does a run also come to their ends? */
  async #afterFunctions(tested: readonly CheckSource[]): Promise<void> {
    const count = tested.reduce((sum, one) => sum + one.poison.functions, 0);
    const { row } = tested[0]!.poison;
    const said = `It notices failing test functions in ${namesOf(tested)}`;
    const file = tested[0]!.path;
    const done = !this.options.thorough && row.finished?.(this.pass, count) === true;
    const end = functions(tested, "end");
    if (done || !changes(end)) return this.#say("full", said, { file });
    const run = await this.#ran(() => end);
    if (run === undefined) return;
    if (noticed(run)) return this.#say("full", said, { file });
    this.#say("partial", `No test function in ${namesOf(tested)} seems to come to its end`, {
      file,
    });
  }

  async #afterScript(
    head: CheckRun,
    sources: readonly CheckSource[],
    best: "full" | "partial",
  ): Promise<void> {
    const file = sources[0]?.path;
    if (!noticed(head)) return this.#missed(sources);
    const end = scripts(sources, "end");
    if (!changes(end)) return this.#say(best, `It notices a failing ${namesOf(sources)}`, { file });
    const run = await this.#ran(() => end);
    if (run === undefined) return;
    if (noticed(run)) {
      return this.#say(best, `It notices a failing start and end of ${namesOf(sources)}`, { file });
    }
    this.#say("partial", `It notices a failing start of ${namesOf(sources)}, but no failing end`, {
      file,
    });
  }

  #missed(sources: readonly CheckSource[]): void {
    const why = inconclusive(this.check);
    if (why) return this.#say("none", why.line);
    if (!sources.some((one) => one.own)) {
      return this.#say("none", `It does not seem to run ${namesOf(sources)}`);
    }
    const own = sources.filter((one) => one.own);
    this.#say("missed", `It passes also when ${namesOf(own)} must fail, so it never ran it`, {
      file: own[0]!.path,
    });
  }

  #say(state: ControlState, reason: string, more: { file?: string | undefined } = {}): void {
    this.#state = state;
    this.#reason = reason;
    this.#file = more.file;
  }

  /** Runs the check with sources made to fail; undefined where that could not be tried. */
  async #ran(
    choose: (sources: readonly CheckSource[]) => Dose,
  ): Promise<CheckRun | undefined> {
    let run = await this.#altered(choose);
    // The preparation itself stopped at a failing source, as one that runs tests or compiles them
    // strictly does. That says nothing of the command, so it has to notice by itself.
    const late = run !== undefined && isUnprepared(run);
    if (late) run = await this.#altered(choose, { late });
    if (run === undefined) return undefined;
    if (run.cannotRun?.kind === "not_started" || isUnprepared(run)) {
      // A checkout that could not be made ready says nothing about the check.
      this.#say("none", `The control could not run: ${run.line}`);
      return undefined;
    }
    const judged = byTests(this.check, run, this.pass);
    if (!late || noticed(judged)) return judged;
    this.#say("none", "Its preparation stops at a source that must fail, and its command does not");
    return undefined;
  }

  /** One run with sources made to fail; undefined where there is nothing to change. */
  async #altered(
    choose: (sources: readonly CheckSource[]) => Dose,
    { late = false } = {},
  ): Promise<CheckRun | undefined> {
    const timeoutMs = Math.min(this.check.timeoutMs, 60_000 + 4 * this.pass.durationMs);
    const run = await runFresh({ ...this.check, timeoutMs }, this.pass.tree, {
      ...this.options,
      label: `control of ${this.options.label}`,
    }, {
      late,
      apply: async (checkout) => {
        this.#sources ??= await this.#find(checkout);
        const dose = choose(this.#sources);
        if (!changes(dose)) throw new NothingToPoison();
        for (const source of dose.sources) {
          await Deno.writeTextFile(join(checkout, source.path), dose.textOf(source));
        }
      },
    }).catch((error) => {
      if (error instanceof NothingToPoison) return undefined;
      throw error;
    });
    if (run === undefined) return undefined;
    this.#runs++;
    this.#durationMs += run.durationMs;
    return run;
  }

  async #find(checkout: string): Promise<CheckSource[]> {
    const { workspace, base, dir } = this.options;
    const { tree } = this.pass;
    const [ours, theirs, changed] = await Promise.all([
      workspace.listEntries(tree),
      workspace.listEntries(base),
      workspace.changed(base, tree),
    ]);
    return await checkSources(this.check, {
      checkout,
      dir,
      paths: [...ours, ...theirs].map((entry) => entry.path),
      changed: new Set(changed.map((entry) => entry.path)),
    });
  }
}

/** Ends a run that would show nothing, before its command. */
class NothingToPoison extends Error {}

function noticed(run: CheckRun): boolean {
  return run.verdict !== "pass";
}

function firstDose(sources: readonly CheckSource[]): Dose {
  const tested = withFunctions(sources);
  return tested.length > 0 ? functions(tested, "head") : scripts(programs(sources), "head");
}

function withFunctions(sources: readonly CheckSource[]): CheckSource[] {
  return sources.filter((one) => one.poison.functions > 0);
}

/** Plain programs: those that the command names, else those that start by themselves, else all. */
function programs(sources: readonly CheckSource[]): CheckSource[] {
  const plain = sources.filter((one) => one.own && one.poison.functions === 0 && one.poison.script);
  const named = plain.filter((one) => one.named);
  if (named.length > 0) return named;
  const startable = plain.filter((one) => one.startable);
  return startable.length > 0 ? startable : plain;
}

function functions(sources: readonly CheckSource[], at: Place): Dose {
  return { sources, textOf: (source) => source.poison.failingFunctions(at) };
}

function scripts(sources: readonly CheckSource[], at: Place): Dose {
  return { sources, textOf: (source) => source.poison.failingScript(at) };
}

function changes({ sources, textOf }: Dose): boolean {
  return sources.some((source) => textOf(source) !== source.text);
}

function namesOf(sources: readonly CheckSource[]): string {
  const first = `"${sources[0]?.path}"`;
  if (sources.length <= 1) return first;
  return `${first} and ${sources.length - 1} other ${sources.length === 2 ? "file" : "files"}`;
}
