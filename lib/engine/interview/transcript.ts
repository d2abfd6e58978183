import { canonicalJson } from "../../kernel/canonical_json.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { Answer, KeptText } from "./events.ts";
import { openThings } from "./open_things.ts";
import type { Draft } from "./screen.ts";
import type { InterviewState } from "./state.ts";

/** Characters that the answers of a transcript take together before each is cut. */
const ANSWERS_CHARS = 60_000;
/** No answer is cut to less. */
const LEAST_ANSWER_CHARS = 800;

/**
 * Digest of what a model is asked about: the idea, the facts, the draft, what was answered and said.
 * Equal digests mean that a score would be of the same.
 */
export function transcriptDigest(state: InterviewState): string {
  return sha256(canonicalJson({
    idea: ideaDigest(state.begun.idea),
    brownfield: state.brownfield,
    facts: (state.facts ?? []).map(({ topic, text }) => [topic, text]),
    draft: state.draft,
    answers: state.questions.filter((one) => one.answer).map((one) => [one.text, one.answer]),
    remarks: state.remarks.map((one) => one.text),
  }));
}

/**
 * The transcript as text. `idea` is the whole idea, which may lie in a blob. Headings stand at the
 * start of a line and all material is indented, so that no material can pass for a heading.
 */
export function transcriptText(state: InterviewState, idea: string): string {
  const answered = state.questions.filter((one) => one.answer);
  const most = Math.max(
    LEAST_ANSWER_CHARS,
    Math.floor(ANSWERS_CHARS / Math.max(1, answered.length)),
  );
  const open = openThings(state).map((one) => `${one.id}: ${one.text}`);
  return [
    section("IDEA", [idea]),
    section(
      state.brownfield ? "PROJECT (exists already)" : "PROJECT (new)",
      (state.facts ?? []).map((one) => `${one.topic}: ${one.text}`),
    ),
    section("DRAFT", state.draft ? draftLines(state.draft) : []),
    section(
      "ANSWERS",
      answered.map((one) =>
        `${one.id} (${one.topic}) ${one.text}\n-> ${cut(answerText(one.answer!), most)}`
      ),
    ),
    section("REMARKS", state.remarks.map((one) => cut(one.text, most))),
    section(
      "ASSUMPTIONS",
      state.assumptions.map((one) => `${one.id} [${one.state}] ${one.text} (${one.reason})`),
    ),
    section(
      "CONTRADICTIONS",
      state.contradictions.map((one) => `${one.id} ${one.text}: ${one.sides.join(" / ")}`),
    ),
    section("OPEN", open),
  ].filter((text) => text !== "").join("\n");
}

/** An answer in one text, as people and models read it. */
export function answerText(answer: Answer): string {
  switch (answer.kind) {
    case "choice":
      return [...answer.choices, answer.text].filter((text) => text !== "").join("; ");
    case "text":
      return answer.text;
    case "delegated":
      return `(you decide) ${answer.assumption}`;
    case "skipped":
      return "(skipped for now)";
  }
}

/** A heading and its entries, each a dash and indented; empty where there is none. */
export function section(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return "";
  const lines = entries.map((entry) => `  - ${entry.replace(/\r\n?|\n/g, "\n    ")}`);
  return `${title}\n${lines.join("\n")}\n`;
}

function ideaDigest(idea: KeptText): string {
  return "blob" in idea ? idea.blob : sha256(idea.text);
}

/** A draft, a line for each part that says something. */
export function draftLines(draft: Draft): string[] {
  const list = (name: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${name}: ${entries.join("; ")}`];
  return [
    `goal: ${draft.goal}`,
    ...list("scope", draft.scope),
    ...list("not in scope", draft.nonGoals),
    ...list("constraints", draft.constraints),
    ...list("outputs", draft.outputs),
    ...list("verified by", draft.verification.map(verificationText)),
  ];
}

/** A way of verifying in one text. */
export function verificationText(one: Draft["verification"][number]): string {
  const how = one.run !== null ? ` (\`${one.run}\`)` : one.human !== null ? ` (${one.human})` : "";
  return `${one.text}${how}`;
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} (cut: ${text.length - most} more characters)`;
}
