import { OuroborosError } from "../../kernel/error.ts";
import type { SetupAround } from "../../setup/setup_plan.ts";
import { type McpToolFacts, needsApproval, wasApproved } from "./approvals.ts";
import {
  type ChosenHosts,
  type HostChoice,
  namedHosts,
  needsName,
  obviousHosts,
  present,
  withoutName,
} from "./choose_hosts.ts";
import { type HostView, isSetUp } from "./views.ts";

/** Questions to a person; each gives undefined when the person left. */
export interface SetupQuestions {
  /** Ids of the hosts to set up; `preset` are those that Enter alone means. */
  choose(hosts: readonly HostView[], preset: readonly string[]): Promise<string[] | undefined>;
  /** Whether our tools are to be approved in these hosts. */
  approve(titles: readonly string[], tools: readonly string[]): Promise<boolean | undefined>;
  /** Whether the plan that was shown is to be carried out. */
  confirm(): Promise<boolean | undefined>;
}

/** What decides whether somebody is asked. */
export interface Asking {
  names: readonly string[];
  dryRun: boolean;
  yes: boolean;
  approve: boolean;
  tools: readonly McpToolFacts[];
  /** Further words of the command line, for hints that repeat it. */
  flags: readonly string[];
  /** Null where nobody can be asked. */
  questions: SetupQuestions | null;
  interrupt: AbortSignal;
}

/** The hosts that were named, or are meant, or are picked. Errors: see `choose_hosts.ts`; cancelled. */
export async function askHosts(
  asking: Asking,
  choice: HostChoice,
  views: readonly HostView[],
): Promise<ChosenHosts> {
  const { names, questions, dryRun, yes } = asking;
  if (names.length > 0) return namedHosts(names, choice);
  const here = present(choice.hosts);
  if (questions === null || here.length < 2) {
    const obvious = obviousHosts(choice);
    if (obvious) return obvious;
    throw needsName(choice.hosts, dryRun && !yes ? " --dry-run" : " --yes");
  }
  const offered = views.filter((one) => one.path !== null);
  const ids = await questions.choose(offered, preset(offered, choice.configured));
  if (ids === undefined || ids.length === 0) throw nothingChanged();
  return withoutName(here.filter((one) => ids.includes(one.definition.id)), choice);
}

/** Those that were set up before, and the configured one; on a new machine all. */
function preset(offered: readonly HostView[], configured: string | null): string[] {
  const before = offered.filter((one) =>
    isSetUp(one) || one.state === "stale" || one.id === configured
  );
  return (before.length > 0 ? before : offered).map((one) => one.id);
}

/** Whether our tools are to be approved; nothing is approved unasked. Errors: cancelled. */
export async function askApproval(
  asking: Asking,
  chosen: ChosenHosts,
  around: Pick<SetupAround, "receipt">,
): Promise<boolean> {
  const { questions, tools, dryRun } = asking;
  if (asking.approve || questions === null || dryRun) return asking.approve;
  // Who said no is not asked each time: only what is set up for the first time asks.
  const first = chosen.hosts.map((one) => one.definition).filter((one) =>
    needsApproval(one, tools) && !wasApproved(around.receipt, one) &&
    around.receipt?.runtimes[one.id] === undefined
  );
  if (first.length === 0) return false;
  const answer = await questions.approve(
    first.map((one) => one.title),
    tools.map((one) => one.name),
  );
  if (answer === undefined) throw nothingChanged();
  return answer;
}

/** Comes back when the plan is to be carried out. Errors: cancelled, needs_input. */
export async function askToGo(asking: Asking, ids: readonly string[]): Promise<void> {
  const { interrupt, questions, yes } = asking;
  if (interrupt.aborted) throw nothingChanged();
  if (yes) return;
  if (questions === null) {
    throw new OuroborosError({
      code: "needs_input",
      message: "Set up: nobody can be asked here whether to write this",
      hint: ["ouroboros setup --runtime", ids.join(","), ...asking.flags, "--yes"].join(" "),
    });
  }
  const go = await questions.confirm();
  if (go !== true || interrupt.aborted) throw nothingChanged();
}

function nothingChanged(): OuroborosError {
  return new OuroborosError({ code: "cancelled", message: "Set up: nothing was changed" });
}
