import { type CheckCache, memoryCheckCache } from "../../checks/check_cache.ts";
import { checkTree } from "../../checks/check_tree.ts";
import {
  confirmPasses,
  type ControlCache,
  memoryControlCache,
} from "../../checks/confirm_passes.ts";
import { TOOLCHAIN_ENV_NAMES } from "../../checks/toolchain_env.ts";
import { toolchainFiles } from "../../checks/toolchain_files.ts";
import type { RunState } from "../../engine/run/state.ts";
import type { Criterion, Seed } from "../../engine/seed/seed.ts";
import type { RuntimeDefinition } from "../../runtimes/definition.ts";
import type { RunWorkspace } from "../../workspace/run_workspace.ts";
import { join } from "@std/path";
import type { App } from "../app.ts";
import { learnPassed } from "../learn_passed.ts";
import type { EmitProgress } from "./progress.ts";
import type { RunContext } from "./run_context.ts";

/** What checks of one run need. */
export interface CheckerParts {
  /** Our folder of the run. */
  dir: string;
  seed: Seed;
  workspace: RunWorkspace;
  state: RunState;
  passEnv: readonly string[];
  emit: EmitProgress;
  cancel: AbortSignal;
}

/**
 * Gives what runs a criterion's checks on a tree, what confirms their passes, and what looks at the
 * files around them; what the run's events know is not run again.
 */
export async function createChecker(
  app: App,
  parts: CheckerParts,
): Promise<Pick<RunContext, "check" | "confirm" | "toolchains">> {
  const { seed, workspace, emit, state } = parts;
  const { config } = await app.config();
  const passNames = [...config.env.checks, ...parts.passEnv];
  await learnPassed(app, passNames, JSON.stringify([state.created, seed]));
  const cache = journalCache(state);
  const controls = journalControls(state);
  const optionsOf = (criterion: Criterion, on: "base" | "work" | "control") => ({
    workspace,
    base: state.created.base.tree,
    dir: seed.workspace.dir,
    ...(seed.workspace.prepare ? { prepare: seed.workspace.prepare } : {}),
    cache,
    processes: app.processes,
    scratch: join(parts.dir, "scratch"),
    signal: parts.cancel,
    label: `criterion ${criterion.id}`,
    surroundings: {
      home: app.paths.home,
      path: app.environment.get("PATH") ?? "",
      toolchains: app.environment.pick(TOOLCHAIN_ENV_NAMES),
      passNames,
    },
    onStart: (index: number) => {
      const check = criterion.checks[index];
      const title = check?.kind === "command" ? check.run : "";
      emit({ type: "checking", criterion: criterion.id, index, title, on });
    },
  });
  return {
    async check(criterion, tree, { on, again = false }) {
      return await checkTree(criterion.checks, tree, { ...optionsOf(criterion, on), again });
    },
    async confirm(criterion, runs) {
      const strict = state.created.strict === true;
      const options = { ...optionsOf(criterion, "control"), controls, strict };
      return await confirmPasses(criterion.checks, runs, options);
    },
    toolchains: () =>
      toolchainFiles({
        home: app.paths.home,
        toolchains: app.environment.pick(TOOLCHAIN_ENV_NAMES),
        // Agents replace themselves when they like, and we are asked to.
        spare: ["ouroboros", ...app.registry.all.flatMap(programNames)],
        path: app.environment.get("PATH") ?? "",
      }),
  };
}

function programNames({ binary }: RuntimeDefinition): readonly string[] {
  return binary.kind === "external" ? binary.names : [];
}

/** Controls that the run's own events hold, and those of this worker. */
function journalControls(state: RunState): ControlCache {
  const cache = memoryControlCache();
  for (const { controls } of state.criteria.flatMap((one) => one.attempts)) {
    controls?.forEach((control) => control && cache.put(control));
  }
  return cache;
}

/** Results that the run's own events hold, and those of this worker. */
function journalCache(state: RunState): CheckCache {
  const cache = memoryCheckCache();
  for (const criterion of state.criteria) {
    for (const admitted of criterion.admission) cache.put(admitted.run);
    for (const attempt of criterion.attempts) attempt.runs?.forEach((run) => run && cache.put(run));
  }
  return cache;
}
