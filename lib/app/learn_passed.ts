import { TOOLCHAIN_ENV_NAMES } from "../checks/toolchain_env.ts";
import { OWN_ENV_NAMES } from "../config/environment.ts";
import { type App, SECRET_NAME } from "./app.ts";
import { isNamed, passedVariables } from "./passed_variables.ts";

/** A shorter value would stand in too many other words. */
const SHORTEST = 8;

/** Names that say of any value that it is a secret, also where it is a word. */
const SAYS_SECRET = new RegExp(`${SECRET_NAME.source}|PASS|AUTH(?!OR)|PWD$`, "i");

/** Longer ones are phrases by which somebody is let in. */
const LONGEST_WORD = 15;
/** A word, or some of them: "production", "us-east", "Not Set". */
const WORDS = /^(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_. ](?:[A-Z]?[a-z]+|[A-Z]+))*$/;
/** A path, or a list of them. */
const PATHS = /^(?:(?:~|\.{0,2})\/[^:]*)(?::(?:~|\.{0,2})\/[^:]*)*$/;

/**
 * Has the values of variables that are handed on taken out of what agents and checks print, as those
 * of all known secrets are. Who hands one on by name mostly does because it is one. `written`: what a
 * person wrote down for this work; a value that stands there is no secret, and without it checks and
 * seeds could not be kept. Errors: not_started.
 */
export async function learnPassed(
  app: Pick<App, "processes" | "environment" | "learnSecrets">,
  names: readonly string[],
  written = "",
): Promise<void> {
  const known = await passedVariables(app, names);
  if (known === undefined) return;
  const secrets: string[] = [];
  for (const [name, whole] of known) {
    const value = whole.trim();
    if (await isSecret(name, value, written)) secrets.push(value);
  }
  app.learnSecrets(secrets);
}

async function isSecret(name: string, value: string, written: string): Promise<boolean> {
  if (value.length < SHORTEST) return false;
  const says = SAYS_SECRET.test(name);
  if (PATHS.test(value)) {
    // A key in base64 may begin as a path does; the file of a key is there.
    return says && await Deno.lstat(value).then(() => false, () => true);
  }
  if (says) return true;
  if (HARMLESS.some((one) => isNamed(name, one))) return false;
  const isWord = value.length <= LONGEST_WORD && WORDS.test(value);
  return !isWord && !written.includes(value) &&
    !written.includes(JSON.stringify(value).slice(1, -1));
}

/** Names of which it is known what they hold: the terminal, the language, the user, places of tools. */
const HARMLESS: readonly string[] = [...OWN_ENV_NAMES, ...TOOLCHAIN_ENV_NAMES, "PWD", "OLDPWD"];
