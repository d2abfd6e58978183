import { parse } from "@std/yaml";
import { z } from "zod";
import { documentProblems } from "../kernel/document_problem.ts";
import type { ConfigKey } from "./config_keys.ts";
import { looksSecret } from "./secret_like.ts";

/** A value of a configuration file. */
export type ConfigValue =
  | string
  | number
  | boolean
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** The value behind typed text, or why there is none; the text itself is not in the problem. */
export type ReadValue = { ok: true; value: ConfigValue } | { ok: false; problem: string };

/**
 * What a person means who types `text` for `key`. A key of text takes it as it is typed; of any other
 * key it is the first reading that the schema takes: as YAML (a number, a list in brackets), as text,
 * as a list `a,b`.
 */
export function readConfigValue(key: ConfigKey, text: string): ReadValue {
  if (/[\0\r\n]/.test(text)) return { ok: false, problem: "must be one line" };
  if (/^\s*(null|~)?\s*$/i.test(text)) return { ok: false, problem: "must not be empty" };
  // YAML would cut it at a " #", or take "&x" for the name of a place.
  if (key.schema instanceof z.ZodString) {
    return key.schema.safeParse(text).success
      ? { ok: true, value: text }
      : { ok: false, problem: problemOf(key, text) };
  }
  const yaml = asYaml(text);
  const list = text.split(",").map((item) => item.trim()).filter((item) => item !== "");
  const readings = [...yaml === undefined ? [] : [yaml], text.trim(), list];
  for (const reading of readings) {
    const { success } = key.schema.safeParse(reading);
    if (!success) continue;
    if (holdsSecret(key, reading)) return { ok: false, problem: NO_SECRET };
    return { ok: true, value: reading };
  }
  // Of the readings that failed, the one of the kind that is wanted says best what is wrong.
  const wanted = [yaml ?? text, list].map((reading) => problemOf(key, reading));
  const [first, second] = wanted;
  const problem = key.path[0] === "env" && typeof yaml !== "object" ? second! : first!;
  return { ok: false, problem };
}

const NO_SECRET =
  "must be the names of variables, and this looks like a value; values are handed on unseen";

function holdsSecret(key: ConfigKey, value: ConfigValue): boolean {
  if (key.path[0] !== "env") return false;
  if (typeof value === "string") return looksSecret(value);
  if (typeof value !== "object") return false;
  return Object.values(value).some((one: ConfigValue) => holdsSecret(key, one));
}

function problemOf(key: ConfigKey, reading: ConfigValue): string {
  const { error } = key.schema.safeParse(reading);
  const [problem] = documentProblems(error?.issues ?? [], reading);
  // What is typed needs no quotes.
  return (problem?.message ?? "cannot be used").replace(/; put it in quotes$/, "");
}

/** Undefined: it is no YAML, or says nothing, as a comment does. */
function asYaml(text: string): ConfigValue | undefined {
  try {
    return (parse(text, { schema: "core" }) as ConfigValue | null) ?? undefined;
  } catch {
    return undefined;
  }
}
