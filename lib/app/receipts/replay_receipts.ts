import { join, resolve } from "@std/path";
import { type CheckCache, memoryCheckCache } from "../../checks/check_cache.ts";
import { checkTitle } from "../../checks/check_title.ts";
import { checkTree, type CheckTreeOptions } from "../../checks/check_tree.ts";
import { confirmPasses, memoryControlCache } from "../../checks/confirm_passes.ts";
import type { Receipt, ReceiptControl, ReceiptRun } from "../../checks/receipt.ts";
import { lineOf } from "../../checks/run_check.ts";
import { TOOLCHAIN_ENV_NAMES } from "../../checks/toolchain_env.ts";
import type { Criterion } from "../../engine/seed/seed.ts";
import type { CheckRun, ControlRun } from "../../kernel/check_run.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { type BundleWorkspace, openBundle } from "../../workspace/bundle.ts";
import type { App } from "../app.ts";
import { findRun } from "../find_run.ts";
import { archiveOfRun } from "./export_receipts.ts";
import type { DeliveredBranch } from "./delivered_branch.ts";
import { readArchive, type ReceiptArchive } from "./receipt_archive.ts";
import { readReceiptFile } from "./read_receipt_file.ts";
import {
  differenceOf,
  type ReplayedBranch,
  type ReplayedCriterion,
  type ReplayedRun,
  type ReplayReport,
  reportOf,
  shortOf,
  worst,
} from "./replay_report.ts";
import { makeWorkFolder } from "../work_folder.ts";

/** How a replay is made. */
export interface ReplayOptions {
  /** A folder with what git does not hold: the project, or a clone of it. */
  repo?: string | undefined;
  /** Names of variables to hand on to checks. */
  env: readonly string[];
  cancel: AbortSignal;
  /** Told before each command. */
  onStart?(criterion: string, title: string, on: ReplayedOn): void;
}

/** Before any work, after that on one criterion, after all of it. */
type ReplayedOn = "base" | "work" | "branch";

/**
 * Runs every check of a run's, or a file's, receipts again in clean checkouts of the recorded trees.
 * Needs no journal for a file, and no network but what the checks themselves use.
 * Errors: not_found, receipt_invalid, unreadable, cancelled, those of the workspace.
 */
export async function replayReceipts(
  app: App,
  word: string,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const bytes = await readReceiptFile(app.cwd, word);
  if (bytes !== undefined) return await replayArchive(app, readArchive(bytes), options);
  const state = await findRun(app, word);
  const { archive } = await archiveOfRun(app, state);
  const repo = options.repo ?? state.created.project;
  const env = [...options.env, ...state.created.passEnv];
  return await replayArchive(app, readArchive(archive), { ...options, repo, env });
}

async function replayArchive(
  app: App,
  archive: ReceiptArchive,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const { manifest, receipts } = archive;
  const folder = await makeWorkFolder("again");
  const dir = folder.path;
  try {
    const file = join(dir, "trees.bundle");
    await Deno.writeFile(file, archive.bundle);
    const repo = options.repo === undefined ? undefined : resolve(app.cwd, options.repo);
    await requireFolder(repo, options.repo);
    const { project, carry: paths } = manifest;
    const carry = { paths, from: repo };
    const workspace = await openBundle(app.git, { file, dir, project, carry });
    requireTrees(archive, workspace);
    const lacking = [
      ...workspace.notCarried.map((path) => `the folder or file "${path}" (--repo DIR)`),
      ...manifest.env.filter((name) => !options.env.includes(name)).map((name) =>
        `the variable ${name} (--env ${name})`
      ),
    ];
    const replay = new Replay(app, { archive, workspace, dir, lacking, options });
    const criteria: ReplayedCriterion[] = [];
    for (const receipt of receipts) criteria.push(await replay.criterion(receipt));
    const branch = manifest.branch ? await replay.branch(manifest.branch) : null;
    return reportOf(archive, criteria, { branch, missing: [...replay.missing], lacking });
  } finally {
    await folder.remove();
  }
}

async function requireFolder(path: string | undefined, given: string | undefined): Promise<void> {
  if (path === undefined) return;
  if ((await Deno.stat(path).catch(() => undefined))?.isDirectory) return;
  throw new OuroborosError({
    code: "not_found",
    message: `Use "${given}" as the repository: there is no such folder`,
  });
}

function requireTrees({ manifest, receipts }: ReceiptArchive, { trees }: BundleWorkspace): void {
  const there = new Set(Object.values(trees));
  for (const { replayable: { baseTree, tree, criterion } } of receipts) {
    if (there.has(baseTree) && (tree === null || there.has(tree))) continue;
    throw otherFiles(`criterion "${criterion.id}"`);
  }
  const { branch } = manifest;
  if (branch && !(there.has(branch.tree) && trees.base !== undefined)) {
    throw otherFiles("the branch");
  }
}

function otherFiles(what: string): OuroborosError {
  return new OuroborosError({
    code: "receipt_invalid",
    message: `Replay ${what}: its files are not those in the bundle`,
    hint: "Have it exported again: ouroboros receipts export RUN FILE",
  });
}

interface ReplayParts {
  archive: ReceiptArchive;
  workspace: BundleWorkspace;
  dir: string;
  lacking: readonly string[];
  options: ReplayOptions;
}

class Replay {
  readonly missing = new Set<string>();
  readonly #cache: CheckCache = memoryCheckCache();
  readonly #controls = memoryControlCache();

  constructor(readonly app: App, readonly parts: ReplayParts) {}

  async criterion({ replayable }: Receipt): Promise<ReplayedCriterion> {
    const { id, description } = replayable.criterion;
    const runs: ReplayedRun[] = [];
    for (const on of ["base", "work"] as const) {
      const tree = on === "base" ? replayable.baseTree : replayable.tree;
      const wanted = replayable.checks.some((check) => check[on] !== null);
      if (tree === null || !wanted) continue;
      const found = await this.#run(replayable, tree, on);
      for (const [index, check] of replayable.checks.entries()) {
        const now = found.runs[index];
        const before = check[on];
        if (!before || !now) continue;
        const compared = this.#compare(before, now, check.hidden);
        const confirmed = on === "work" && check.control && compared.result === "matches"
          ? this.#confirmed(check.control, found.controls[index])
          : {};
        const { command } = check;
        const ran = { check: index + 1, on, command, before, now: shortOf(now) };
        runs.push({ ...ran, ...compared, ...confirmed });
      }
    }
    const state = replayable.decision.state;
    return { id, description, state, result: worst(runs.map((run) => run.result)), runs };
  }

  /** The commands of all that held on the branch, where each of them passed. */
  async branch({ tree, criteria }: DeliveredBranch): Promise<ReplayedBranch> {
    const runs: ReplayedBranch["runs"] = [];
    for (const id of criteria) {
      const { checks, how } = this.#how(id, this.parts.workspace.trees.base!, "branch");
      const found = await checkTree(checks, tree, how);
      for (const [index, now] of found.entries()) {
        const check = checks[index]!;
        if (now === null || check.kind !== "command") continue;
        const command = check.hidden ? null : check.run;
        const ran = { criterion: id, check: index + 1, command, now: shortOf(now) };
        runs.push({ ...ran, ...this.#stillPasses(now, check.hidden) });
      }
    }
    return { tree, result: worst(runs.map((run) => run.result)), runs };
  }

  /** Runs a criterion's checks, and the controls of those of which the receipt has one. */
  async #run(
    { criterion: { id }, baseTree, checks }: Receipt["replayable"],
    tree: string,
    on: "base" | "work",
  ): Promise<{ runs: (CheckRun | null)[]; controls: (ControlRun | null)[] }> {
    const { checks: commands, how } = this.#how(id, baseTree, on);
    const runs = await checkTree(commands, tree, how);
    if (on === "base") return { runs, controls: [] };
    const wanted = runs.map((run, index) => checks[index]?.control ? run : null);
    const confirmed = await confirmPasses(commands, wanted, {
      ...how,
      controls: this.#controls,
      strict: this.parts.archive.manifest.strict,
    });
    return { runs, controls: confirmed.controls };
  }

  #how(
    id: string,
    baseTree: string,
    on: ReplayedOn,
  ): { checks: Criterion["checks"]; how: CheckTreeOptions } {
    const { archive: { seed }, workspace, dir, options } = this.parts;
    const { prepare } = seed.workspace;
    const { checks } = seed.criteria.find((one) => one.id === id)!;
    const how: CheckTreeOptions = {
      workspace,
      base: baseTree,
      dir: seed.workspace.dir,
      ...(prepare ? { prepare } : {}),
      cache: this.#cache,
      processes: this.app.processes,
      scratch: join(dir, "scratch"),
      signal: options.cancel,
      label: `criterion ${id}`,
      surroundings: {
        home: this.app.paths.home,
        path: this.app.environment.get("PATH") ?? "",
        toolchains: this.app.environment.pick(TOOLCHAIN_ENV_NAMES),
        passNames: options.env,
      },
      onStart: (index) => options.onStart?.(id, checkTitle(checks, index), on),
    };
    return { checks, how };
  }

  #stillPasses(now: CheckRun, hidden: boolean): Pick<ReplayedRun, "result" | "why"> {
    if (now.verdict === "pass" && !now.flaky) return { result: "matches", why: "" };
    const passed: ReceiptRun = { ...shortOf(now), verdict: "pass" };
    if (now.verdict === "cannot_run" || now.flaky) return this.#compare(passed, now, hidden);
    const why = `held beside the other work before, now says no (exit ${now.exit ?? "none"})`;
    return this.#withoutLacking(why);
  }

  #confirmed(
    before: ReceiptControl,
    now: ControlRun | null | undefined,
  ): Partial<ReplayedRun> {
    const control = { before: before.state, now: now?.state ?? null };
    if (control.before === control.now) return { control };
    const why = `its control said ${control.before} before, ${control.now ?? "nothing"} now`;
    // A control that could not be made shows nothing against the receipt.
    const possible = now && now.state !== "none" && this.parts.lacking.length === 0;
    if (possible) return { control, result: "differs", why };
    const reason = now?.reason ?? "The control could not be made";
    this.missing.add(reason);
    return { control, result: "cannot_replay", why: `${why}: ${reason}` };
  }

  #compare(
    before: ReceiptRun,
    now: CheckRun,
    hidden: boolean,
  ): Pick<ReplayedRun, "result" | "why"> {
    if (now.verdict === "cannot_run") {
      if (before.verdict === "cannot_run") return { result: "matches", why: "" };
      const why = hidden ? "A hidden check could not run" : lineOf(now.cannotRun!);
      this.missing.add(why);
      return { result: "cannot_replay", why };
    }
    const why = differenceOf(before, shortOf(now));
    if (why === "") return { result: "matches", why };
    if (before.flaky || now.flaky) {
      this.missing.add("A check that gives one answer on the same files");
      return { result: "cannot_replay", why: `${why}; the check is flaky` };
    }
    return this.#withoutLacking(why);
  }

  /** What this machine lacks may be why: then nothing is shown. */
  #withoutLacking(why: string): Pick<ReplayedRun, "result" | "why"> {
    if (this.parts.lacking.length === 0) return { result: "differs", why };
    this.parts.lacking.forEach((one) => this.missing.add(one));
    return { result: "cannot_replay", why: `${why}, without ${this.parts.lacking.join(", ")}` };
  }
}
