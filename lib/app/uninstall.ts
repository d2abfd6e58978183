import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import type { PlanUninstall, SetupAround } from "../setup/setup_plan.ts";
import { applyTransaction } from "../setup/write/apply_transaction.ts";
import { receiptPath } from "../setup/write/install_receipt.ts";
import type { App } from "./app.ts";
import { requireRoot } from "./root_trouble.ts";
import { amongOthers } from "./setup/among_others.ts";
import { requireNames } from "./setup/choose_hosts.ts";
import { fileGroups } from "./setup/examine_hosts.ts";
import { hostDefinitions } from "./setup/find_hosts.ts";
import { ownLauncher } from "./setup/own_launcher.ts";
import { planPurge, purge, type Purged, type PurgePlan } from "./setup/purge.ts";
import { recover, type Recovered } from "./setup/recover.ts";
import { removalCommand } from "./setup/removal_command.ts";
import { SETUP_PARTS, type SetupParts } from "./setup/setup_parts.ts";
import { readReceipt, setupAround } from "./setup/surroundings.ts";
import type { FileGroup } from "./setup/views.ts";

/** Questions to a person; each gives undefined when the person left. */
export interface UninstallQuestions {
  confirm(): Promise<boolean | undefined>;
  /** Whether our folder is to go as well, with everything in it. */
  purge(plan: PurgePlan): Promise<boolean | undefined>;
}

/** What is wanted of an uninstall. */
export interface UninstallOptions {
  /** Hosts, "all" among them; none: everything. */
  names: readonly string[];
  dryRun: boolean;
  yes: boolean;
  /** Remove our folder too, with the journal and the files of runs. */
  purge: boolean;
  /** Take out what somebody changed since. */
  force: boolean;
  tools: readonly string[];
  /** Null where nobody can be asked. */
  questions: UninstallQuestions | null;
  interrupt: AbortSignal;
}

/** What an uninstall reports on its way. */
export type UninstallProgress =
  | Recovered
  | { step: "planned"; groups: readonly FileGroup[]; purge: PurgePlan | null; unchanged: boolean };

/** How an uninstall ended. */
export interface UninstallResult {
  outcome: "done" | "nothing" | "planned";
  groups: readonly FileGroup[];
  /** Files in which something of ours stays: somebody changed it. */
  kept: readonly string[];
  /** What stays as its owner's own choice, and why; no failure. */
  yours: readonly { path: string; why: string }[];
  /** Files on record that are in no place of this home: they were not touched; what to do about each. */
  elsewhere: readonly { path: string; why: string }[];
  /**
   * Files in which something of an earlier installer's stands now: setting up had taken it over, and
   * it came back, or it was never touched. A further uninstall takes it out.
   */
  again: readonly string[];
  purge: PurgePlan | null;
  /** What of our folder is gone; null where nothing was to go, or was not carried out. */
  purged: Purged | null;
  /** How to remove the program itself. */
  program: string;
}

/**
 * Takes back what setting up did: plans, shows, asks, writes all or nothing. Errors: unknown_runtime,
 * usage, receipt_invalid, host_file_unusable, needs_input, cancelled, those of writing, and those
 * of {@link planPurge}.
 */
export function uninstall(
  app: App,
  options: UninstallOptions,
  parts: SetupParts = SETUP_PARTS,
): AsyncGenerator<UninstallProgress, UninstallResult> {
  return amongOthers(app, () => takeBack(app, options, parts));
}

async function* takeBack(
  app: App,
  options: UninstallOptions,
  { planUninstall }: SetupParts,
): AsyncGenerator<UninstallProgress, UninstallResult> {
  const { dryRun, force, tools } = options;
  const hosts = chosenHosts(app, options.names);
  await requireRoot(app);
  const recovered = await recover(app, { dryRun });
  if (recovered) yield recovered;
  const launcher = await ownLauncher(app, { source: true });
  const around = await setupAround(app, { launcher, tools });
  const ids = hosts.map((one) => one.id);
  // What is ours alone goes with the last host.
  const own = options.names.length === 0 ||
    Object.keys(around.receipt?.runtimes ?? {}).every((id) => ids.includes(id));
  // Sections in projects belong to no single host.
  const projects = options.names.length === 0 ? Object.keys(around.receipt?.projects ?? {}) : [];
  const plan = await planUninstall(around, { hosts, own, projects, force });
  const purging = options.purge ? await planPurge(app) : null;
  const groups = fileGroups(plan).filter((one) => one.files.length + one.notes.length > 0);
  // Nobody is asked before this was shown: the reader comes back for more when it was.
  yield { step: "planned", groups, purge: purging, unchanged: plan.unchanged };

  const stays = groups.flatMap((one) => one.files).filter((file) => file.action === "kept");
  const facts = {
    groups,
    kept: stays.filter((file) => !file.yours && !file.elsewhere).map((file) => file.path),
    yours: stays.filter((file) => file.yours).map(named),
    elsewhere: stays.filter((file) => file.elsewhere).map(named),
    again: [],
    purge: purging,
    purged: null,
    program: await removalCommand(app),
  };
  if (plan.unchanged && purging === null) return { outcome: "nothing", ...facts };
  if (dryRun) return { outcome: "planned", ...facts };
  await askToGo(options, { unchanged: plan.unchanged, purging });
  if (!plan.unchanged) {
    const { changes, emptied, ours } = plan;
    const { root } = app.paths;
    await applyTransaction({ root, changes, emptied, ours }, { token: app.random(8).toHex() });
  }
  const again = plan.unchanged ? [] : await whatComesBack(app, { around, hosts, planUninstall });
  const purged = purging === null ? null : await purge(app, purging);
  return { outcome: "done", ...facts, again, purged };
}

function named({ path, note = "" }: { path: string; note?: string }) {
  return { path, why: note };
}

/** Files that the same uninstall would change once more. */
async function whatComesBack(
  app: App,
  { around, hosts, planUninstall }: {
    around: SetupAround;
    hosts: readonly RuntimeDefinition[];
    planUninstall: PlanUninstall;
  },
): Promise<string[]> {
  try {
    const now = { ...around, receipt: await readReceipt(app) };
    const plan = await planUninstall(now, { hosts, own: false, force: false });
    const ours = [app.paths.config, receiptPath(app.paths.root)];
    return plan.changes.map((one) => one.path).filter((path) => !ours.includes(path));
  } catch {
    // All that was asked for is done. What stands in the way of a look stops the next uninstall as
    // well, which says so.
    return [];
  }
}

function chosenHosts(app: App, names: readonly string[]): RuntimeDefinition[] {
  const all = hostDefinitions(app);
  return names.length === 0 ? all : requireNames(names, app.registry, all);
}

async function askToGo(
  options: UninstallOptions,
  plan: { unchanged: boolean; purging: PurgePlan | null },
): Promise<void> {
  const { interrupt, questions, yes } = options;
  if (interrupt.aborted) throw nothingChanged();
  if (yes) return;
  if (questions === null) {
    const words = [...options.names.length > 0 ? ["--runtime", options.names.join(",")] : []];
    if (options.purge) words.push("--purge");
    throw new OuroborosError({
      code: "needs_input",
      message: "Uninstall: nobody can be asked here whether to take this back",
      hint: ["ouroboros uninstall", ...words, "--yes"].join(" "),
    });
  }
  if (!plan.unchanged && await questions.confirm() !== true) throw nothingChanged();
  if (plan.purging && await questions.purge(plan.purging) !== true) throw nothingChanged();
  if (interrupt.aborted) throw nothingChanged();
}

function nothingChanged(): OuroborosError {
  return new OuroborosError({ code: "cancelled", message: "Uninstall: nothing was changed" });
}
