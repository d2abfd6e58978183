import { nearestName } from "../../kernel/nearest_name.ts";
import type { SkillReason } from "../skill.ts";
import { tokens, withoutQuotes } from "./argument_text.ts";
import { type CommandText, commandText } from "./command_text.ts";
import type { FactsReason } from "./dispatch_facts.ts";
import {
  type ArgumentTemplate,
  type ArgumentValue,
  fillArguments,
  missingValue,
  takesId,
  takesText,
  wantedOptions,
} from "./fill_arguments.ts";
import { NOT_HERE, type NotHere } from "./not_here.ts";
import { optionValues } from "./option_values.ts";
import type { SkillIndex } from "./skill_index.ts";

/** One call of a tool that answers the prompt. */
export interface Resolved {
  kind: "resolved";
  skill: string;
  tool: string;
  args: Record<string, ArgumentValue>;
}

/** A prompt that is for the model, or for nobody: no failure. */
export type NotHandled =
  | { kind: "not_handled"; reason: "not_a_command" }
  /** `nearest`: a word that there is. */
  | { kind: "not_handled"; reason: "unknown_skill"; word: string; nearest?: string }
  /** A model follows the bundle. */
  | { kind: "not_handled"; reason: "no_tool"; skill: string }
  /** The earlier system had it, and this one has not. */
  | { kind: "not_handled"; reason: "not_here"; word: string; told: NotHere };

/** A bundle that was meant and cannot be used, or that was called in a wrong way. */
export interface InvalidSkill {
  kind: "invalid_skill";
  skill: string;
  reason: SkillReason | FactsReason | "invalid_command";
  detail: string;
}

/** What becomes of a prompt. */
export type Dispatch = Resolved | NotHandled | InvalidSkill;

/** What a command's variables are made of. */
export interface DispatchAround {
  /** Working folder, absolute: `$CWD`. */
  cwd: string;
  /** Whether a path, relative to that folder, is a file. */
  isFile(path: string): boolean;
}

/** The bundle that the prefix alone names. */
const FIRST_HELP = "help";

/** Says which tool answers a prompt, and with what. Pure: nothing is called. */
export function dispatch(prompt: string, index: SkillIndex, around: DispatchAround): Dispatch {
  const command = commandText(prompt);
  if (command === undefined) return { kind: "not_handled", reason: "not_a_command" };
  const word = command.word === "" ? FIRST_HELP : command.word;
  const skill = index.words.get(word);
  if (skill === undefined) return unknown(word, index);
  if (!skill.ok) return { kind: "invalid_skill", skill: skill.name, ...skill.problem };
  const { call } = skill.facts;
  if (call === undefined) return { kind: "not_handled", reason: "no_tool", skill: skill.name };
  const read = typedArguments(call.args, { word, rest: command.rest }, around);
  if (read.ok) return { kind: "resolved", skill: skill.name, tool: call.tool, args: read.args };
  const { detail } = read;
  return { kind: "invalid_skill", skill: skill.name, reason: "invalid_command", detail };
}

type TypedArguments =
  | { ok: true; args: Record<string, ArgumentValue> }
  | { ok: false; detail: string };

/** What was typed behind a word, as the arguments of its tool; or what is wrong with it. */
function typedArguments(
  template: ArgumentTemplate,
  { word, rest }: CommandText,
  around: DispatchAround,
): TypedArguments {
  const takesAll = takesText(template) && !takesId(template);
  const options = optionValues(rest, wantedOptions(template), {
    others: takesAll ? "text" : "refuse",
  });
  if (!options.ok) return options;
  const text = withoutQuotes(options.text);
  const file = fileIn(options.text, around);
  if (!takesAll && file.further !== undefined) {
    const why = takesId(template) ? "one id is taken" : "a name with blanks wants quotes";
    return { ok: false, detail: `"${file.further}" has no meaning there; ${why}` };
  }
  const values = new Map<string, string | number | boolean>([
    ...options.values,
    ["1", text],
    ["args", text],
    ["goal", text],
    ["CWD", around.cwd],
    ["FILE", file.path],
  ]);
  const missing = missingValue(template, values);
  if (missing === undefined) return { ok: true, args: fillArguments(template, values) };
  const detail = missing === ""
    ? `Give what is meant behind "${word}"`
    : `Give a value to "--${missing.replaceAll("_", "-")}"`;
  return { ok: false, detail };
}

/** The whole text where that is a file, whose name has blanks; else its first word, and the next. */
function fileIn(text: string, around: DispatchAround): { path: string; further?: string } {
  const [first, second] = tokens(text);
  if (first === undefined) return { path: "" };
  if (second === undefined) return { path: first.text };
  return around.isFile(text) ? { path: text } : { path: first.text, further: second.text };
}

function unknown(word: string, { words }: SkillIndex): NotHandled {
  const told = NOT_HERE.find((one) => one.words.includes(word));
  if (told !== undefined) return { kind: "not_handled", reason: "not_here", word, told };
  const nearest = nearestName(word, words.keys());
  return {
    kind: "not_handled",
    reason: "unknown_skill",
    word,
    ...(nearest === undefined ? {} : { nearest }),
  };
}
