import { canonicalJson } from "../../kernel/canonical_json.ts";
import { sha256 } from "../../kernel/digest.ts";
import { DIMENSIONS, weakest } from "./clarity.ts";
import type { ThoughtKind } from "./events.ts";
import { unclearReasons } from "./open_things.ts";
import { scoreSchema } from "./score_answer.ts";
import { screenSchema } from "./screen_answer.ts";
import { seedAnswerSchema } from "./seed_answer.ts";
import type { InterviewState } from "./state.ts";
import { THOUGHT_RULES } from "./thought_rules.ts";
import { section, transcriptText } from "./transcript.ts";

/** What a model is asked, as data: for an agent CLI, or for the model of the host that asks us. */
export interface ThoughtRequest {
  kind: ThoughtKind;
  /** For structured output: letters and underscores. */
  name: string;
  /** JSON schema of the answer. */
  schema: Record<string, unknown>;
  /** How to answer; the same for every interview. */
  rules: string;
  /** What it is about. */
  material: string;
}

const SCHEMAS: Readonly<Record<ThoughtKind, () => Record<string, unknown>>> = {
  screen: screenSchema,
  score: scoreSchema,
  seed: seedAnswerSchema,
};

/** What is not of the state: the idea's whole text, and what was wrong with the last answer. */
export interface RequestMatter {
  idea: string;
  problems: readonly string[];
}

/** The request of a thought; the same state and matter give the same request. */
export function thoughtRequest(
  state: InterviewState,
  kind: ThoughtKind,
  matter: RequestMatter,
): ThoughtRequest {
  const unclear = kind === "screen" ? unclearLines(state) : [];
  return {
    kind,
    name: `interview_${kind}`,
    schema: SCHEMAS[kind](),
    rules: THOUGHT_RULES[kind],
    material: [
      transcriptText(state, matter.idea),
      section("UNCLEAR", unclear),
      section("YOUR LAST ANSWER COULD NOT BE USED", matter.problems),
    ].filter((text) => text !== "").join("\n"),
  };
}

/** Digest of a request; stands in the journal before the call. */
export function requestDigest(request: ThoughtRequest): string {
  return sha256(canonicalJson(request));
}

/** What the last score says of the two weakest dimensions, and what it was not enough for. */
function unclearLines(state: InterviewState): string[] {
  if (!state.score || state.score.ready) return [];
  const { scores } = state.score;
  const reasons = weakest(scores, state.brownfield, 2).map((key) => {
    const { label } = DIMENSIONS.find((one) => one.key === key)!;
    return `${label}: ${scores[key]?.justification ?? "nothing was said of it"}`;
  });
  return [...reasons, ...unclearReasons(state)];
}
