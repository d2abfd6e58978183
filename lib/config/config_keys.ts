import { z } from "zod";
import { nearestName } from "../kernel/nearest_name.ts";
import type { Registry } from "../runtimes/mod.ts";
import { configSchema } from "./schema.ts";

/** One key of `config.yaml` that holds a value. */
export interface ConfigKey {
  /** As people type it: `run.attempts`. */
  name: string;
  path: readonly string[];
  /** One line: what it does. */
  about: string;
  /** What the schema wants of its value. */
  schema: z.ZodType;
  /** Another spelling of a key, which works and is not proposed. */
  deprecated: boolean;
  /**
   * Settings (keys of `LoadedConfig.origins`, and `env.agents`, `env.checks`) that it changes. Empty
   * for the version of the format alone.
   */
  settings: readonly string[];
}

/** Every key of the schema that holds a value, in the schema's order. */
export function configKeys(registry: Registry): readonly ConfigKey[] {
  const leaves: Omit<ConfigKey, "settings">[] = [];
  walk(configSchema(registry), [], leaves);
  return leaves.map((leaf) => ({ ...leaf, settings: settingsOf(leaf.path, registry) }));
}

function walk(
  schema: unknown,
  path: readonly string[],
  leaves: Omit<ConfigKey, "settings">[],
): void {
  const about = schema instanceof z.ZodType ? schema.description ?? "" : "";
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (inner instanceof z.ZodObject) {
    for (const [key, member] of Object.entries(inner.shape)) walk(member, [...path, key], leaves);
    return;
  }
  if (!(inner instanceof z.ZodType)) return;
  const deprecated = schema instanceof z.ZodType && schema.meta()?.deprecated === true;
  leaves.push({ name: path.join("."), path, about, schema: inner, deprecated });
  // What is a value in one form may be a mapping with keys of its own in the other.
  if (inner instanceof z.ZodUnion) {
    for (const option of inner.options) {
      if (option instanceof z.ZodObject) walk(option, path, leaves);
    }
  }
}

/** The settings behind a key; a test sets each key and sees exactly these change. */
function settingsOf(path: readonly string[], registry: Registry): readonly string[] {
  const name = path.join(".");
  const [section = "", key = "", more] = path;
  const ofEach = (setting: string) => registry.ids.map((id) => `runtimes.${id}.${setting}`);
  switch (section) {
    case "orchestrator": {
      if (key === "runtime_backend" || key === "runtime") return ["runtime"];
      return [`runtimes.${key.replace(/_cli_path$/, "")}.path`];
    }
    case "llm":
      return [name];
    case "limits":
      return ofEach(name);
    case "env":
      return more === undefined ? ["env.agents", "env.checks"] : [`env.${more}`];
    case "run":
      return key === "permission" ? ofEach(key) : [name];
    case "runtimes":
      return [name];
    default:
      return [];
  }
}

/**
 * Names of keys that a word was probably meant to be, the likeliest first, at most four: a slip in
 * the whole name, or the last part of a name alone.
 */
export function nearestKeys(typed: string, keys: readonly ConfigKey[]): string[] {
  const names = keys.filter((key) => !key.deprecated).map((key) => key.name);
  const whole = nearestName(typed, names);
  const last = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  const ends = [...new Set(names.map(last))];
  const end = ends.find((one) => one === last(typed)) ?? nearestName(last(typed), ends) ??
    ends.find((one) => one.startsWith(`${last(typed)}_`));
  const found = names.filter((name) => last(name) === end);
  // Of several with the same end those count that begin alike, as far as any does.
  const alike = found.filter((name) => name.split(".")[0] === typed.split(".")[0]);
  return [
    ...new Set([
      ...whole === undefined ? [] : [whole],
      ...alike.length > 0 ? alike : found,
    ]),
  ].slice(0, 4);
}
