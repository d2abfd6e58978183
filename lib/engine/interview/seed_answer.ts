import { z } from "zod";
import { messageOf } from "../../kernel/error.ts";
import { loadSeed, seedProblems } from "../seed/load_seed.ts";
import { overlaps } from "../seed/relate_criteria.ts";
import type { CheckDocument, SeedDocument } from "../seed/seed_document.ts";
import { agreedLines } from "./agreed_lines.ts";
import { interviewSeedId } from "./interview_seed_id.ts";
import { isPlaceholder } from "./is_placeholder.ts";
import { namesNobody } from "./names_nobody.ts";
import { saysNo } from "./says_no.ts";
import { saysYes } from "./says_yes.ts";
import { trueScore } from "./open_things.ts";
import type { InterviewState } from "./state.ts";
import {
  parseAnswer,
  type Parsed,
  problemLines,
  wireSchema,
  wireText as line,
} from "./wire_schema.ts";

const paths = (description: string) =>
  z.array(z.string().max(255)).max(200).default([])
    .describe(description);

const files = (description: string) =>
  z.array(z.object({ path: line(255, "Path"), text: z.string().max(200_000) })).max(50).default([])
    .describe(description);

/** What a model answers when it is asked for a seed. */
const SeedAnswer = z.object({
  goal: line(10_000, "What the whole work is for"),
  constraints: z.array(line(2_000, "One line")).max(100).default([])
    .describe("What must not be broken"),
  criteria: z.array(z.object({
    description: line(10_000, "What must hold"),
    run: line(20_000, "Command that decides it").nullable().default(null),
    stdout: z.string().max(20_000).nullable().default(null)
      .describe("What run must print; null: its exit code alone decides"),
    files: files("Files that are there only while run runs"),
    preserve_run: line(20_000, "Command that holds today and must go on holding").nullable()
      .default(null),
    hidden_run: line(20_000, "Second command, which whoever does the work does not see").nullable()
      .default(null),
    hidden_files: files("Files that are there only while hidden_run runs"),
    human: line(2_000, "Who looks, and at what").nullable().default(null),
    reason: line(2_000, "Why no command decides it").nullable().default(null),
    protect: paths("Globs of files that the work must not change"),
    artifacts: paths("Paths that the work brings"),
    depends_on: z.array(z.int().min(1)).max(200).default([]).describe(
      "Numbers of criteria, from 1",
    ),
  })).min(1).max(100).describe("What must hold in the end"),
});

type SeedAnswer = z.infer<typeof SeedAnswer>;

/** JSON schema of a seed's answer, for whoever asks a model. */
export function seedAnswerSchema(): Record<string, unknown> {
  return wireSchema(SeedAnswer);
}

/**
 * Reads a seed from a model's answer, as the document of a seed file. A criterion that nothing and
 * nobody decides is a problem, and so is one that refers to a criterion that is not before it.
 */
export function parseSeedAnswer(state: InterviewState, answer: unknown): Parsed<SeedDocument> {
  const parsed = parseAnswer(SeedAnswer, answer);
  if (!parsed.value) return parsed;
  const problems = parsed.value.criteria.flatMap(criterionProblems);
  if (problems.length > 0) return { value: null, problems };
  const document = seedDocument(state, parsed.value);
  const source = new TextEncoder().encode(JSON.stringify(document));
  try {
    loadSeed(source, { name: "the answer" });
  } catch (thrown) {
    const found = problemLines(seedProblems(thrown), "the answer");
    return { value: null, problems: found.length > 0 ? found : [messageOf(thrown)] };
  }
  return { value: document, problems: null };
}

function criterionProblems(one: SeedAnswer["criteria"][number], index: number): string[] {
  const at = `criteria[${index}]`;
  const problems: string[] = [];
  if (one.run !== null && one.human !== null) {
    problems.push(`${at}: must have either "run" or "human", has both`);
  }
  if (one.run === null && one.human === null && reasonOf(one) === null) {
    problems.push(`${at}: must have "run", "human" or a "reason" why nothing decides it`);
  }
  if (one.human !== null && namesNobody(one.human)) {
    problems.push(`${at}.human: must name who looks, and at what`);
  }
  const beside = (["hidden_run", "preserve_run"] as const).find((key) => one[key] !== null);
  if (beside !== undefined && one.run === null) {
    problems.push(`${at}: must have "run" beside "${beside}"`);
  }
  const idle = (["run", "preserve_run", "hidden_run"] as const).find((key) =>
    // What it prints may still say no.
    one[key] !== null && saysYes(one[key]) && (key !== "run" || one.stdout === null)
  );
  if (idle !== undefined) problems.push(`${at}.${idle}: must be a command that can say no`);
  const never = (["run", "preserve_run", "hidden_run"] as const).find((key) =>
    one[key] !== null && saysNo(one[key])
  );
  if (never !== undefined) problems.push(`${at}.${never}: must be a command that can say yes`);
  // Without a letter it names nothing: "**", "*", ".".
  const whole = one.protect.find((glob) => !/[\p{L}\p{N}_]/u.test(glob));
  if (whole !== undefined) {
    problems.push(`${at}.protect: would put back all that the work does: "${whole}"`);
  }
  const putBack = one.artifacts.find((path) => one.protect.some((glob) => overlaps(glob, path)));
  if (putBack !== undefined) {
    problems.push(`${at}.protect: would put back "${putBack}", which the work brings`);
  }
  const later = one.depends_on.filter((number) => number > index);
  if (later.length > 0) problems.push(`${at}.depends_on: must name earlier criteria only`);
  return problems;
}

function seedDocument(state: InterviewState, answer: SeedAnswer): SeedDocument {
  const constraints = [...answer.constraints, ...agreedLines(state)];
  return {
    schema: 1,
    goal: answer.goal,
    brownfield_context: { project_type: state.brownfield ? "brownfield" : "greenfield" },
    ...(constraints.length > 0 ? { constraints } : {}),
    acceptance_criteria: answer.criteria.map(criterionOf),
    metadata: {
      seed_id: interviewSeedId(state.begun.interviewId),
      ambiguity_score: seedScore(state),
      interview_id: state.begun.interviewId,
      ...forcedWords(state),
    },
  };
}

/** That it was forced, and why, where a reason was given. */
function forcedWords({ forced }: InterviewState) {
  if (!forced) return {};
  const reason = forced.reason.trim();
  return { forced: true, ...(reason === "" ? {} : { forced_reason: reason }) };
}

/** The true score: forced or not, and 1 where nothing was ever measured. */
function seedScore(state: InterviewState): number {
  return state.forced?.score ?? trueScore(state) ?? 1;
}

function criterionOf(one: SeedAnswer["criteria"][number]) {
  const check = checkOf(one);
  const reason = reasonOf(one);
  return {
    description: one.description,
    ...(one.depends_on.length > 0 ? { depends_on: one.depends_on } : {}),
    ...(check ? { check } : {}),
    ...(!check && reason !== null ? { verify_exemption_reason: reason } : {}),
    ...(one.artifacts.length > 0 ? { artifacts: one.artifacts } : {}),
  };
}

/** Why no command decides it; null also where only something stands in that place. */
function reasonOf({ reason }: SeedAnswer["criteria"][number]): string | null {
  return reason === null || isPlaceholder(reason) ? null : reason;
}

function checkOf(one: SeedAnswer["criteria"][number]): CheckDocument | CheckDocument[] | undefined {
  if (one.human !== null) {
    const reason = reasonOf(one);
    const why = reason === null ? "" : ` (no command decides it: ${reason})`;
    return { human: `${one.human}${why}` };
  }
  if (one.run === null) return undefined;
  const protect = one.protect.length > 0 ? { protect: one.protect } : {};
  const visible = {
    run: one.run,
    ...(one.stdout === null ? {} : { expect: { stdout: one.stdout } }),
    ...filesOf(one.files),
    ...protect,
  };
  const others: CheckDocument[] = [
    ...(one.preserve_run === null ? [] : [{ run: one.preserve_run, preserve: true, ...protect }]),
    ...(one.hidden_run === null
      ? []
      : [{ run: one.hidden_run, hidden: true, ...filesOf(one.hidden_files), ...protect }]),
  ];
  return others.length === 0 ? visible : [visible, ...others];
}

function filesOf(files: SeedAnswer["criteria"][number]["files"]): Pick<CheckDocument, "files"> {
  if (files.length === 0) return {};
  return { files: Object.fromEntries(files.map(({ path, text }) => [path, text])) };
}
