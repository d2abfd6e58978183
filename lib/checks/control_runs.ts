import { dirname, join } from "@std/path";
import type { CheckRun, ControlState } from "../kernel/check_run.ts";
import type { OutsideLink } from "../kernel/outside_link.ts";
import type { ChangedPath } from "../workspace/run_workspace.ts";
import { byTests } from "./by_tests.ts";
import type { CommandInput } from "./check_input.ts";
import { type CheckSource, checkSources } from "./check_sources.ts";
import { type CheckTreeOptions, runFresh } from "./check_tree.ts";
import type { Dose } from "./dose.ts";
import { folderIn, removeAt } from "./inside.ts";
import { isUnprepared } from "./prepare.ts";

/** What a negative control needs, beside what the check itself ran with. */
export interface ControlOptions extends Omit<CheckTreeOptions, "cache" | "again" | "purpose"> {
  /**
   * Look for an early end also where the runner's own summary speaks against one, and whether the
   * sources' assertions can still say no.
   */
  thorough?: boolean;
}

/** What a dose is chosen from. */
export interface ControlPlace {
  /** The checkout, with the check's files and the protected ones in place. */
  checkout: string;
  sources: readonly CheckSource[];
}

/** What is known of the trees without a checkout. */
export interface ControlFiles {
  /** Paths of the tree and of the base. */
  paths: readonly string[];
  /** What the work changed. */
  changed: readonly ChangedPath[];
  /** Links that lead out of the project, from the project's folder. */
  links: readonly OutsideLink[];
}

/** What a control found out. */
export interface Finding {
  state: ControlState;
  /** One line for people. */
  reason: string;
  /** The source that is named. */
  file?: string | undefined;
}

/** Runs a check that passed in checkouts in which files were changed for a control. */
export class ControlRuns {
  #files: Promise<ControlFiles> | undefined;
  #sources: readonly CheckSource[] | undefined;
  /** Why no run says anything: a checkout could not be made ready. */
  unable: string | undefined;
  count = 0;
  durationMs = 0;

  constructor(
    readonly check: CommandInput,
    readonly pass: CheckRun,
    readonly options: ControlOptions,
  ) {}

  /** The check's sources; empty before the first run. */
  get sources(): readonly CheckSource[] {
    return this.#sources ?? [];
  }

  /** Which files there are. */
  files(): Promise<ControlFiles> {
    return this.#files ??= this.#look();
  }

  /** Whether the check notices a dose; undefined where that could not be tried. */
  async noticed(
    choose: (place: ControlPlace) => Dose | Promise<Dose>,
  ): Promise<boolean | undefined> {
    let run = await this.#altered(choose);
    // The preparation itself stopped at a failing source, as one that runs tests or compiles them
    // strictly does. That says nothing of the command, so it has to notice by itself.
    const late = run !== undefined && isUnprepared(run);
    if (late) run = await this.#altered(choose, { late });
    if (run === undefined) return undefined;
    if (run.cannotRun?.kind === "not_started" || isUnprepared(run)) {
      this.unable = `The control could not run: ${run.line}`;
      return undefined;
    }
    const noticed = byTests(this.check, run, this.pass).verdict !== "pass";
    if (!late || noticed) return noticed;
    this.unable = "Its preparation stops at a source that must fail, and its command does not";
    return undefined;
  }

  async #altered(
    choose: (place: ControlPlace) => Dose | Promise<Dose>,
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
        const dose = await choose({ sources: this.#sources, checkout });
        if (dose.size === 0) throw new NothingToChange();
        for (const [path, to] of dose) await change(checkout, path, to);
      },
    }).catch((error) => {
      if (error instanceof NothingToChange) return undefined;
      throw error;
    });
    if (run === undefined) return undefined;
    this.count++;
    this.durationMs += run.durationMs;
    return run;
  }

  async #look(): Promise<ControlFiles> {
    const { workspace, base } = this.options;
    const { tree } = this.pass;
    const [ours, theirs, changed, links] = await Promise.all([
      workspace.listEntries(tree),
      workspace.listEntries(base),
      workspace.changed(base, tree),
      workspace.outsideLinks(base, tree),
    ]);
    return { paths: [...ours, ...theirs].map((entry) => entry.path), changed, links };
  }

  async #find(checkout: string): Promise<CheckSource[]> {
    const { paths, changed } = await this.files();
    const names = new Set(changed.map((entry) => entry.path));
    const { dir } = this.options;
    return await checkSources(this.check, { checkout, dir, paths, changed: names });
  }
}

/** Ends a run that would show nothing, before its command. */
class NothingToChange extends Error {}

async function change(
  checkout: string,
  path: string,
  to: string | { link: string } | null,
): Promise<void> {
  const file = join(checkout, path);
  if (typeof to === "string") return await Deno.writeTextFile(file, to);
  const folder = await folderIn(checkout, dirname(path));
  // A preparation that took the folder away took the file with it.
  if ("missing" in folder) return;
  await removeAt(file);
  if (to !== null) await Deno.symlink(to.link, file);
}
