import { type ConfigKey, configKeys, nearestKeys } from "../../config/config_keys.ts";
import { readKeyPath } from "../../config/key_path.ts";
import { originalKeyNote } from "../../config/original_keys.ts";
import { looksSecret } from "../../config/secret_like.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Registry } from "../../runtimes/mod.ts";
import { valueAt } from "../../setup/edit/plain.ts";
import type { InspectedConfig } from "./config_problems.ts";

/**
 * The key that was typed. Errors: usage, which says what was probably meant; a word that may hold a
 * secret is not said again.
 */
export function requireKey(registry: Registry, typed: string): ConfigKey {
  const keys = configKeys(registry);
  const found = keys.find((key) => key.name === typed);
  if (found) return found;
  throw unknownKey(keys, typed);
}

/** The version of the format is nobody's to change. Errors: usage. */
export function refuseVersion(key: ConfigKey): void {
  if (key.name !== "version") return;
  throw new OuroborosError({
    code: "usage",
    message: 'Change "version": this program writes it, it says how the file is to be read',
    hint: "ouroboros config validate",
  });
}

/** `env.pass.agents` where `env.pass` is a list for both: that list would be lost. */
export function refuseListAbove(key: ConfigKey, file: InspectedConfig): void {
  if (key.path[0] !== "env" || key.path.length < 3) return;
  const list = valueAt(file.reading?.value, key.path.slice(0, -1));
  if (!Array.isArray(list)) return;
  const names = `[${list.map(String).join(", ")}]`;
  throw new OuroborosError({
    code: "usage",
    message: `Change "${key.name}": "env.pass" is one list for agents and checks`,
    hint: `ouroboros config set env.pass "{agents: ${names}, checks: ${names}}"`,
  });
}

function unknownKey(keys: readonly ConfigKey[], typed: string): OuroborosError {
  // `KEY=VALUE` in one word: only what stands before the sign is the key.
  const [name = ""] = typed.split("=");
  const below = keys.filter((key) => key.name.startsWith(`${name}.`)).map((key) => key.name);
  const shown = looksSecret(name) || !/^[\w.[\]" -]{1,80}$/.test(name) ? "that word" : `"${name}"`;
  if (keys.some((key) => key.name === name)) {
    return usage(`Give the value as a word of its own: ${name} VALUE`, "ouroboros config --help");
  }
  if (below.length > 0) {
    const some = below.slice(0, 6).join(", ");
    return usage(
      `Name one key of the section ${shown}: ${some}${below.length > 6 ? ", …" : ""}`,
      `ouroboros config list ${name}`,
    );
  }
  const note = originalKeyNote(readKeyPath(name) ?? []);
  if (note !== null) return usage(`Use ${shown}: it is ${note}`, "ouroboros config list");
  const near = nearestKeys(name, keys);
  return usage(
    `Unknown key: ${shown} is no setting`,
    near.length === 0
      ? "All keys: ouroboros config list"
      : `Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`,
  );
}

function usage(message: string, hint: string): OuroborosError {
  return new OuroborosError({ code: "usage", message, hint });
}
