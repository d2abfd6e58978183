import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { askPassed, isNamed } from "./passed_variables.ts";

/**
 * Those of the names to hand on that are set for no variable of ours (a name may end in `*`). `also`:
 * what the same work hands on beside them, which is asked for in the same go.
 */
export async function unsetNames(
  app: Pick<App, "processes" | "environment">,
  names: readonly string[],
  also: readonly string[] = [],
): Promise<string[]> {
  const set = await askPassed(app, [...names, ...also]);
  // Who cannot be asked says nothing of what is missing; the children say it then.
  if (set === undefined) return [];
  const fits = (name: string) => [...set.keys()].some((one) => isNamed(one, name));
  return [...new Set(names)].filter((name) => !fits(name));
}

/** Refuses to go on without variables that the run was begun with; `also` as above. Errors: usage. */
export async function requireNames(
  app: Pick<App, "processes" | "environment">,
  run: { runId: string; passEnv: readonly string[] },
  also: readonly string[] = [],
): Promise<void> {
  const unset = await unsetNames(app, run.passEnv, also);
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
