import { join } from "@std/path";
import { memoryCheckCache } from "../../checks/check_cache.ts";
import { checkTitle } from "../../checks/check_title.ts";
import { checkTree, type CheckTreeOptions } from "../../checks/check_tree.ts";
import { confirmPasses, memoryControlCache } from "../../checks/confirm_passes.ts";
import { decideAgain } from "../../checks/decide_again.ts";
import type { Criterion, Seed } from "../../engine/seed/seed.ts";
import type { CheckRun, ControlRun, Decision } from "../../kernel/check_run.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { createRunWorkspace } from "../../workspace/open_workspace.ts";
import type { RunWorkspace } from "../../workspace/run_workspace.ts";
import { stoppableGit } from "../../workspace/stoppable_git.ts";
import type { App } from "../app.ts";
import {
  type CheckedCriterion,
  checkedCriterion,
  type CheckReport,
  checkReport,
} from "./check_seed_report.ts";
import { changesOf } from "./check_seed_changes.ts";
import { decideHead } from "./check_seed_decide.ts";
import {
  checkoutTop,
  placeNotice,
  requireHiddenOutside,
  requireProjectMeant,
  requireReportApart,
} from "./check_seed_place.ts";
import { withHiddenChecks } from "./check_seed_hidden.ts";
import { gateSeed } from "./check_seed_source.ts";
import { projectFolder } from "../project_folder.ts";
import { seedPath } from "../seeds/seed_path.ts";
import { suggestedCarry } from "../suggest.ts";
import { makeWorkFolder } from "../work_folder.ts";

/** What `check` was asked. */
export interface CheckSeedInput {
  /** The seed's file or id; see `seedPath`. */
  seed: string;
  project: string;
  /** The project was named, and is not just the folder that one is in. */
  projectGiven: boolean;
  /** Git ref that the work began from. */
  base: string | undefined;
  /** Git ref that is looked at; left out: the working tree as it is. */
  head: string | undefined;
  /** Confirm each pass by a negative control. */
  prove: boolean;
  /** A control that confirms in part only decides nothing. */
  strict: boolean;
  /** File of hidden checks; "-" beside `hiddenText`. */
  hidden: string | undefined;
  /** The hidden checks themselves, of no file that the work could find. */
  hiddenText?: string | undefined;
  /** File that the report will be written to. */
  report?: string | undefined;
  /** A change of the seed, or of files that it protects, is no failure, and counts. */
  allowSeedChange: boolean;
}

/** What is told while a gate works. */
export interface CheckSeedHooks {
  cancel: AbortSignal;
  onStart?(criterion: string, title: string, on: "base" | "head"): void;
  onCriterion?(criterion: CheckedCriterion): void;
}

/**
 * Runs all checks of a seed on the files as they are, in clean checkouts, with the caller's own
 * environment: no agent, no account, no journal, nothing that stays on disk.
 * Errors: usage, not_found, unreadable, seed_invalid, git_missing, cancelled, those of the workspace.
 */
export async function checkSeed(
  app: App,
  asked: CheckSeedInput,
  hooks: CheckSeedHooks,
): Promise<CheckReport> {
  refuseIdle(asked);
  const input = { ...asked, seed: await seedPath(app, asked.seed) };
  const project = await projectFolder(app, input.project, "ouroboros check SEED --cwd DIR");
  const top = await checkoutTop(app, project);
  const hiddenFile = input.hiddenText === undefined ? input.hidden : undefined;
  if (hiddenFile !== undefined) {
    await requireHiddenOutside(app, { name: hiddenFile, seed: input.seed, top });
  }
  if (input.report !== undefined) {
    await requireReportApart(app, { ...input, report: input.report, hidden: hiddenFile });
  }
  if (!input.projectGiven) await requireProjectMeant(app, { seed: input.seed, project });
  const place = input.projectGiven
    ? undefined
    : await placeNotice(app, { seed: input.seed, project, top });
  const own = await gateSeed(app, { ...input, project });
  const seed = input.hidden === undefined
    ? own.seed
    : await withHiddenChecks(app, own.seed, { name: input.hidden, text: input.hiddenText });
  const carry = await suggestedCarry(app.git, project, seed);
  const folder = await makeWorkFolder("check");
  const dir = folder.path;
  try {
    // A large project is read for a long time before the first check, which is ended by itself.
    const reading = stoppableGit(app.git, hooks.cancel);
    const workspace = await createRunWorkspace({
      git: reading.git,
      dir: join(dir, "files"),
      project,
      carry: { paths: carry },
      own: app.paths.root,
      now: () => app.clock.now(),
    });
    const head = await workspace.snapshot(input.head === undefined ? {} : { ref: input.head });
    reading.settle();
    const base = own.base && await workspace.tree(own.base.commit);
    const changes = base === null
      ? []
      : await changesOf({ seed, own, workspace, base, head: head.tree });
    const gate = new Gate(app, hooks, {
      seed,
      workspace,
      scratch: join(dir, "files", "scratch"),
      head: head.tree,
      base,
      protectFrom: base === null || input.allowSeedChange ? head.tree : base,
      prove: input.prove,
      strict: input.strict,
    });
    const criteria: CheckedCriterion[] = [];
    for (const criterion of seed.criteria) {
      const checked = await gate.criterion(criterion);
      hooks.onCriterion?.(checked);
      criteria.push(checked);
    }
    return checkReport({
      name: input.seed,
      seed,
      own,
      head: { ref: input.head ?? null, tree: head.tree },
      base,
      allowed: input.allowSeedChange,
      changes,
      criteria,
      notices: [
        ...place === undefined ? [] : [place],
        ...own.warnings.map(({ path, message }) => `Seed, ${path}: ${message}`),
        ...carry.length > 0 && seed.workspace.carry.length === 0
          ? [`Taken along, as git does not hold it: ${carry.join(", ")}`]
          : [],
        ...head.notices,
      ],
    });
  } finally {
    await folder.remove();
  }
}

/** An option that would do nothing is a mistake of who typed it. */
function refuseIdle(input: CheckSeedInput): void {
  const idle = input.strict && !input.prove
    ? ["--strict", "--prove"]
    : input.allowSeedChange && input.base === undefined
    ? ["--allow-seed-change", "--base REF"]
    : undefined;
  if (idle === undefined) return;
  throw new OuroborosError({
    code: "usage",
    message: `Use "${idle[0]}": it says something only beside "${idle[1]}"`,
    hint: `ouroboros check ${shellWord(input.seed)} ${idle[1]} ${idle[0]}`,
  });
}

interface GateParts {
  seed: Seed;
  workspace: RunWorkspace;
  scratch: string;
  head: string;
  base: string | null;
  /** Tree from which protected files come. */
  protectFrom: string;
  prove: boolean;
  strict: boolean;
}

type Runs = readonly (CheckRun | null)[];

class Gate {
  readonly #cache = memoryCheckCache();
  readonly #controls = memoryControlCache();

  constructor(
    readonly app: App,
    readonly hooks: CheckSeedHooks,
    readonly parts: GateParts,
  ) {}

  async criterion(criterion: Criterion): Promise<CheckedCriterion> {
    const { base, head } = this.parts;
    const before = base === null ? null : await this.#run(criterion, base, { on: "base" });
    const found = await this.#run(criterion, head, { on: "head" });
    const { runs, controls } = this.parts.prove
      ? await confirmPasses(criterion.checks, found, {
        ...this.#options(criterion, "head"),
        controls: this.#controls,
        strict: this.parts.strict,
      })
      : { runs: found, controls: null };
    const decision = before === null
      ? decideHead(criterion, { runs, controls, strict: this.parts.strict })
      : await this.#decide(criterion, { before, runs, controls });
    return checkedCriterion(criterion, { before, runs, controls, decision });
  }

  async #run(
    criterion: Criterion,
    tree: string,
    how: { on: "base" | "head"; again?: boolean },
  ): Promise<Runs> {
    return await checkTree(criterion.checks, tree, {
      ...this.#options(criterion, how.on),
      again: how.again ?? false,
    });
  }

  #options(criterion: Criterion, on: "base" | "head"): CheckTreeOptions {
    const { seed, workspace, protectFrom, scratch } = this.parts;
    const { prepare, dir } = seed.workspace;
    const { environment, processes } = this.app;
    return {
      workspace,
      base: protectFrom,
      dir,
      ...(prepare ? { prepare } : {}),
      cache: this.#cache,
      processes,
      scratch,
      signal: this.hooks.cancel,
      label: `criterion ${criterion.id}`,
      surroundings: {
        home: environment.get("HOME") ?? "",
        path: environment.get("PATH") ?? "",
        toolchains: {},
        inherit: true,
      },
      onStart: (index) =>
        this.hooks.onStart?.(criterion.id, checkTitle(criterion.checks, index), on),
    };
  }

  async #decide(
    criterion: Criterion,
    found: { before: Runs; runs: Runs; controls: (ControlRun | null)[] | null },
  ): Promise<Decision> {
    const { before, runs, controls } = found;
    const { checks } = criterion;
    const { base, strict } = this.parts;
    return await decideAgain({
      checks,
      base: before,
      runs,
      earlier: [],
      changed: 1,
      strict,
      ...(controls === null ? {} : { controls }),
    }, () => this.#run(criterion, base!, { on: "base", again: true }));
  }
}
