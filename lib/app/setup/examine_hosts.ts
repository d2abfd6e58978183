import { OuroborosError } from "../../kernel/error.ts";
import type { RuntimeDefinition } from "../../runtimes/mod.ts";
import type { HostPlan, PlanSetup, SetupAround, SetupPlan } from "../../setup/setup_plan.ts";
import type { Host } from "./find_hosts.ts";
import type { FileGroup, HostState, HostView } from "./views.ts";

/** A host with what a plan for it alone says. */
export interface ExaminedHost extends Host {
  state: HostState;
  problem: string | null;
}

/** Where each host stands, by a plan of its own; a broken file of one says nothing of the others. */
export async function examineHosts(
  hosts: readonly Host[],
  around: SetupAround,
  options: { planSetup: PlanSetup; approves(definition: RuntimeDefinition): boolean },
): Promise<ExaminedHost[]> {
  return await Promise.all(hosts.map(async (host) => {
    const { definition, program } = host;
    const wanted = [{
      definition,
      program,
      approve: options.approves(definition),
    }];
    try {
      const plan = await options.planSetup(around, { hosts: wanted, backend: null });
      return { ...host, state: hostState(plan.hosts[0]!), problem: programProblem(host) };
    } catch (error) {
      if (!(error instanceof OuroborosError)) throw error;
      return { ...host, state: "unusable", problem: error.message };
    }
  }));
}

/** How a host stands by its plan. */
export function hostState(plan: HostPlan): HostState {
  return plan.files.some(isForeign) ? "foreign" : plan.state;
}

function isForeign(file: HostPlan["files"][number]): boolean {
  return file.action === "kept" && file.what.startsWith("MCP server");
}

function programProblem({ found }: Host): string | null {
  if (found.status === "too old") {
    return `${found.version} is too old: at least ${found.lowestVersion} is needed`;
  }
  return found.status === "broken" ? found.problem : null;
}

/** A host for people. */
export function hostView(host: ExaminedHost, chosen: boolean): HostView {
  const { definition, found, state, problem } = host;
  return {
    id: definition.id,
    title: definition.title,
    path: found.path,
    version: found.version,
    state,
    problem,
    chosen,
    command: `ouroboros setup --runtime ${definition.id}`,
  };
}

/** The files of a plan, host by host, ours last. */
export function fileGroups(plan: SetupPlan): FileGroup[] {
  const groups: FileGroup[] = plan.hosts.map(({ id, title, files, notes }) => ({
    host: id,
    title,
    files,
    notes,
  }));
  return plan.own.length === 0
    ? groups
    : [...groups, { host: null, title: "Ouroboros itself", files: plan.own, notes: [] }];
}
