import { type Token, tokens } from "./argument_text.ts";

/** An option that a bundle's arguments name: `--max-rounds` for the variable `$max_rounds`. */
export interface WantedOption {
  /** The variable, without its sign. */
  variable: string;
  /** It takes no value: it is there or left out. */
  isSwitch: boolean;
}

/** Options taken out of a text, by their variables, and the text without them. */
export type OptionValues =
  | { ok: true; values: ReadonlyMap<string, string | number | boolean>; text: string }
  | { ok: false; detail: string };

/**
 * Takes the options that are wanted out of a text. Others are a part of it, as what a person writes
 * about `--force` in an idea; or they are refused, where a text has no such part: a ceiling that is
 * left out without a word is paid for. Behind `--` nothing is an option.
 */
export function optionValues(
  text: string,
  wanted: readonly WantedOption[],
  { others = "text" }: { others?: "text" | "refuse" } = {},
): OptionValues {
  const values = new Map<string, string | number | boolean>();
  const cut: { start: number; end: number }[] = [];
  const all = wanted.length === 0 && others === "text" ? [] : tokens(text);
  for (let index = 0; index < all.length; index++) {
    const token = all[index]!;
    if (token.quoted) continue;
    if (token.text === "--") {
      cut.push(token);
      break;
    }
    const [, name = "", given] = /^--([a-z0-9-]+)(?:=([^]*))?$/i.exec(token.text) ?? [];
    const option = wanted.find((one) => one.variable === name.toLowerCase().replaceAll("-", "_"));
    if (option === undefined) {
      if (others === "refuse" && token.text.startsWith("--")) return unknown(token.text, wanted);
      continue;
    }
    if (values.has(option.variable)) return wrong(`Give "--${name}" once`);
    if (option.isSwitch) {
      if (given !== undefined) return wrong(`Give no value to "--${name}"`);
      values.set(option.variable, true);
      cut.push(token);
      continue;
    }
    const value = given === undefined ? all[++index] : { ...token, text: given };
    if (value === undefined || (!value.quoted && /^--|^$/.test(value.text))) {
      return wrong(`Give a value to "--${name}"`);
    }
    values.set(option.variable, read(value));
    cut.push({ start: token.start, end: value.end });
  }
  return { ok: true, values, text: without(text, cut) };
}

/** Quotes keep digits a text. */
function read({ text, quoted }: Token): string | number | boolean {
  if (quoted) return text;
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

function without(text: string, cut: readonly { start: number; end: number }[]): string {
  let rest = text;
  for (const { start, end } of cut.toReversed()) {
    rest = rest.slice(0, start) + rest.slice(end).replace(/^[^\S\n]+/, "");
  }
  return rest.trim();
}

function unknown(typed: string, wanted: readonly WantedOption[]): OptionValues {
  const there = wanted.map(({ variable }) => `--${variable.replaceAll("_", "-")}`).join(", ");
  const [name] = typed.split("=");
  return wrong(`There is no option "${name}" here: it takes ${there || "no options"}`);
}

function wrong(detail: string): OptionValues {
  return { ok: false, detail };
}
