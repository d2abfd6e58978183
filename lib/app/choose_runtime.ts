import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/definition.ts";
import type { App } from "./app.ts";
import { examineRuntime, type FoundRuntime } from "./list_runtimes.ts";

/** Whether a runtime plays recordings, and does nothing without one. */
export function playsRecordings({ binary }: Pick<RuntimeDefinition, "binary">): boolean {
  return binary.kind === "embedded" && binary.plays;
}

/** The runtime of a run. */
export interface ChosenRuntime {
  definition: RuntimeDefinition;
  found: FoundRuntime;
  /** Program and leading arguments. */
  program: readonly [string, ...string[]];
  /** Why it was chosen, where nobody named it. */
  notice: string | null;
}

/**
 * The runtime that was asked for, or the configured one, or the first one that is here. `hurry`: a
 * program that ran here before is not asked for its version again.
 * Errors: unknown_runtime, runtime_missing, runtime_too_old.
 */
export async function chooseRuntime(
  app: App,
  options: { name: string | undefined; embedded: boolean; hurry?: boolean },
): Promise<ChosenRuntime> {
  if (options.embedded && options.name === undefined) {
    const definition = app.registry.all.find(playsRecordings)!;
    return usable(app, await examineRuntime(app, definition), null);
  }
  const name = options.name ?? (await app.config()).config.runtime;
  if (name !== null) {
    return usable(app, await examineRuntime(app, app.registry.require(name), options), null);
  }
  return await firstHere(app, options);
}

async function firstHere(app: App, options: { hurry?: boolean }): Promise<ChosenRuntime> {
  const external = app.registry.all.filter((one) => one.binary.kind === "external");
  const found = await Promise.all(external.map((one) => examineRuntime(app, one, options)));
  const ready = found.filter((one) => one.status === "ready").sort((a, b) => rank(a) - rank(b));
  const first = ready[0];
  if (first) {
    const others = ready.slice(1).map((one) => one.id);
    const also = others.length > 0 ? `, also here: ${others.join(", ")}` : "";
    const notice = `No runtime is configured: ${first.title} is used (--runtime NAME${also})`;
    return usable(app, first, notice);
  }
  const old = found.find((one) => one.status === "too old" || one.status === "broken");
  if (old) return usable(app, old, null);
  throw new OuroborosError({
    code: "runtime_missing",
    message: `Find an agent: none of ${
      external.map((one) => one.title).join(", ")
    } is on this machine`,
    hint: `Install one, for example: ${found[0]?.install ?? ""}; or see: ouroboros demo`,
  });
}

/** Signed-in ones first, then stable ones. */
function rank(found: FoundRuntime): number {
  return (found.signIn === "signed in" ? 0 : 2) + (found.maturity === "stable" ? 0 : 1);
}

function usable(app: App, found: FoundRuntime, notice: string | null): ChosenRuntime {
  const definition = app.registry.require(found.id);
  switch (found.status) {
    case "built in":
      return { definition, found, program: app.self, notice };
    case "ready":
      return { definition, found, program: [found.path!], notice };
    case "missing":
      throw new OuroborosError({
        code: "runtime_missing",
        message: `Find ${found.title}: no such program on PATH`,
        hint: found.install ?? "ouroboros runtimes",
      });
    case "too old":
      throw new OuroborosError({
        code: "runtime_too_old",
        message: `Use ${found.title} ${found.version} (${found.path}): at least ` +
          `${found.lowestVersion} is needed`,
        hint: found.install ?? "ouroboros runtimes",
      });
    case "broken":
      throw new OuroborosError({
        code: "runtime_missing",
        message: `Ask "${found.path}" for its version: ${found.problem}`,
        hint: found.install ?? "ouroboros runtimes",
      });
  }
}
