import type { RunWorkspace } from "../../workspace/run_workspace.ts";

/** Token of an apply that died before its event, by what the run's folder holds of it. */
export async function unrecordedApply(
  workspace: Pick<RunWorkspace, "applied">,
): Promise<string | undefined> {
  return (await workspace.applied()).findLast((one) => one.state !== "undone")?.token;
}
