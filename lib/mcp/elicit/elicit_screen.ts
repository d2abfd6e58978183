import type { ElicitRequestFormParams } from "@modelcontextprotocol/server";
import type { HostSaid } from "../../app/interview/host_act.ts";
import type { HostState } from "../../app/interview/host_state.ts";
import type { GivenAnswer, QuestionView } from "../../app/interview/views.ts";
import { clipped } from "../clipped.ts";

type Fields = ElicitRequestFormParams["requestedSchema"]["properties"];

/** In brackets, so that they are told from a choice of the same words. */
const DELEGATE = "(you decide)";
const SKIP = "(skip for now)";

/** Characters of a label; the question is whole in its description. */
const LABEL_CHARS = 300;

/**
 * A screen as a form: for each question its choices and a line for own words, or only the line. In
 * the fields that every revision with forms has.
 */
export function screenForm(
  state: Pick<Extract<HostState, { do: "ask" }>, "understood" | "questions" | "reasons">,
): ElicitRequestFormParams {
  const { understood, questions, reasons } = state;
  const message = [
    understood,
    ...reasons.map((one) => `Not clear yet: ${one}`),
    "What is left empty stays open.",
  ].filter((one) => one !== "").join("\n");
  const properties: Fields = {};
  for (const question of questions) Object.assign(properties, fieldsOf(question));
  properties.remark = { type: "string", title: "Anything else" };
  return { message, requestedSchema: { type: "object", properties } };
}

function fieldsOf(question: QuestionView): Fields {
  const { id, text, why, choices, many } = question;
  const title = clipped(text, LABEL_CHARS);
  const description = title === text ? why : `${text} (${why})`;
  if (choices.length === 0) {
    return { [id]: { type: "string", title, description: `${description}. Or: ${DELEGATE}` } };
  }
  const own = { [`${id}_text`]: { type: "string" as const, title: `${id}: in your own words` } };
  const recommended = choices.find((one) => one.recommended);
  if (!many) {
    return {
      [id]: {
        type: "string",
        title,
        description: recommended ? `${description}. Recommended: ${recommended.text}` : description,
        enum: [...choices.map((one) => one.text), DELEGATE, SKIP],
      },
      ...own,
    };
  }
  const ticks = choices.map((one, index) =>
    [`${id}_${index + 1}`, {
      type: "boolean" as const,
      title: `${title} ${clipped(one.text, LABEL_CHARS)}${one.recommended ? " (recommended)" : ""}`,
      description,
    }] as const
  );
  return { ...Object.fromEntries(ticks), ...own };
}

/** What a form that was sent off says; undefined: nothing. Its values are anybody's. */
export function screenSaid(
  questions: readonly QuestionView[],
  content: Readonly<Record<string, unknown>>,
): HostSaid | undefined {
  const answers = questions.flatMap((one) => answerOf(one, content));
  const remark = textOf(content.remark);
  if (answers.length === 0 && remark === "") return undefined;
  return { answers, ...(remark === "" ? {} : { remark }) };
}

function answerOf(
  { id: question, choices, many }: QuestionView,
  content: Readonly<Record<string, unknown>>,
): GivenAnswer[] {
  const picked = textOf(content[question]);
  const text = textOf(content[`${question}_text`]);
  const ticked = many
    ? choices.flatMap((_, index) => content[`${question}_${index + 1}`] === true ? [index + 1] : [])
    : [];
  const chosen = choices.findIndex((one) => one.text === picked);
  if (chosen >= 0) ticked.push(chosen + 1);
  if (ticked.length > 0) return [{ question, choices: ticked, ...(text === "" ? {} : { text }) }];
  if (text !== "") return [{ question, text }];
  if (picked === DELEGATE) return [{ question, delegate: true }];
  if (picked === SKIP) return [{ question, skip: true }];
  return picked === "" ? [] : [{ question, text: picked }];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
