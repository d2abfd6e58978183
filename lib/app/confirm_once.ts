import type { RunState } from "../engine/run/state.ts";
import { sha256 } from "../kernel/digest.ts";
import type { NewEvent } from "../kernel/event.ts";
import type { Permission } from "../kernel/runtime_event.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { planView } from "./run/plan_view.ts";
import type { Confirmation } from "./run/worker.ts";
import { whoActs } from "./who_acts.ts";
import type { PlanFacts, RunHooks, WorkParts } from "./work_on.ts";

/** Name of the stream that remembers what a person agreed to for a project. */
function projectStream(project: string): string {
  return `project:${sha256(project)}`;
}

/** What is known of a project before a run of it starts. Errors: those of the journal. */
export async function projectFacts(
  journal: Journal,
  run: { project: string; permission: { effective: Permission } },
): Promise<Pick<PlanFacts, "firstHere" | "needsConsent">> {
  const known = await journal.read(projectStream(run.project));
  const agreed = known.some((event) => (event.data as { full?: boolean }).full === true);
  return {
    firstHere: known.length === 0,
    needsConsent: run.permission.effective === "full" && !agreed,
  };
}

/** Shows the plan, and remembers for this project what was agreed to. Errors: those of the journal. */
export async function confirmOnce(
  app: App,
  parts: Pick<WorkParts, "journal" | "seed" | "runtime">,
  state: RunState,
  hooks: RunHooks,
): Promise<Confirmation> {
  const { project, permission } = state.created;
  const facts = { ...await projectFacts(parts.journal, state.created), anyway: state.anyway };
  const counted = parts.runtime.definition.capabilities.usage;
  const answer = await hooks.confirm(planView(state, parts.seed, { counted }), facts);
  if (answer.go && (facts.firstHere || facts.needsConsent)) {
    const event: NewEvent = {
      type: "project.agreed",
      schema: 1,
      data: {
        project,
        full: permission.effective === "full",
        by: await whoActs(app),
        how: answer.how,
      },
    };
    await parts.journal.append(projectStream(project), [event]);
  }
  return answer;
}
