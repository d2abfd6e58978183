import { type ConfigKey, configKeys, nearestKeys } from "../config/config_keys.ts";
import { readKeyPath } from "../config/key_path.ts";
import { originalKeyNote } from "../config/original_keys.ts";
import { looksSecret } from "../config/secret_like.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Registry } from "../runtimes/mod.ts";

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
