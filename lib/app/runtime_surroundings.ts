import type { ChildEnv } from "../process/child.ts";
import type { RuntimeDefinition, RuntimeLimits } from "../runtimes/definition.ts";
import { agentDefaults } from "./agent_defaults.ts";
import type { App } from "./app.ts";
import { learnPassed } from "./learn_passed.ts";
import { agentEnv } from "./list_runtimes.ts";
import { type MachineSlot, takeSlot } from "./run/machine_slots.ts";

/** What a runtime's program is started with, whatever it is to do. */
export interface RuntimeSurroundings {
  /** Those of the definition, with what the configuration says in their place. */
  limits: RuntimeLimits;
  env: ChildEnv;
  /**
   * Waits for one of the runtime's places on this machine; undefined: `signal` aborted. `onWait` is
   * called once where all are taken.
   */
  slot(signal: AbortSignal, onWait: () => void): Promise<MachineSlot | undefined>;
}

/**
 * The surroundings of a runtime; `passEnv`: names of variables beside those of the configuration. What
 * these hold is a secret from here on; `written`: see `learnPassed`. Errors: not_started.
 */
export async function runtimeSurroundings(
  app: App,
  definition: RuntimeDefinition,
  passEnv: readonly string[],
  written?: string,
): Promise<RuntimeSurroundings> {
  const { config } = await app.config();
  const passNames = [...config.env.agents, ...passEnv];
  await learnPassed(app, passNames, written);
  const limits = { ...definition.limits, ...config.runtimes[definition.id]?.limits };
  return {
    limits,
    env: {
      values: { ...await agentDefaults(app, definition), ...agentEnv(app, definition) },
      passNames,
    },
    slot: (signal, onWait) =>
      takeSlot({
        dir: app.paths.slots,
        name: definition.id,
        parallel: limits.parallel,
        clock: app.clock,
        signal,
        onWait,
      }),
  };
}
