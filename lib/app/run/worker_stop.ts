import type { RunLimits } from "../../engine/run/events.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { StopReason } from "./worker.ts";

/** The one signal that stops a worker, and why it was given. */
export interface WorkerStop {
  signal: AbortSignal;
  reason(): StopReason | undefined;
  ask(reason: StopReason): void;
  end(): void;
}

/** A stop that an interrupt gives, the end of the run's minutes, or whoever asks; the first reason stands. */
export function createStop(
  clock: Clock,
  limits: Pick<RunLimits, "minutes">,
  interrupt: AbortSignal,
): WorkerStop {
  const controller = new AbortController();
  const ended = new AbortController();
  let given: StopReason | undefined;
  const ask = (reason: StopReason) => {
    given ??= reason;
    controller.abort();
  };
  const onInterrupt = () => {
    const reason = typeof interrupt.reason === "string" ? interrupt.reason : "Interrupted";
    ask({ kind: "interrupt", reason });
  };
  if (interrupt.aborted) onInterrupt();
  interrupt.addEventListener("abort", onInterrupt, { once: true });
  clock.sleep(limits.minutes * 60_000, ended.signal).then(() => {
    if (!ended.signal.aborted) ask({ kind: "minutes" });
  });
  return {
    signal: controller.signal,
    reason: () => given,
    ask,
    end() {
      ended.abort();
      interrupt.removeEventListener("abort", onInterrupt);
    },
  };
}
