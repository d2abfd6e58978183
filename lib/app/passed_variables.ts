import { messageOf, OuroborosError } from "../kernel/error.ts";
import { type App, systemTmp } from "./app.ts";

/** The system itself allows no environment of more than some megabytes. */
const MOST_BYTES = 8 << 20;
const LIMITS = { totalMs: 20_000, outputBytes: MOST_BYTES, lineBytes: 1 << 16 };

/** What was said last, by the environment that it is of; held in memory and nowhere else. */
const said = new WeakMap<
  App["environment"],
  { names: ReadonlySet<string>; found: ReadonlyMap<string, string> }
>();

/**
 * Variables of ours that are handed on under these names (one may end in `*`), with their values. A
 * child that they are handed to says them: the compiled program may not read them itself. What
 * {@link askPassed} was told is not asked again. Undefined where it cannot be asked. Errors:
 * not_started.
 */
export async function passedVariables(
  app: Pick<App, "processes" | "environment">,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  const known = said.get(app.environment);
  if (names.length === 0 || known === undefined || !names.every((one) => known.names.has(one))) {
    return await ask(app, names);
  }
  return new Map([...known.found].filter(([name]) => names.some((one) => isNamed(name, one))));
}

/**
 * The same, asked anew, for all names that a work will hand on: its parts then need not ask, each
 * for its own, before the first agent starts. Errors: not_started.
 */
export async function askPassed(
  app: Pick<App, "processes" | "environment">,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  said.delete(app.environment);
  const found = await ask(app, names);
  if (found !== undefined) said.set(app.environment, { names: new Set(names), found });
  return found;
}

async function ask(
  app: Pick<App, "processes" | "environment">,
  names: readonly string[],
): Promise<Map<string, string> | undefined> {
  // Windows hands none on.
  if (names.length === 0 || Deno.build.os === "windows") return undefined;
  // A value may hold any text but this one.
  const mark = crypto.randomUUID();
  const { end, stdout } = await app.processes.capture({
    argv: ["awk", `BEGIN { for (name in ENVIRON) print name "=" ENVIRON[name] "${mark}" }`],
    cwd: systemTmp(app),
    env: { values: app.environment.pick(["PATH"]), passNames: names },
    limits: LIMITS,
    maxBytes: MOST_BYTES,
    label: "awk",
  }).catch((error) => {
    throw new OuroborosError({
      code: "not_started",
      message: `Look for the variables that are handed on: ${messageOf(error)}`,
      cause: error,
    });
  });
  if (end.code !== 0) return undefined;
  const found = new Map<string, string>();
  for (const record of new TextDecoder().decode(stdout).split(`${mark}\n`)) {
    const at = record.indexOf("=");
    const name = record.slice(0, at);
    if (at > 0 && names.some((one) => isNamed(name, one))) found.set(name, record.slice(at + 1));
  }
  return found;
}

/** Whether a variable is meant by a name to hand on. */
export function isNamed(variable: string, name: string): boolean {
  return name.endsWith("*") ? variable.startsWith(name.slice(0, -1)) : variable === name;
}
