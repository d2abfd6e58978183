import { EXIT } from "../kernel/exit_code.ts";

/** Turns the system's requests to end into one AbortSignal. */
export interface Interrupts {
  /** Aborts at the first request; its reason is a line for people. */
  readonly signal: AbortSignal;
  /** Aborts the signal for a reason of our own. */
  abort(reason: string): void;
  /** Lets the listeners go. */
  close(): void;
}

const REASONS: Partial<Record<Deno.Signal, string>> = {
  SIGINT: "Interrupted by Ctrl-C",
  SIGTERM: "Interrupted by SIGTERM",
  SIGHUP: "Interrupted: the terminal was closed",
};

/**
 * Listens for Ctrl-C, SIGTERM and a closed terminal. The first one aborts the signal, so that work
 * stops in order; a second one ends the process at once, with the same exit code: a person who
 * presses Ctrl-C twice means it, and what was started is ended by its guard. A closed terminal is
 * no second one.
 */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  const names: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = names.map((name) => {
    const listener = () => {
      if (controller.signal.aborted) {
        // A terminal that closes says so more than once, by its shell and by itself.
        if (name === "SIGHUP") return;
        Deno.exit(EXIT.cancelled);
      }
      controller.abort(REASONS[name]);
    };
    Deno.addSignalListener(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    close() {
      for (const { name, listener } of listeners) Deno.removeSignalListener(name, listener);
    },
  };
}
