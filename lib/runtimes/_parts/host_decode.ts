import type { Decode } from "../definition.ts";
import { exitInWords, stoppedOutcome } from "./failure.ts";
import { asText, parseJsonLine } from "./json_line.ts";

/** What the decoder of `host-agent` knows so far. */
export interface HostState {
  /** What whoever did the work says of it; undefined: it was not handed in. */
  claim: string | undefined;
}

/** The decoder of what `host-agent` prints: one line, once the work was handed in. */
export const hostDecode: Decode<HostState> = {
  start: () => ({ claim: undefined }),
  line(state, stream, line) {
    const said = stream === "stdout" ? parseJsonLine(line) : undefined;
    const claim = said?.type === "handed_in" ? asText(said.claim) : undefined;
    if (claim === undefined || state.claim !== undefined) return [];
    state.claim = claim;
    return [{ type: "text", text: claim }];
  },
  finish({ claim }, exit) {
    const parts = claim === undefined ? {} : { finalText: claim };
    const stopped = stoppedOutcome(exit, { title: "the host", parts });
    if (stopped) return stopped;
    if (claim !== undefined && exit.reason === "completed") {
      return { reason: "completed", ...parts };
    }
    return {
      reason: "failed",
      code: "agent_failed",
      message: `What waits for the host ${exitInWords(exit)} before the work was handed in`,
    };
  },
};
