import { messageOf, OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { systemTmp } from "./app.ts";

const LIMITS = { totalMs: 20_000, outputBytes: 1 << 20, lineBytes: 1 << 16 };

/**
 * Those of the names to hand on that are set for no variable of ours (a name may end in `*`). A child
 * that they are handed to lists them: the compiled program may not read them itself.
 */
export async function unsetNames(
  app: Pick<App, "processes" | "environment">,
  names: readonly string[],
): Promise<string[]> {
  // Windows hands none on.
  if (names.length === 0 || Deno.build.os === "windows") return [];
  const { end, stdout } = await app.processes.capture({
    argv: ["awk", "BEGIN { for (name in ENVIRON) print name }"],
    cwd: systemTmp(app),
    env: { values: app.environment.pick(["PATH"]), passNames: names },
    limits: LIMITS,
    maxBytes: LIMITS.outputBytes,
    label: "awk",
  }).catch((error) => {
    throw new OuroborosError({
      code: "not_started",
      message: `Look for the variables that are handed on: ${messageOf(error)}`,
      cause: error,
    });
  });
  // Who cannot be asked says nothing of what is missing; the children say it then.
  if (end.code !== 0) return [];
  const set = new TextDecoder().decode(stdout).split("\n");
  return [...new Set(names)].filter((name) =>
    name.endsWith("*") ? !set.some((one) => one.startsWith(name.slice(0, -1))) : !set.includes(name)
  );
}

/** Refuses to go on without variables that the run was begun with. Errors: usage. */
export async function requireNames(
  app: Pick<App, "processes" | "environment">,
  run: { runId: string; passEnv: readonly string[] },
): Promise<void> {
  const unset = await unsetNames(app, run.passEnv);
  if (unset.length === 0) return;
  const quoted = unset.map((name) => `"${name}"`).join(", ");
  const [variables, are] = unset.length === 1 ? ["variable", "is"] : ["variables", "are"];
  const resume = `ouroboros resume ${run.runId}`;
  const given = unset.map((name) => `${name.replace(/\*$/, "…")}=`);
  throw new OuroborosError({
    code: "usage",
    message:
      `Resume run "${run.runId}": it hands on the ${variables} ${quoted}, which ${are} not ` +
      "set here",
    hint: `${given.map((one) => `${one}…`).join(" ")} ${resume}; ` +
      `to go on without: ${given.join(" ")} ${resume}`,
  });
}
