import type { SetupAround, SetupPlan } from "../setup/setup_plan.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import type { App } from "./app.ts";
import { requireRoot } from "./root_trouble.ts";
import { amongOthers } from "./setup/among_others.ts";
import { wasApproved } from "./setup/approvals.ts";
import { examineHosts, fileGroups, hostState, hostView } from "./setup/examine_hosts.ts";
import { requireNames } from "./setup/choose_hosts.ts";
import { findHosts, hostDefinitions, readFileConfig } from "./setup/find_hosts.ts";
import { ownLauncher } from "./setup/own_launcher.ts";
import { recover, type Recovered } from "./setup/recover.ts";
import { SETUP_PARTS, type SetupParts } from "./setup/setup_parts.ts";
import { askApproval, askHosts, type Asking, askToGo } from "./setup/setup_questions.ts";
import { setupResult } from "./setup/setup_result.ts";
import { checkStarts, requireStarts } from "./setup/start_check.ts";
import { setupAround } from "./setup/surroundings.ts";
import { undoable } from "./setup/take_back.ts";
import type { FileGroup, HostView, SetupResult, StartCheck } from "./setup/views.ts";

/** What is wanted of a setup; `names` are hosts, "all" among them. */
export interface SetupOptions extends Asking {
  /** Leave the configured runtime as it is. */
  keepBackend: boolean;
  /** Have hosts start this checkout. */
  source: boolean;
}

/** What a setup reports on its way. */
export type SetupProgress =
  | Recovered
  | { step: "found"; hosts: readonly HostView[] }
  | { step: "planned"; groups: readonly FileGroup[]; unchanged: boolean }
  | { step: "writing"; files: number }
  | { step: "starting"; command: readonly string[] }
  | { step: "taken back"; problem: string };

/**
 * Sets hosts up: finds them, plans, shows, asks, writes all or nothing, and starts what was
 * registered. When that does not answer, every byte is put back, and it fails. Errors: those of the
 * choice (unknown_runtime, usage, runtime_missing, needs_input), of the plan (host_file_unusable),
 * of writing (conflict, not_writable, disk_full, setup_unfinished), not_allowed, cancelled,
 * setup_unverified.
 */
export function setup(
  app: App,
  options: SetupOptions,
  parts: SetupParts = SETUP_PARTS,
): AsyncGenerator<SetupProgress, SetupResult> {
  return amongOthers(app, () => setUp(app, options, parts));
}

async function* setUp(
  app: App,
  options: SetupOptions,
  { planSetup }: SetupParts,
): AsyncGenerator<SetupProgress, SetupResult> {
  const { names, tools, dryRun, interrupt } = options;
  // A misspelt name is said before anything is looked at.
  requireNames(names, app.registry, hostDefinitions(app));
  await requireRoot(app);
  const launcher = await ownLauncher(app, options);
  const recovered = await recover(app, { dryRun });
  if (recovered) yield recovered;
  const around = await setupAround(app, { launcher, tools: tools.map((one) => one.name) });
  const file = await readFileConfig(app);
  const found = await findHosts(app, file);
  const approves = (one: RuntimeDefinition) => wasApproved(around.receipt, one);
  const hosts = await examineHosts(found, around, { planSetup, approves });
  const views = hosts.map((one) => hostView(one, false));
  yield { step: "found", hosts: views };

  const choice = { registry: app.registry, hosts: found, configured: file.runtime };
  const picked = await askHosts(options, choice, views);
  const approve = await askApproval(options, picked, around);
  const plan = await planSetup(around, {
    hosts: picked.hosts.map(({ definition, program }) => ({
      definition,
      program,
      approve: approve || approves(definition),
    })),
    backend: options.keepBackend ? null : picked.backend,
  });
  // The plan knows the shape of that file and says more; what is left is a wrong value in it.
  if (file.problem) throw unusable(file.problem);
  const groups = fileGroups(plan);
  // Nobody is asked before this was shown: the reader comes back for more when it was.
  yield { step: "planned", groups, unchanged: plan.unchanged };

  const chosen = picked.hosts.map((one) => one.definition.id);
  const done = { hosts, chosen, plans: plan.hosts, groups };
  // Where a user's own entry has our name, the host does not start us.
  const started = plan.hosts.filter((one) => hostState(one) !== "foreign").map((one) => one.id);
  const definitions = picked.hosts.map((one) => one.definition)
    .filter((one) => started.includes(one.id));
  if (dryRun) return setupResult({ ...done, outcome: "planned", verification: [] });
  const start = { definitions, around, interrupt };
  if (plan.unchanged) {
    yield { step: "starting", command: launcher };
    const verification = await prove(app, start);
    requireStarts(verification, interrupt, "nothing was changed");
    return setupResult({ ...done, outcome: "unchanged", verification });
  }
  await askToGo(options, chosen);
  yield { step: "writing", files: plan.changes.length };
  yield { step: "starting", command: launcher };
  const verification = yield* carryOut(app, plan, start);
  return setupResult({ ...done, outcome: "done", verification });
}

interface Start {
  definitions: readonly RuntimeDefinition[];
  around: SetupAround;
  interrupt: AbortSignal;
}

/** A file of ours that cannot be set up is told as a host's is: nobody typed anything wrong. */
function unusable(cause: OuroborosError): OuroborosError {
  const { message, hint } = cause;
  return new OuroborosError({
    code: "host_file_unusable",
    message,
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

/** Writes the plan and proves it; puts everything back where that fails. */
async function* carryOut(
  app: App,
  plan: SetupPlan,
  start: Start,
): AsyncGenerator<SetupProgress, StartCheck[]> {
  const { changes, emptied, ours } = plan;
  const { interrupt } = start;
  const work = await undoable(
    { root: app.paths.root, changes, emptied, ours },
    () => app.random(8).toHex(),
  );
  // Nothing is reported in between: who listens could fail, and leave it half proved.
  await work.apply();
  const checks = await prove(app, start);
  const bad = checks.find((one) => !one.ok);
  if (bad || interrupt.aborted) {
    const problem = bad?.problem ?? "interrupted";
    await work.takeBack().catch((error) => {
      throw notTakenBack(problem, error);
    });
    yield { step: "taken back", problem };
    requireStarts(checks, interrupt, "every file is as it was before");
  }
  return checks;
}

async function prove(app: App, start: Start): Promise<StartCheck[]> {
  const { definitions, around: { launcher, forwarded }, interrupt: cancel } = start;
  return await checkStarts(app, { definitions, launcher, forwarded, cancel });
}

function notTakenBack(problem: string, cause: unknown): OuroborosError {
  return new OuroborosError({
    code: "setup_unverified",
    message: `Start what was registered: ${problem}; putting the files back failed, what was ` +
      `written stands: ${messageOf(cause)}`,
    hint: "ouroboros uninstall",
    cause,
  });
}
