import { isAbsolute, join } from "@std/path";
import { readPlainText } from "../app/read_plain_text.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import type { GivenAnswer } from "./interview_view.ts";

/** One answer of a file, without the question that it is given to; null: none is given. */
export type FiledAnswer = Omit<GivenAnswer, "question"> | null;

/** What a file says in place of a person. */
export interface FiledAnswers {
  /** As it was named. */
  name: string;
  /** By the id of the question. */
  byId: ReadonlyMap<string, FiledAnswer>;
  /** By screen, then by the place of the question on it. */
  screens: readonly (readonly FiledAnswer[])[];
  /** Said once, beside the first answers; empty: nothing. */
  remark: string;
  /** What holds of the project, by the id or the text of a fact; null: it is not so. Said once. */
  facts: ReadonlyMap<string, string | null>;
  /** Whether there is a project already; null: as it was found. */
  brownfield: boolean | null;
  /** Yes to the review and to the seed. */
  approve: boolean;
  /** Why the seed is made although it is not clear; null: it is not. */
  force: string | null;
}

/** No file of answers is larger; an interview's limits come to far less. */
const MOST_BYTES = 1_000_000;
const KEYS = ["answers", "screens", "remark", "facts", "brownfield", "approve", "force"] as const;
const ANSWER_KEYS = ["choices", "text", "delegate", "skip"] as const;

/** Reads a file of answers. Errors: not_found, unreadable, usage (with the path and the nearest name). */
export async function readAnswers(cwd: string, name: string): Promise<FiledAnswers> {
  return await parseAnswers(await textOf(isAbsolute(name) ? name : join(cwd, name), name), name);
}

/** What a text of YAML or JSON answers. Errors: usage. */
export async function parseAnswers(text: string, name: string): Promise<FiledAnswers> {
  const { parse } = await import("@std/yaml");
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw new OuroborosError({
      code: "usage",
      message: `Read the answers "${name}": ${messageOf(cause).split("\n")[0]!.replace(/:$/, "")}`,
      cause,
    });
  }
  const filed = mapping({ file: name, path: "" }, document, KEYS);
  const at = (path: string): Place => ({ file: name, path });
  return {
    name,
    byId: answersById(at("answers"), filed.answers),
    screens: listOf(at("screens"), filed.screens).map((screen, index) =>
      listOf(at(`screens[${index}]`), screen)
        .map((one, place) => answerOf(at(`screens[${index}][${place}]`), one))
    ),
    remark: textAt(at("remark"), filed.remark) ?? "",
    facts: factsAt(at("facts"), filed.facts),
    brownfield: filed.brownfield === undefined || filed.brownfield === null
      ? null
      : switchAt(at("brownfield"), filed.brownfield),
    approve: switchAt(at("approve"), filed.approve),
    force: reasonAt(at("force"), filed.force),
  };
}

/** Where something stands in a file. */
interface Place {
  file: string;
  path: string;
}

/** A mapping by ids, or a list of which the first is the answer to q1. */
function answersById(at: Place, value: unknown): Map<string, FiledAnswer> {
  const entries = Array.isArray(value)
    ? value.map((one, index): [string, unknown] => [`q${index + 1}`, one])
    : Object.entries(value === undefined || value === null ? {} : mapping(at, value));
  return new Map(entries.map(([id, one]) => {
    if (!/^q[1-9]\d{0,3}$/.test(id)) throw unknownName({ ...at, path: "answers" }, id, FIRST_IDS);
    return [id, answerOf({ ...at, path: `answers.${id}` }, one)];
  }));
}

/** A text is what holds, false and nothing say that it is not so. */
function factsAt(at: Place, value: unknown): Map<string, string | null> {
  const entries = Object.entries(value === undefined || value === null ? {} : mapping(at, value));
  return new Map(entries.map(([key, one]) => {
    const place = { ...at, path: `facts["${key}"]` };
    const text = one === false ? null : textAt(place, one);
    if (text?.trim() === "") throw wrong(place, "must be text, or false where it is not so");
    return [key, text?.trim() ?? null];
  }));
}

const FIRST_IDS = Array.from({ length: 99 }, (_, at) => `q${at + 1}`);

function answerOf(at: Place, value: unknown): FiledAnswer {
  if (value === null || value === undefined) return null;
  if (value === "delegate") return { delegate: true };
  if (value === "skip") return { skip: true };
  if (typeof value === "number") return { choices: [value] };
  if (typeof value === "string") return { text: value };
  if (Array.isArray(value)) return { choices: choicesAt(at, value) };
  const { choices, text, delegate, skip } = mapping(at, value, ANSWER_KEYS);
  const words = textAt({ ...at, path: `${at.path}.text` }, text);
  return {
    ...(choices === undefined
      ? {}
      : { choices: choicesAt({ ...at, path: `${at.path}.choices` }, choices) }),
    ...(words === null ? {} : { text: words }),
    ...(switchAt({ ...at, path: `${at.path}.delegate` }, delegate) ? { delegate: true } : {}),
    ...(switchAt({ ...at, path: `${at.path}.skip` }, skip) ? { skip: true } : {}),
  };
}

function choicesAt(at: Place, value: unknown): (number | string)[] {
  return listOf(at, value).map((one) => {
    if (typeof one === "number" || typeof one === "string") return one;
    throw wrong(at, "must hold numbers of choices, or their texts");
  });
}

function textAt(at: Place, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  throw wrong(at, "must be text; put it in quotes");
}

/** A reason, which has to say something: it goes into the record and the seed. */
function reasonAt(at: Place, value: unknown): string | null {
  const reason = textAt(at, value);
  if (reason === null || reason.trim() !== "") return reason;
  throw wrong(at, "must say why the seed is made although it is not clear");
}

function switchAt(at: Place, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  throw wrong(at, "must be true or false");
}

function listOf(at: Place, value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw wrong(at, "must be a list");
}

function mapping(
  at: Place,
  value: unknown,
  known?: readonly string[],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const keys = known === undefined ? "" : ` of ${known.join(", ")}`;
    throw wrong(at, `must be a mapping${keys}`);
  }
  const odd = Object.keys(value).find((key) => known !== undefined && !known.includes(key));
  if (odd !== undefined) throw unknownName(at, odd, known!);
  return value as Record<string, unknown>;
}

function unknownName(at: Place, name: string, known: readonly string[]): OuroborosError {
  const near = nearestName(name, known);
  const all = known === FIRST_IDS ? "Questions are called q1, q2, …" : `Known: ${known.join(", ")}`;
  return new OuroborosError({
    code: "usage",
    message: `Use the answers "${at.file}": ${
      at.path === "" ? "" : `${at.path}: `
    }"${name}" is not known`,
    hint: near === undefined ? all : `Did you mean "${near}"?`,
  });
}

function wrong(at: Place, what: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Use the answers "${at.file}": ${at.path === "" ? "it" : at.path} ${what}`,
    hint: "ouroboros interview --help",
  });
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    const text = await readPlainText(path, MOST_BYTES);
    if (text.includes("\0")) throw new Error("it is binary");
    return text;
  } catch (cause) {
    const gone = cause instanceof Deno.errors.NotFound;
    throw new OuroborosError({
      code: gone ? "not_found" : "unreadable",
      message: `Read the answers "${name}": ${gone ? "there is no such file" : messageOf(cause)}`,
      hint: "--answers FILE, a text of YAML or JSON; see: ouroboros interview --help",
      cause,
    });
  }
}
