import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { OuroborosError } from "../kernel/error.ts";
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
  for (const [name, spec] of Object.entries(specs)) if (spec.short) alias[spec.short] = name;
  const unknown: string[] = [];
  const parsed = parseArgs([...argv], {
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
  if (unknown.length > 0) throw unknownOption(command, unknown[0]!, Object.keys(specs));
  const texts = (name: string) => parsed[name] as string[] | undefined ?? [];
  for (const name of valued) checkValues(command, name, specs[name]!, texts(name));
  const positional = parsed._.map(String);
  if (!parsed.help) checkPositional(command, positional);
  return {
    positional,
    has: (name) => valued.includes(name) ? texts(name).length > 0 : parsed[name] === true,
    text: (name) => texts(name).at(-1),
    texts,
    count: (name) => {
      const text = texts(name).at(-1);
      return text === undefined ? undefined : Number(text);
    },
  };
}

function checkValues(command: Command, name: string, spec: OptionSpec, texts: readonly string[]) {
  if (texts.length > 1 && !spec.repeated) {
    throw usage(command, `Give "--${name}" once: it was given ${texts.length} times`);
  }
  for (const text of texts) {
    if (text === "") throw usage(command, `Give a value to "--${name}": ${spec.value}`);
    if (spec.kind === "count" && !/^[1-9]\d{0,11}$/.test(text)) {
      throw usage(command, `Use "${text}" as "--${name}": a whole number from 1 is needed`);
    }
  }
}

function checkPositional(command: Command, words: readonly string[]): void {
  const [fewest, most] = command.positional;
  if (words.length < fewest) throw usage(command, `Give ${command.usage} to "${command.name}"`);
  if (words.length > most) {
    const extra = words[most]!;
    const hint = / /.test(command.usage) || most === 0 ? "" : "; quote a text with spaces";
    throw usage(command, `Too many words for "${command.name}": "${extra}"${hint}`);
  }
}

function unknownOption(command: Command, arg: string, names: readonly string[]): OuroborosError {
  const typed = arg.replace(/^-+/, "").replace(/=.*/s, "");
  const near = closestString(typed, [...names]);
  return new OuroborosError({
    code: "usage",
    message: `Unknown option "${arg}" for "${command.name}"`,
    hint: `Did you mean --${near}? See: ouroboros ${command.name} --help`,
  });
}

function usage(command: Command, message: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message,
    hint: `ouroboros ${command.name} --help`,
  });
}
