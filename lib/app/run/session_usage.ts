import type { AttemptState } from "../../engine/run/state.ts";
import { addUsage, type Usage } from "../../kernel/outcome.ts";

/** What a session has used so far: some CLIs report sums over the whole session. */
export function usageOfSession(attempts: readonly AttemptState[], session: string): Usage {
  return attempts
    .filter((one) => one.sessionId === session)
    .reduce((sum: Usage, one) => addUsage(sum, one.usage), {});
}
