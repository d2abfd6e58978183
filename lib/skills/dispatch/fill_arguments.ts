import type { WantedOption } from "./option_values.ts";

/** A value of a tool's arguments, as JSON has them. */
export type ArgumentValue =
  | string
  | number
  | boolean
  | null
  | readonly ArgumentValue[]
  | { readonly [key: string]: ArgumentValue };

/** Arguments of a tool, variables in them not yet filled in. */
export type ArgumentTemplate = Readonly<Record<string, ArgumentValue>>;

/** `$1`, `$CWD`, `$FILE`, `$args` and its other name `$goal`; `$max_rounds` is an option. */
const VARIABLE = /\$(1|CWD|FILE|[a-z][a-z0-9_]*)(?![A-Za-z0-9_])/g;

/** An option without a value, as a whole text: `$skip_run?`. */
const SWITCH = /^\$([a-z][a-z0-9_]*)\?$/;

/** A variable without which there is no call, as a whole text: `$1!`. */
const NEEDED = /^\$(1|FILE|[a-z][a-z0-9_]*)!$/;

/** Variables that are no options. */
const OWN = ["1", "CWD", "FILE", "args", "goal"];

/** Variables that are all of what was written behind the word. */
const TEXT = ["1", "args", "goal"];

/** The options that a template names. */
export function wantedOptions(template: ArgumentTemplate): WantedOption[] {
  const wanted = new Map<string, WantedOption>();
  for (const text of textsOf(template)) {
    for (const [, variable = ""] of text.matchAll(VARIABLE)) {
      if (OWN.includes(variable)) continue;
      wanted.set(variable, { variable, isSwitch: SWITCH.test(text) });
    }
  }
  return [...wanted.values()];
}

/** Whether a template has a place for any text: where it has none, further words would be lost. */
export function takesText(template: ArgumentTemplate): boolean {
  return textsOf(template).some((text) =>
    [...text.matchAll(VARIABLE)].some(([, variable = ""]) => TEXT.includes(variable))
  );
}

/**
 * Whether all that a template makes of a text is an id, as under `session_id`: that is one word, and
 * what stands behind it would be taken for a part of it.
 */
export function takesId(template: ArgumentTemplate): boolean {
  const used = Object.entries(template).filter(([, value]) => takesText({ value }));
  return used.length > 0 &&
    used.every(([key, value]) =>
      /(^|_)id$/.test(key) && typeof value === "string" && /^\$(1|args|goal)!?$/.test(value)
    );
}

/** The first variable that is needed and has no value: an option's name, or "" for the text itself. */
export function missingValue(
  template: ArgumentTemplate,
  values: ReadonlyMap<string, string | number | boolean>,
): string | undefined {
  const needed = textsOf(template).flatMap((text) => NEEDED.exec(text)?.[1] ?? []);
  const missing = needed.find((name) => (values.get(name) ?? "") === "");
  return missing === undefined || !OWN.includes(missing) ? missing : "";
}

/**
 * A template with its variables filled in. One that is a whole text becomes its value, with its
 * type; within a text it becomes a part of it. An argument whose value is missing is left out, so
 * that the tool takes what it takes without one. What was filled in is not looked at again.
 */
export function fillArguments(
  template: ArgumentTemplate,
  values: ReadonlyMap<string, string | number | boolean>,
): Record<string, ArgumentValue> {
  return (fill(template, values) ?? {}) as Record<string, ArgumentValue>;
}

function fill(
  value: ArgumentValue,
  values: ReadonlyMap<string, string | number | boolean>,
): ArgumentValue | undefined {
  if (typeof value === "string") return fillText(value, values);
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) {
    return value.map((one) => fill(one, values)).filter((one) => one !== undefined);
  }
  // As own members, whatever they are called: "__proto__" is a name like others.
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const filled = fill(member, values);
      return filled === undefined ? [] : [[key, filled]];
    }),
  );
}

function fillText(
  text: string,
  values: ReadonlyMap<string, string | number | boolean>,
): string | number | boolean | undefined {
  const valueOf = (name: string) => {
    const value = values.get(name);
    return value === "" ? undefined : value;
  };
  const option = SWITCH.exec(text)?.[1];
  if (option !== undefined && !OWN.includes(option)) return valueOf(option);
  const needed = NEEDED.exec(text)?.[1];
  if (needed !== undefined) return valueOf(needed);
  const [whole] = text.matchAll(VARIABLE);
  if (whole?.[0] === text) return valueOf(whole[1]!);
  return text.replaceAll(VARIABLE, (_, name: string) => String(valueOf(name) ?? ""));
}

function textsOf(value: ArgumentValue): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(textsOf);
}

function isList(value: object): value is readonly ArgumentValue[] {
  return Array.isArray(value);
}
