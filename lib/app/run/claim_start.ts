import { sha256 } from "../../kernel/digest.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { type MachineSlot, takeSlot } from "./machine_slots.ts";

/** What a claim's file is named by, before its number. */
export const START_CLAIM = /^start-[0-9a-f]{2}$/;

/**
 * Lets one process at a time look whether a project's run goes on and start one: two that look in the
 * same moment would both see none. The others wait. Errors: cancelled, not_writable.
 */
export async function claimStart(
  app: App,
  project: string,
  signal: AbortSignal,
): Promise<MachineSlot> {
  const claim = await takeSlot({
    dir: app.paths.slots,
    // Two projects that share a name wait for each other, and there is no file for each project.
    name: `start-${sha256(project).slice(0, 2)}`,
    parallel: 1,
    clock: app.clock,
    signal,
    onWait() {},
  });
  if (claim === undefined) {
    throw new OuroborosError({ code: "cancelled", message: "Start a run: the call was cancelled" });
  }
  return claim;
}
