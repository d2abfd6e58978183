import type { SetupState } from "../../app/setup_status.ts";
import type { PlannedFile, SetupResult, SetupStatus } from "../../app/setup/views.ts";
import { palette } from "./color.ts";
import { diffLines } from "./setup_diff.ts";
import type { PlanStyle } from "./setup_plan.ts";

/** A setup or its status for programs; texts of files stand in it as a masked diff only. */
export async function setupJson(
  result:
    & SetupStatus
    & Partial<Pick<SetupResult, "outcome" | "after" | "next"> & Pick<SetupState, "unfinished">>,
  style: Pick<PlanStyle, "redact">,
): Promise<Record<string, unknown>> {
  const { registered, notRegistered, hints, hosts, groups, verification } = result;
  return {
    ...(result.outcome === undefined ? {} : { outcome: result.outcome }),
    registered,
    notRegistered,
    hints,
    hosts,
    files: await filesJson(groups, style),
    verification,
    ...(result.unfinished === undefined ? {} : { unfinished: result.unfinished }),
    ...(result.after === undefined ? {} : { after: result.after, next: result.next }),
  };
}

/** Files of a plan for programs. */
export async function filesJson(
  groups: SetupStatus["groups"],
  style: Pick<PlanStyle, "redact">,
): Promise<Record<string, unknown>[]> {
  const files: Record<string, unknown>[] = [];
  for (const { host, files: planned } of groups) {
    for (const { path, action, what, note, ...texts } of planned) {
      files.push({
        host,
        path,
        action,
        what,
        ...(note === undefined ? {} : { note }),
        ...await diffJson({ action, ...texts }, style),
      });
    }
  }
  return files;
}

async function diffJson(
  { action, before, after }: Pick<PlannedFile, "action" | "before" | "after">,
  { redact }: Pick<PlanStyle, "redact">,
): Promise<{ diff?: string }> {
  if (action !== "change" || typeof before !== "string" || typeof after !== "string") return {};
  const lines = await diffLines(before, after, { paint: palette(false), redact });
  return { diff: lines.map((line) => `${line}\n`).join("") };
}
