import type { RunLimits } from "../../engine/run/events.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { StopReason } from "./end_work.ts";

/** The one signal that stops a worker, and why it was given. */
export interface WorkerStop {
  signal: AbortSignal;
  reason(): StopReason | undefined;
  ask(reason: StopReason): void;
  /** The run's minutes stand still, until what this gives is called. */
  waiting(): () => void;
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
  let waitedMs = 0;
  let waitingSince: number | undefined;
  const waitedSoFar = () =>
    waitedMs + (waitingSince === undefined ? 0 : clock.monotonicMs() - waitingSince);
  const watchMinutes = async () => {
    const begun = clock.monotonicMs();
    while (!ended.signal.aborted) {
      const left = limits.minutes * 60_000 - (clock.monotonicMs() - begun - waitedSoFar());
      if (left <= 0) return ask({ kind: "minutes" });
      // While nothing is done on purpose no minute goes by: looked at again a second later.
      await clock.sleep(waitingSince === undefined ? left : Math.max(left, 1000), ended.signal);
    }
  };
  watchMinutes();
  return {
    signal: controller.signal,
    reason: () => given,
    ask,
    waiting() {
      const since = waitingSince = clock.monotonicMs();
      return () => {
        waitedMs += clock.monotonicMs() - since;
        waitingSince = undefined;
      };
    },
    end() {
      ended.abort();
      interrupt.removeEventListener("abort", onInterrupt);
    },
  };
}
