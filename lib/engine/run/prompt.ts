import type { RetryReason } from "./events.ts";

/** What an agent is told about a criterion; hidden checks are not in it. */
export interface PromptParts {
  goal: string;
  constraints: readonly string[];
  /** Files or notes that the seed points at. */
  context: readonly { path: string; role: string; summary: string }[];
  criterion: { id: string; description: string };
  artifacts: readonly string[];
  /** Commands that will be run; hidden ones are left out. */
  visibleChecks: readonly string[];
  /** Globs that are put back before the checks. */
  protectedPaths: readonly string[];
  /** Criteria that hold already on this branch. */
  done: readonly { id: string; description: string }[];
  retry: RetryReason | null;
  /** The same session goes on: it knows the rest already. */
  resumed: boolean;
}

/** The prompt of one attempt: short, because every request of the agent carries it again. */
export function attemptPrompt(parts: PromptParts): string {
  if (parts.resumed && parts.retry) {
    return `${
      retryText(parts.retry)
    }\n\nGo on with criterion ${parts.criterion.id} until it holds.`;
  }
  const sections = [
    `Goal of the whole work: ${parts.goal}`,
    list("Constraints", parts.constraints),
    list(
      "Look at",
      parts.context.map((one) =>
        [one.path, one.role && `(${one.role})`, one.summary].filter(Boolean).join(" ")
      ),
    ),
    list("Already done, keep it working", parts.done.map((one) => `${one.id}: ${one.description}`)),
    `Your task now is criterion ${parts.criterion.id}: ${parts.criterion.description}`,
    list("Expected files", parts.artifacts),
    list(
      "When you are done, these commands are run in a clean checkout of your work and must succeed",
      parts.visibleChecks,
    ),
    parts.protectedPaths.length === 0
      ? ""
      : `Files that match ${parts.protectedPaths.join(", ")} are put back before the checks: ` +
        `changing them achieves nothing.`,
    "Change files in the current folder only. Do not commit. " +
    "End with one or two sentences that say what you changed.",
    parts.retry ? retryText(parts.retry) : "",
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function retryText(retry: RetryReason): string {
  const lead = {
    check_failed: "Your work was checked and does not hold yet.",
    not_checked: "Your work could not be checked.",
    conflict: "Your work could not be integrated.",
    regression: "Your work was checked and broke something that held before.",
    agent_failed: "An earlier try ended before it was done.",
    interrupted: "An earlier try was interrupted.",
  }[retry.kind];
  return `${lead}\n${retry.detail}`.trim();
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `${title}:\n${items.map((item) => `- ${item}`).join("\n")}`;
}
