import { installedSkillNames, type RuntimeDefinition } from "../../runtimes/mod.ts";
import type { HostPlan } from "../../setup/setup_plan.ts";
import { type ExaminedHost, hostState, hostView } from "./examine_hosts.ts";
import {
  type AfterSetup,
  type HostState,
  type HostView,
  isSetUp,
  type SetupResult,
  type SetupStatus,
} from "./views.ts";

/** How a setup ended, from what was found before it and what was done. */
export function setupResult(
  parts: Pick<SetupResult, "groups" | "outcome" | "verification"> & {
    hosts: readonly ExaminedHost[];
    /** In the order of the choice. */
    chosen: readonly string[];
    /** Those of the chosen hosts. */
    plans: readonly HostPlan[];
  },
): SetupResult {
  const { hosts, chosen, plans, groups, outcome, verification } = parts;
  const views = hosts.map((one): HostView => {
    const view = hostView(one, chosen.includes(one.definition.id));
    const plan = plans.find(({ id }) => id === view.id);
    return outcome === "done" && plan ? { ...view, state: stateAfter(plan) } : view;
  });
  const worked = chosen.flatMap((id) => hosts.filter((one) => one.definition.id === id));
  const unsigned = worked.find((one) => one.found.signIn === "not signed in");
  return {
    outcome,
    hosts: views,
    groups,
    verification,
    ...registration(views),
    after: worked.map((one) => afterSetup(one.definition)),
    next: unsigned?.found.signInCommand ?? "ouroboros demo",
  };
}

/** How a host stands when its plan was carried out: what was kept still stands in our place. */
function stateAfter(plan: HostPlan): HostState {
  const state = hostState(plan);
  if (state === "foreign") return state;
  return plan.files.some((file) => file.action === "kept") ? "yours" : "current";
}

/** Which hosts have us, which do not, and what to type for those. */
export function registration(
  views: readonly HostView[],
): Pick<SetupStatus, "registered" | "notRegistered" | "hints"> {
  const left = views.filter((one) => one.path !== null && !isSetUp(one));
  return {
    registered: views.filter(isSetUp).map((one) => one.id),
    notRegistered: left.map((one) => one.id),
    hints: left.filter((one) => !one.chosen).map((one) => one.command),
  };
}

/** What people do afterwards in a host. */
function afterSetup(definition: RuntimeDefinition): AfterSetup {
  const { id, title, placement, capabilities } = definition;
  const [skill = ""] = installedSkillNames(definition, ["help"]);
  return {
    id,
    title,
    restart: placement?.restart ?? "",
    firstWords: (placement?.firstWords ?? "").replaceAll("SKILL", skill),
    executionOnly: !capabilities.completions,
  };
}
