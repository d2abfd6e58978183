import type { RuntimeDefinition } from "../../runtimes/mod.ts";
import type { InstallReceipt } from "../../setup/write/install_receipt.ts";

/** Whether a host refuses or asks about our tools where nobody can be asked. */
export function needsApproval(definition: RuntimeDefinition, tools: readonly string[]): boolean {
  const { approval } = definition.placement!;
  return approval.unasked !== "all" && approval.approve(tools).length > 0;
}

/** Whether an earlier setup approved our tools in a host: that is kept when it is set up again. */
export function wasApproved(
  receipt: InstallReceipt | null,
  definition: RuntimeDefinition,
  tools: readonly string[],
): boolean {
  const steps = receipt?.runtimes[definition.id]?.edits.flatMap((edit) => edit.undo) ?? [];
  const approvals = definition.placement!.approval.approve(tools).map((one) => one.path);
  return approvals.some((path) => steps.some((step) => sameStart(step.path, path)));
}

function sameStart(path: readonly string[], start: readonly string[]): boolean {
  return path.length >= start.length && start.every((key, at) => path[at] === key);
}
