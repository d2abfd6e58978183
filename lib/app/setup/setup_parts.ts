import type { PlanSetup, PlanUninstall } from "../../setup/setup_plan.ts";

/** The makers of plans; other ones only in a test. */
export interface SetupParts {
  planSetup: PlanSetup;
  planUninstall: PlanUninstall;
}

/** Those of this program, loaded when they are needed. */
export const SETUP_PARTS: SetupParts = {
  planSetup: async (...given) => {
    const { planSetup } = await import("../../setup/plan_setup.ts");
    return await planSetup(...given);
  },
  planUninstall: async (...given) => {
    const { planUninstall } = await import("../../setup/plan_uninstall.ts");
    return await planUninstall(...given);
  },
};
