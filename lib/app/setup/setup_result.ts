import { installedSkillNames, type RuntimeDefinition } from "../../runtimes/mod.ts";
import type { ExaminedHost } from "./examine_hosts.ts";
import { hostView } from "./examine_hosts.ts";
import type { AfterSetup, HostView, SetupResult, SetupStatus } from "./views.ts";

/** How a setup ended, from what was found before it and what was done. */
export function setupResult(
  parts: Pick<SetupResult, "groups" | "outcome" | "verification"> & {
    hosts: readonly ExaminedHost[];
    /** In the order of the choice. */
    chosen: readonly string[];
  },
): SetupResult {
  const { hosts, chosen, groups, outcome, verification } = parts;
  const views = hosts.map((one) => hostView(one, chosen.includes(one.definition.id)))
    .map((one): HostView => outcome === "done" && one.chosen ? afterWriting(one) : one);
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

function afterWriting(view: HostView): HostView {
  return view.state === "foreign" ? view : { ...view, state: "current" };
}

/** Which hosts have us, which do not, and what to type for those. */
export function registration(
  views: readonly HostView[],
): Pick<SetupStatus, "registered" | "notRegistered" | "hints"> {
  const left = views.filter((one) => one.path !== null && one.state !== "current");
  return {
    registered: views.filter((one) => one.state === "current").map((one) => one.id),
    notRegistered: left.map((one) => one.id),
    hints: left.filter((one) => !one.chosen).map((one) => one.command),
  };
}

/** What people do afterwards in a host. */
export function afterSetup(definition: RuntimeDefinition): AfterSetup {
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
