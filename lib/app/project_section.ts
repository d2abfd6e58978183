import { OuroborosError } from "../kernel/error.ts";
import type { SetupPlan } from "../setup/setup_plan.ts";
import { applyTransaction } from "../setup/write/apply_transaction.ts";
import { findUserRepository } from "../workspace/user_repository.ts";
import type { App } from "./app.ts";
import { isWithin } from "./find_run.ts";
import { requireRoot } from "./root_trouble.ts";
import { amongOthers } from "./setup/among_others.ts";
import { ALL, requireNames } from "./setup/choose_hosts.ts";
import { hostDefinitions } from "./setup/find_hosts.ts";
import { allProjectFiles, projectFiles } from "./setup/project_files.ts";
import { recover, type Recovered } from "./setup/recover.ts";
import { setupAround } from "./setup/surroundings.ts";
import type { FileGroup } from "./setup/views.ts";

/** What is wanted of our section in a project's instructions. */
export interface SectionOptions {
  /** Hosts whose files are meant, "all" among them; none: those that were set up. */
  names: readonly string[];
  remove: boolean;
  dryRun: boolean;
  yes: boolean;
  /** Take out what somebody changed since. */
  force: boolean;
  /** Asks whether the plan is to be carried out; null where nobody can be asked. */
  confirm: (() => Promise<boolean | undefined>) | null;
  interrupt: AbortSignal;
}

/** What is reported on the way. */
export type SectionProgress =
  | Recovered
  | { step: "planned"; groups: readonly FileGroup[]; unchanged: boolean };

/** How it ended. */
export interface SectionResult {
  outcome: "done" | "unchanged" | "planned";
  /** The project's folder, absolute. */
  project: string;
  groups: readonly FileGroup[];
  /** Files in which our section stays: somebody changed it. */
  kept: readonly string[];
}

/**
 * Puts a section about us into the instructions of the project around the working folder, or takes
 * exactly that out again: plans, shows, asks, writes all or nothing. Errors: unknown_runtime, usage,
 * receipt_invalid, host_file_unusable, needs_input, cancelled, and those of writing.
 */
export function projectSection(
  app: App,
  options: SectionOptions,
): AsyncGenerator<SectionProgress, SectionResult> {
  return amongOthers(app, () => work(app, options));
}

async function* work(
  app: App,
  options: SectionOptions,
): AsyncGenerator<SectionProgress, SectionResult> {
  const { names, dryRun } = options;
  const named = requireNames(names, app.registry, hostDefinitions(app)).map((one) => one.id);
  await requireRoot(app);
  const recovered = await recover(app, { dryRun });
  if (recovered) yield recovered;
  const project = await projectAround(app);
  const around = await setupAround(app, { launcher: [], tools: [] });
  const chosen = named.length > 0 ? named : Object.keys(around.receipt?.runtimes ?? {});
  const plan = await planFor(app, { options, project, around, chosen });
  const groups = groupsOf(plan, project);
  // Nobody is asked before this was shown: the reader comes back for more when it was.
  yield { step: "planned", groups, unchanged: plan.unchanged };
  const kept = plan.own.filter((one) => one.action === "kept").map((one) => one.path);
  const facts = { project, groups, kept };
  if (plan.unchanged) return { outcome: "unchanged", ...facts };
  if (dryRun) return { outcome: "planned", ...facts };
  await askToGo(options);
  const { changes, emptied, ours } = plan;
  const transaction = { root: app.paths.root, changes, emptied, ours };
  await applyTransaction(transaction, { token: app.random(8).toHex() });
  return { outcome: "done", ...facts };
}

function groupsOf({ own }: SetupPlan, project: string): FileGroup[] {
  const [here, ours] = [true, false].map((inside) =>
    own.filter((one) => isWithin(one.path, project) === inside)
  );
  return [
    { host: null, title: "This project", files: here!, notes: [] },
    { host: null, title: "Ouroboros itself", files: ours!, notes: [] },
  ].filter((one) => one.files.length > 0);
}

interface Wanted {
  options: SectionOptions;
  project: string;
  around: Awaited<ReturnType<typeof setupAround>>;
  /** Ids of hosts. */
  chosen: readonly string[];
}

async function planFor(app: App, { options, project, around, chosen }: Wanted): Promise<SetupPlan> {
  const placements = hostDefinitions(app).filter((one) => options.remove || chosen.includes(one.id))
    .flatMap((one) => one.placement ?? []);
  if (options.remove) {
    const { planProjectRemoval } = await import("../setup/plan_project_removal.ts");
    const files = await allProjectFiles(project, placements);
    return await planProjectRemoval(around, { folder: project, files, force: options.force });
  }
  if (chosen.length === 0) {
    throw new OuroborosError({
      code: "usage",
      message: "Write a section for this project: no host is set up, and none was named",
      hint: `ouroboros setup --project --runtime ${ALL}, or with commas between: ${
        hostDefinitions(app).map((one) => one.id).join(", ")
      }`,
    });
  }
  const { planProject } = await import("../setup/plan_project.ts");
  const files = await projectFiles(project, placements);
  return await planProject(around, { folder: project, files });
}

/** The repository around the working folder, else that folder. Errors: usage, for the home folder. */
async function projectAround(app: App): Promise<string> {
  const cwd = await Deno.realPath(app.cwd);
  const folder = (await findUserRepository(app.git, cwd))?.root ?? cwd;
  if (folder !== await Deno.realPath(app.paths.home).catch(() => app.paths.home)) return folder;
  throw new OuroborosError({
    code: "usage",
    message: `Use "${folder}" as a project: it is the home folder`,
    hint: "cd PROJECT && ouroboros setup --project",
  });
}

async function askToGo(options: SectionOptions): Promise<void> {
  const { confirm, interrupt, names, remove, force, yes } = options;
  if (interrupt.aborted) throw nothingChanged();
  if (yes) return;
  if (confirm === null) {
    const command = remove ? "ouroboros uninstall --project" : "ouroboros setup --project";
    // All that was typed, so that the hint does the same: no host may be set up here.
    const words = [
      ...names.length > 0 ? ["--runtime", names.join(",")] : [],
      ...force ? ["--force"] : [],
    ];
    throw new OuroborosError({
      code: "needs_input",
      message: "Write to this project: nobody can be asked here whether to",
      hint: [command, ...words, "--yes"].join(" "),
    });
  }
  if (await confirm() !== true || interrupt.aborted) throw nothingChanged();
}

function nothingChanged(): OuroborosError {
  return new OuroborosError({
    code: "cancelled",
    message: "Write to this project: nothing was changed",
  });
}
