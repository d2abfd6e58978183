import { runEvent } from "../../engine/run/events.ts";
import { mayReopen } from "../../engine/run/may_reopen.ts";
import type { App } from "../app.ts";
import { whoActs } from "../who_acts.ts";
import type { RunLog } from "./run_log.ts";

/** Writes down that somebody goes on with a run that was cancelled. Errors: those of the journal. */
export async function reopenRun(app: App, log: RunLog): Promise<void> {
  if (!mayReopen(log.state)) return;
  await log.append(runEvent("run.reopened", { by: await whoActs(app) }));
}
