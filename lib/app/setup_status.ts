import type { RuntimeDefinition } from "../runtimes/mod.ts";
import type { App } from "./app.ts";
import type { FoundRuntime } from "./list_runtimes.ts";
import { atRoot, requireRoot } from "./root_trouble.ts";
import { wasApproved } from "./setup/approvals.ts";
import { ALL, present, requireHost } from "./setup/choose_hosts.ts";
import { type ExaminedHost, examineHosts, fileGroups, hostView } from "./setup/examine_hosts.ts";
import {
  findHosts,
  type Host,
  hostDefinitions,
  hostOf,
  readFileConfig,
} from "./setup/find_hosts.ts";
import { ownLauncher } from "./setup/own_launcher.ts";
import { SETUP_PARTS, type SetupParts } from "./setup/setup_parts.ts";
import { registration } from "./setup/setup_result.ts";
import { checkStarts } from "./setup/start_check.ts";
import { readReceipt, setupAround } from "./setup/surroundings.ts";
import { lookForUnfinished, type Unfinished } from "./setup/unfinished.ts";
import { isSetUp, type SetupStatus } from "./setup/views.ts";

/** What is wanted of a status. */
export interface StatusOptions {
  /** Hosts, "all" among them; none: every host that was set up. */
  names: readonly string[];
  tools: readonly string[];
  interrupt: AbortSignal;
}

/** Where hosts stand, and whether all of the chosen ones are as they should be. */
export interface SetupState extends SetupStatus {
  ok: boolean;
  /** A set-up that was cut off, or is at work; null for none. */
  unfinished: Unfinished | null;
}

/**
 * Looks at hosts without a change: what is there of each, whether the command that they have on
 * record starts and answers, and whether a set-up is not through. Errors: unknown_runtime, usage,
 * receipt_invalid, host_file_unusable, not_writable, unreadable.
 */
export async function setupStatus(
  app: App,
  options: StatusOptions,
  parts: SetupParts = SETUP_PARTS,
): Promise<SetupState> {
  return await atRoot(app, () => stateOf(app, options, parts));
}

async function stateOf(app: App, options: StatusOptions, parts: SetupParts): Promise<SetupState> {
  const { tools } = options;
  await requireRoot(app);
  const unfinished = await lookForUnfinished(app);
  const found = await findHosts(app, await readFileConfig(app));
  const seen = await look(app, { tools, hosts: found }, parts);
  const { examined: hosts, around, approves } = seen;
  const chosen = chooseForStatus(app, hosts, {
    names: options.names,
    recorded: Object.keys(around.receipt?.runtimes ?? {}),
  });
  const views = hosts.map((one) => hostView(one, chosen.includes(one)));
  const usable = chosen.filter((one) => one.state !== "unusable");
  const plan = usable.length === 0 ? undefined : await parts.planSetup(around, {
    hosts: usable.map(({ definition, program }) => ({
      definition,
      program,
      approve: approves(definition),
    })),
    backend: null,
  });
  const registered = (plan?.hosts ?? []).flatMap((one) =>
    one.registered === undefined ? [] : [[one.id, one.registered] as const]
  );
  const verification = await checkStarts(app, {
    definitions: chosen.map((one) => one.definition),
    launcher: around.launcher,
    registered: new Map(registered),
    forwarded: around.forwarded,
    cancel: options.interrupt,
  });
  const current = chosen.length > 0 &&
    chosen.every((one) => isSetUp(one) && one.found.path !== null);
  return {
    ok: current && unfinished === null && verification.every((one) => one.ok),
    unfinished,
    hosts: views,
    groups: plan === undefined ? [] : fileGroups(plan),
    verification,
    ...registration(views),
  };
}

/**
 * The state of every host among runtimes that were found already, and nothing else: for a place
 * that only lists them.
 */
export async function hostStates(
  app: App,
  runtimes: readonly FoundRuntime[],
  parts: SetupParts = SETUP_PARTS,
): Promise<SetupStatus["hosts"]> {
  // Approvals as they were recorded: which tools there are now is not for this place to know.
  const receipt = await readReceipt(app);
  const approved = Object.values(receipt?.runtimes ?? {}).flatMap((one) => one.approved ?? []);
  const loaded = await app.config();
  const hosts = hostDefinitions(app).flatMap((definition): Host[] => {
    const found = runtimes.find((one) => one.id === definition.id);
    return found === undefined ? [] : [hostOf(definition, found, loaded)];
  });
  const { examined } = await look(app, { tools: [...new Set(approved)], hosts }, parts);
  return examined.map((one) => hostView(one, false));
}

async function look(
  app: App,
  { tools, hosts }: { tools: readonly string[]; hosts: readonly Host[] },
  { planSetup }: SetupParts,
) {
  // To look at it, a checkout is as good as a file.
  const launcher = await ownLauncher(app, { source: true });
  const around = await setupAround(app, { launcher, tools });
  const approves = (one: RuntimeDefinition) => wasApproved(around.receipt, one);
  const examined = await examineHosts(hosts, around, { planSetup, approves });
  return { around, examined, approves };
}

function chooseForStatus(
  app: App,
  hosts: readonly ExaminedHost[],
  options: { names: readonly string[]; recorded: readonly string[] },
): ExaminedHost[] {
  const { names, recorded } = options;
  if (names.length === 0) {
    const known = hosts.filter((one) => recorded.includes(one.definition.id));
    // Without a receipt, as where one was lost, what is in place is told all the same.
    return known.length > 0 ? known : hosts.filter((one) => one.state === "current");
  }
  const ids = names.flatMap((name) =>
    name.toLowerCase() === ALL
      ? present(hosts).map((one) => one.definition.id)
      : [requireHost(name, { registry: app.registry, hosts }).definition.id]
  );
  return hosts.filter((one) => ids.includes(one.definition.id));
}
