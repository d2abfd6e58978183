import type { RunEvent } from "../../engine/run/events.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";

/** What is told about a run while it is worked on. Only `event` is in the journal. */
export type RunProgress =
  /** An event was appended to the run's stream. */
  | { type: "event"; event: RunEvent }
  /** An agent spoke or did something. */
  | { type: "agent"; criterion: string; attempt: number; event: RuntimeEvent }
  /** A check is being run. */
  | {
    type: "checking";
    criterion: string;
    index: number;
    title: string;
    on: "base" | "work" | "control";
  }
  /** Nothing happens on purpose for a while. */
  | { type: "waiting"; seconds: number; reason: string }
  /** Another process, which needs no terminal, works on the run from here on; `log` is its output. */
  | { type: "detached"; runId: string; pid: number; log: string }
  /** Something people should know that changes nothing. */
  | { type: "notice"; text: string };

/** Takes progress in. Never throws, never waits. */
export type EmitProgress = (progress: RunProgress) => void;
