import type { SeedTried, TriedCheck } from "../../engine/interview/events.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import type { SeedDraft, TrialCommand } from "./interview_hooks.ts";
import { loadText } from "./kept_text.ts";
import { seedOf, untriedDraft } from "./seed_steps.ts";
import { trialCommands } from "./trial_commands.ts";

/** A seed that waits to be frozen, as a host is shown it. */
export interface ShownSeed {
  /** Number of the thought that gave it. */
  thought: number;
  /** The seed file's text. */
  text: string;
  /** What trying it would run, where nobody said anything to that yet. */
  commands: readonly TrialCommand[];
  checks: readonly TriedCheck[];
  remarks: readonly string[];
}

/** The seed as it is known, with nothing run. Undefined: it has no commands that want a yes. */
export async function lookAtSeed(
  app: App,
  journal: Journal,
  state: InterviewState,
): Promise<ShownSeed | undefined> {
  const { thought, tried, ...kept } = state.seed!;
  const text = await loadText(journal, kept);
  if (tried?.problem === null) {
    const { checks, remarks } = tried;
    return { thought, text, commands: [], checks, remarks };
  }
  const commands = trialCommands(seedOf(text));
  if (commands.length === 0) return undefined;
  const problem = tried?.problem ?? "that takes the user's yes";
  const draft = await untriedDraft({ app }, state, text, problem);
  return { thought, text, commands: tried ? [] : commands, ...trialOf(draft) };
}

/** What the trial of a seed came to, as it is kept and shown. */
export function trialOf(draft: SeedDraft): Pick<SeedTried, "checks" | "remarks"> {
  const { plan, problem, remarks } = draft;
  const checks = (plan?.criteria ?? []).flatMap((one) =>
    one.checks.map(({ title, now }) => ({
      criterion: one.id,
      check: title,
      says: now ? [now.says, now.line].filter((part) => part !== "").join(": ") : "not tried",
    }))
  );
  const told = problem === null ? remarks : [`The checks were not tried: ${problem}`, ...remarks];
  return { checks, remarks: told };
}
