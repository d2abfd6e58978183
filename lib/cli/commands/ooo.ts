import {
  type DispatchOutcome,
  dispatchPrompt,
  type NotHandled,
} from "../../app/dispatch_prompt.ts";
import { typedName } from "../../app/typed_name.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { asTyped } from "../as_typed.ts";
import type { Command } from "../command.ts";
import { COMMANDS } from "../commands.ts";
import { printable } from "../render/text.ts";
import { stdinText } from "../stdin_text.ts";

/** As long as an idea may be, with room for the prompt around it. */
const MOST_BYTES = 1024 * 1024;

/** `ouroboros ooo`: what a host's prompt asks of us, answered without a model. */
export const ooo: Command = {
  name: "ooo",
  usage: "NAME [TEXT …] | PROMPT | -",
  summary: 'Answers what is typed as "ooo NAME …" in a host, by one call of a tool and no model.',
  details: [
    "NAME is a skill or another word for one, TEXT what it works on, with the options that the " +
    "skill takes. A quoted PROMPT is read as a host reads it, " +
    'and "-" reads one from stdin, for hooks of hosts: only a prompt that begins with "ooo NAME", ' +
    '"ooo:NAME" or "/ouroboros:NAME" is ours, the lines behind it included.',
    "What is not ours ends with 78 and, without --json, says nothing on stdout: the prompt is the " +
    "model's. So does a skill that a model has to follow, and a look that could not be had in its " +
    "time. What starts or changes something never does, whatever went wrong: it may have happened.",
  ],
  options: {
    "dry-run": { help: "Say which tool would be called with what, and call nothing" },
    json: { help: "JSON on stdout" },
  },
  examples: [
    "ouroboros ooo status",
    "ouroboros ooo run seed.yaml --max-usd 5",
    "ouroboros ooo - < prompt.txt",
  ],
  handsOptionsOn: true,
  positional: [1, 100_000],
  async run({ app, words, output, interrupt, deliveries }): Promise<ExitCode> {
    const typed = words.positional;
    const isBridge = typed.length === 1 && typed[0] === "-";
    // What is no text, or longer than any idea, is not ours.
    const prompt = isBridge ? await stdinText(MOST_BYTES) ?? "" : promptOf(typed);
    const outcome = await dispatchPrompt(app, prompt, {
      tools: () => deliveries.toolTable(),
      dryRun: words.has("dry-run"),
      interrupt,
    });
    if (outcome.kind === "answered" || outcome.kind === "planned") {
      output.out(words.has("json") ? json(outcome) : text(outcome));
      return EXIT.done;
    }
    if (outcome.kind === "not_handled") refuse(outcome, { isBridge });
    if (outcome.kind === "invalid_skill") refuseInvalid(outcome, { isBridge });
    if (words.has("json")) output.out(json(outcome));
    const why = passedOn(outcome, { isBridge });
    if (why !== undefined) output.err(`Note: ${printable(asTyped(why, await typedName(app)))}\n`);
    return EXIT.notOurs;
  },
};

/** One word is a name, several are a command; what was quoted as a whole is read as it is. */
function promptOf(typed: readonly string[]): string {
  const [first = ""] = typed;
  if (typed.length === 1 && /\s/.test(first.trim())) return first;
  const line = typed.map(quoted).join(" ");
  return /^(ooo|\/ouroboros)(:|$)/i.test(first) ? line : `ooo ${line}`;
}

/** A word with blanks in it, as the shell's quotes made it one; in quotes that it does not have. */
function quoted(word: string): string {
  if (!/\s/.test(word)) return word;
  const around = [['"', '"'], ["'", "'"], ["“", "”"]].find((pair) =>
    !pair.some((quote) => word.includes(quote!))
  );
  return around === undefined ? word : around.join(word);
}

/** What a person is told by an error; a hook hands an unknown word on. */
function refuse(outcome: NotHandled, { isBridge }: { isBridge: boolean }): void {
  if (outcome.reason === "not_here") {
    const { deed, instead } = outcome.told;
    throw new OuroborosError({
      code: "unknown_command",
      message: `Answer "ooo ${outcome.word}": this version cannot ${deed}`,
      ...(instead === undefined ? {} : { hint: instead }),
    });
  }
  if (outcome.reason !== "unknown_skill" || isBridge) return;
  throw new OuroborosError({
    code: "unknown_command",
    message: `Answer "ooo ${outcome.word}": there is no skill of that name`,
    hint: outcome.nearest === undefined
      ? "All of them: ouroboros skills"
      : `Did you mean: ouroboros ooo ${outcome.nearest}? All of them: ouroboros skills`,
  });
}

function refuseInvalid(
  { skill, reason, detail }: Extract<DispatchOutcome, { kind: "invalid_skill" }>,
  { isBridge }: { isBridge: boolean },
): void {
  if (reason === "invalid_command") {
    throw new OuroborosError({ code: "usage", message: `Answer "ooo ${skill}": ${detail}` });
  }
  if (isBridge) return;
  throw new OuroborosError({
    code: "skill_invalid",
    message: `Answer "ooo ${skill}": ${detail}`,
    hint: "ouroboros skills validate",
  });
}

/** What is said of a prompt that goes on to the model; nothing where that is the usual end. */
function passedOn(
  outcome: Exclude<DispatchOutcome, { kind: "answered" | "planned" }>,
  { isBridge }: { isBridge: boolean },
): string | undefined {
  if (outcome.kind === "handed_on") return outcome.error.message;
  if (outcome.kind === "invalid_skill") {
    return `The skill "${outcome.skill}" is left out: ${outcome.detail}`;
  }
  if (isBridge) return undefined;
  return outcome.reason === "no_tool"
    ? `A host's model follows the skill "${outcome.skill}", by no one call. ${
      byHand(outcome.skill)
    }`
    : 'No prompt of ours: those begin with "ooo NAME"';
}

/** Commands behind skills that have another name than these. */
const BY_HAND: Readonly<Record<string, string>> = {
  auto: 'ouroboros run --from "IDEA" --auto',
  help: "ouroboros --help",
  tutorial: "ouroboros demo",
};

/** What there is to type in place of a skill, so that who has no such host is not left with a no. */
function byHand(skill: string): string {
  const own = COMMANDS.some((one) => one.name.split(" ")[0] === skill)
    ? `ouroboros ${skill} --help`
    : undefined;
  const command = BY_HAND[skill] ?? own;
  return command === undefined ? "No command does it" : `By hand: ${command}`;
}

function text(outcome: Extract<DispatchOutcome, { kind: "answered" | "planned" }>): string {
  if (outcome.kind === "answered") return `${printable(outcome.answer.text)}\n`;
  const { tool, args } = outcome.request;
  return `${tool} ${printable(JSON.stringify(args))}\n`;
}

function json(outcome: DispatchOutcome): string {
  if (outcome.kind === "answered") {
    const { skill, tool, args } = outcome.request;
    return line({ outcome: "answered", skill, tool, arguments: args, answer: outcome.answer.data });
  }
  if (outcome.kind === "planned" || outcome.kind === "handed_on") {
    const { skill, tool, args } = outcome.request;
    return line({ outcome: outcome.kind, skill, tool, arguments: args });
  }
  const { kind, ...facts } = outcome;
  return line({ outcome: kind, ...facts });
}

function line(facts: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(facts)}\n`;
}
