import type { RetryReason } from "./events.ts";

/** What an agent is told about a criterion; hidden checks are not in it. */
export interface PromptParts {
  goal: string;
  constraints: readonly string[];
  /** Files or notes that the seed points at. */
  context: readonly { path: string; role: string; summary: string }[];
  criterion: { id: string; description: string };
  artifacts: readonly string[];
  /** Commands that will be run, and what they must print; hidden ones are left out. */
  visibleChecks: readonly { run: string; expect?: OutputExpectation }[];
  /** What a person will look at. */
  humanChecks: readonly string[];
  /** Globs that are put back before the checks. */
  protectedPaths: readonly string[];
  /** Criteria that hold already on this branch. */
  done: readonly { id: string; description: string }[];
  retry: RetryReason | null;
  /** The same session goes on: it knows the rest already. */
  resumed: boolean;
  /** The files were put back to the branch: nothing of an earlier try is there. */
  fresh: boolean;
  /** What others brought onto the branch meanwhile was merged into the files. */
  merged: boolean;
}

/** What a command must have printed; as in a seed's check. */
export interface OutputExpectation {
  exit?: number;
  contains?: readonly string[];
  excludes?: readonly string[];
  matches?: string;
  stdout?: string;
}

/** The prompt of one attempt: short, because every request of the agent carries it again. */
export function attemptPrompt(parts: PromptParts): string {
  if (parts.resumed && parts.retry) {
    const merged = parts.merged ? `${MERGED}\n\n` : "";
    return `${
      retryText(parts.retry, OWN)
    }\n\n${merged}Go on with criterion ${parts.criterion.id} until it holds.`;
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
      parts.visibleChecks.map(({ run, expect }) => run + expectation(expect)),
    ),
    list("A person then looks at it", parts.humanChecks),
    parts.protectedPaths.length === 0
      ? ""
      : `Files that match ${parts.protectedPaths.join(", ")} are put back before the checks: ` +
        `changing them achieves nothing.`,
    "Change files in the current folder only. Do not commit. " +
    "End with one or two sentences that say what you changed.",
    parts.retry ? retryText(parts.retry, EARLIER) + whereFilesAre(parts) : "",
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

/** To whoever goes on in files that changed under it. */
const MERGED =
  "Work on other criteria was merged into these files meanwhile: read what you depend on again.";

type Leads = Readonly<Record<RetryReason["kind"], string>>;

/** To the session that did the work. */
const OWN: Leads = {
  check_failed: "Your work was checked and does not hold yet.",
  not_checked: "Your work could not be checked.",
  conflict: "Your work could not be integrated.",
  regression: "Your work was checked and broke something that held before.",
  agent_failed: "Your last try ended before it was done.",
  interrupted: "Your last try was interrupted.",
};

/** To a session that knows nothing of it. */
const EARLIER: Leads = {
  check_failed: "An earlier try was checked and did not hold.",
  not_checked: "An earlier try could not be checked.",
  conflict: "An earlier try could not be integrated.",
  regression: "An earlier try was checked and broke something that held before.",
  agent_failed: "An earlier try ended before it was done.",
  interrupted: "An earlier try was interrupted.",
};

function retryText(retry: RetryReason, leads: Leads): string {
  return `${leads[retry.kind]}\n${retry.detail}`.trim();
}

function whereFilesAre(parts: PromptParts): string {
  if (parts.fresh) {
    // Of a try that changed nothing there was nothing to take back.
    if (parts.retry?.idle) return "\nFind another way.";
    return parts.retry?.kind === "conflict"
      ? "\nIts changes were taken back."
      : "\nIts changes were taken back: find another way.";
  }
  if (parts.merged) return `\nWhat it changed is still there. ${MERGED}`;
  // Those of an interruption say it themselves, and an idle one left nothing.
  const told = parts.retry?.kind === "interrupted" || parts.retry?.kind === "agent_failed" ||
    parts.retry?.idle;
  return told ? "" : "\nWhat it changed is still there.";
}

function expectation(expect: OutputExpectation | undefined): string {
  if (!expect) return "";
  const parts = [
    expect.exit === undefined ? "" : `end with exit code ${expect.exit}`,
    ...(expect.contains ?? []).map((text) => `print ${JSON.stringify(text)}`),
    ...(expect.excludes ?? []).map((text) => `not print ${JSON.stringify(text)}`),
    expect.matches === undefined ? "" : `print what matches /${expect.matches}/m`,
    expect.stdout === undefined ? "" : `print exactly ${JSON.stringify(expect.stdout)}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (must ${parts.join(", ")})`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `${title}:\n${items.map((item) => `- ${item}`).join("\n")}`;
}
