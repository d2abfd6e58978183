import { parseArgs } from "@std/cli/parse-args";
import { durationMs } from "../kernel/duration.ts";
import { durationText } from "../kernel/duration_text.ts";
import { OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import type { Command, OptionSpec, Words } from "./command.ts";

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  help: { help: "Show this help", short: "h" },
};

/**
 * Reads a command's words. Errors: usage, with the nearest option's name for an unknown one and
 * with what is missing or too much for positional words.
 */
export function readWords(command: Command, argv: readonly string[]): Words {
  const specs = { ...command.options, ...COMMON_OPTIONS };
  const valued = Object.keys(specs).filter((name) => specs[name]!.value !== undefined);
  const switches = Object.keys(specs).filter((name) => specs[name]!.value === undefined);
  const alias: Record<string, string> = {};
  for (const [name, spec] of Object.entries(specs)) {
    for (const other of [spec.short, spec.also]) if (other !== undefined) alias[other] = name;
  }
  const unknown: string[] = [];
  const spellings = [...valued, ...valued.flatMap((name) => specs[name]!.also ?? [])];
  const known = [...spellings, ...switches, ...Object.keys(alias)];
  const words = asWords(command, joinDashes(argv, spellings), known);
  refuseSwitchValues(command, words, switches);
  const parsed = parseArgs(words, {
    string: [...valued, "_"],
    boolean: switches,
    collect: valued,
    alias,
    unknown(arg, key) {
      if (key === undefined) return true;
      unknown.push(arg);
      return false;
    },
  });
  if (unknown.length > 0) {
    throw negativeWord(command, unknown[0]!, argv) ??
      unknownOption(command, unknown[0]!, Object.keys(specs));
  }
  const texts = (name: string) => parsed[name] as string[] | undefined ?? [];
  for (const name of valued) checkValues(command, name, specs[name]!, texts(name));
  const number = (name: string) => {
    const text = texts(name).at(-1);
    return text === undefined ? undefined : Number(text);
  };
  const positional = parsed._.map(String);
  if (!parsed.help) checkPositional(command, positional);
  return {
    positional,
    has: (name) => valued.includes(name) ? texts(name).length > 0 : parsed[name] === true,
    text: (name) => texts(name).at(-1),
    texts,
    count: number,
    amount: number,
    durationMs: (name) => {
      const text = texts(name).at(-1);
      return text === undefined ? undefined : durationMs(text) ?? undefined;
    },
  };
}

function checkValues(command: Command, name: string, spec: OptionSpec, texts: readonly string[]) {
  if (texts.length > 1 && !spec.repeated) {
    throw usage(command, `Give "--${name}" once: it was given ${texts.length} times`);
  }
  for (const text of texts) {
    if (text === "") throw usage(command, `Give a value to "--${name}": ${spec.value}`);
    if (spec.kind === "count") checkCount(command, name, { spec, text });
    if (spec.kind === "amount") checkAmount(command, name, { spec, text });
    if (spec.kind === "duration") checkDuration(command, name, { spec, text });
  }
}

function checkCount(command: Command, name: string, typed: { spec: OptionSpec; text: string }) {
  const { spec, text } = typed;
  const most = spec.most ?? MOST;
  if (/^[1-9]/.test(text) && isNumber(text, { least: 1, most }) && Number.isInteger(Number(text))) {
    return;
  }
  const range = spec.most === undefined ? "from 1" : `from 1 to ${most}`;
  throw usage(command, `Use "${text}" as "--${name}": a whole number ${range} is needed`);
}

function checkAmount(command: Command, name: string, typed: { spec: OptionSpec; text: string }) {
  const { spec, text } = typed;
  const { least = 0, most = MOST } = spec;
  if (isNumber(text, { least, most })) return;
  throw usage(command, `Use "${text}" as "--${name}": a number from ${least} to ${most} is needed`);
}

/** A number as a configuration file takes it too: `5`, `0.5`, `1e6`. */
function isNumber(text: string, { least, most }: { least: number; most: number }): boolean {
  return /^\d{1,16}(\.\d{1,16})?(e\+?\d{1,2})?$/i.test(text) && Number(text) >= least &&
    Number(text) <= most;
}

function checkDuration(command: Command, name: string, typed: { spec: OptionSpec; text: string }) {
  const { spec, text } = typed;
  const ms = durationMs(text);
  // A bare number could be seconds, minutes or hours: whoever typed it knows which.
  const bare = text.trim();
  if (ms !== null && ms > 0 && /^[\d.]+$/.test(bare)) {
    throw usage(
      command,
      `Use "${text}" as "--${name}": the unit is missing: ${bare}s, ${bare}m or ${bare}h`,
    );
  }
  if (ms !== null && ms <= (spec.most ?? Infinity)) return;
  const most = spec.most === undefined ? "" : ` up to ${durationText(spec.most)}`;
  throw usage(
    command,
    `Use "${text}" as "--${name}": a duration${most} is needed, such as 90s, 30m or 6h`,
  );
}

/** No count of ours goes further: tokens, at the most. */
const MOST = Number.MAX_SAFE_INTEGER;

/** What a command takes as a word although it looks like an option goes behind `--`, in its order. */
function asWords(
  { handsOptionsOn, takesNumber }: Command,
  argv: string[],
  known: readonly string[],
): string[] {
  if (!handsOptionsOn && !(takesNumber && argv.some((word) => /^-(?:\d|$)/.test(word)))) {
    return argv;
  }
  const end = argv.indexOf("--");
  const [before, behind] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  const isOwn = (word: string) =>
    handsOptionsOn
      ? known.includes(/^--?([^=-][^=]*)/.exec(word)?.[1] ?? "")
      : !/^-(?:\d|$)/.test(word);
  return [
    ...before.filter(isOwn),
    "--",
    ...before.filter((word) => !isOwn(word)),
    ...behind,
  ];
}

/** `--tries -1`, `--hidden -`: a number, or stdin, is the value of the option before it, and no option. */
function joinDashes(argv: readonly string[], valued: readonly string[]): string[] {
  const words: string[] = [];
  let literal = false;
  for (const word of argv) {
    literal ||= word === "--";
    const before = words.at(-1) ?? "";
    if (!literal && /^-(?:\d|$)/.test(word) && valued.some((name) => before === `--${name}`)) {
      words[words.length - 1] = `${before}=${word}`;
    } else words.push(word);
  }
  return words;
}

/** `--yes=no` would mean yes. */
function refuseSwitchValues(
  command: Command,
  words: readonly string[],
  switches: readonly string[],
): void {
  const end = words.indexOf("--");
  for (const word of end < 0 ? words : words.slice(0, end)) {
    const name = /^--([^=]+)=/.exec(word)?.[1];
    if (name === undefined || !switches.includes(name)) continue;
    throw usage(command, `Give no value to "--${name}": it is there or left out`);
  }
}

function checkPositional(command: Command, words: readonly string[]): void {
  const [fewest, most] = command.positional;
  if (words.length < fewest) throw usage(command, `Give ${command.usage} to "${command.name}"`);
  if (words.length > most) {
    const hint = /TEXT/.test(command.usage)
      ? `Quote a text with blanks: ouroboros ${command.name} "reject expired coupons"`
      : undefined;
    throw usage(command, `Too many words for "${command.name}": "${words[most]}"`, hint);
  }
}

/** `config set run.attempts -1`: the number is a value, which `--` says. */
function negativeWord(
  command: Command,
  arg: string,
  argv: readonly string[],
): OuroborosError | undefined {
  if (!/^-\d/.test(arg) || command.positional[1] === 0) return undefined;
  const at = argv.findIndex((word) => /^-(?:\d|$)/.test(word));
  const words = [...argv.slice(0, at), "--", ...argv.slice(at)];
  const safe = words.every((word) => /^[\w.,:/=+-]+$/.test(word));
  const hint = safe ? words.join(" ") : `-- ${argv[at]}`;
  const message =
    `Unknown option "${arg}" for "${command.name}": a value that begins with "-" stands behind "--"`;
  return usage(command, message, `ouroboros ${command.name} ${hint}`);
}

function unknownOption(command: Command, arg: string, names: readonly string[]): OuroborosError {
  const near = nearestName(arg.replace(/^-+/, "").replace(/=.*/s, ""), names);
  const help = `ouroboros ${command.name} --help`;
  const hint = near === undefined ? help : `Did you mean --${near}? See: ${help}`;
  return usage(command, `Unknown option "${arg}" for "${command.name}"`, hint);
}

function usage(command: Command, message: string, hint?: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message,
    hint: hint ?? `ouroboros ${command.name} --help`,
  });
}
