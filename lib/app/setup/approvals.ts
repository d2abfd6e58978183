import type { RuntimeDefinition } from "../../runtimes/mod.ts";
import type { InstallReceipt } from "../../setup/write/install_receipt.ts";

/** One of our MCP tools, as hosts are told of it. */
export interface McpToolFacts {
  name: string;
  readOnly: boolean;
}

/** Whether a host refuses or asks about one of our tools where nobody can be asked. */
export function needsApproval(
  definition: Pick<RuntimeDefinition, "placement">,
  tools: readonly McpToolFacts[],
): boolean {
  const { approval } = definition.placement!;
  const open = tools.filter((one) =>
    approval.unasked === "none" || (approval.unasked === "read-only" && !one.readOnly)
  );
  return approval.approve(open.map((one) => one.name)).length > 0;
}

/** Whether an earlier setup approved our tools in a host: that is kept when it is set up again. */
export function wasApproved(
  receipt: InstallReceipt | null,
  definition: Pick<RuntimeDefinition, "id">,
): boolean {
  return (receipt?.runtimes[definition.id]?.approved ?? []).length > 0;
}
