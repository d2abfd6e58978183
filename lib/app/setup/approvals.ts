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
  definition: Pick<RuntimeDefinition, "id">,
): boolean {
  return (receipt?.runtimes[definition.id]?.approved ?? []).length > 0;
}
