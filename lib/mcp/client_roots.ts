import { type ClientCapabilities, type ServerContext } from "@modelcontextprotocol/server";
import { fromFileUrl } from "@std/path";

/** A host that says it has folders open and does not name them is not waited for longer. */
const ANSWER_MS = 2_000;

/**
 * The folders that are open in the host. Only hosts of the 2025 revisions can be asked: the one of
 * 2026 gives this up, and projects are named by arguments there.
 */
export async function clientRoots(
  context: ServerContext,
  declared: ClientCapabilities | undefined,
): Promise<readonly string[]> {
  if (declared?.roots === undefined || context.mcpReq.envelope !== undefined) return [];
  try {
    const { roots } = await context.mcpReq.send({ method: "roots/list" }, { timeout: ANSWER_MS });
    return roots.filter((one) => one.uri.startsWith("file://")).map((one) => fromFileUrl(one.uri));
  } catch {
    // It said that it would answer and does not, or names no paths: as if it had none.
    return [];
  }
}
