import { join } from "@std/path";
import type { App } from "../app.ts";

/** Our folder of a run. */
export function runFolder(app: Pick<App, "paths">, runId: string): string {
  return join(app.paths.runs, runId);
}
