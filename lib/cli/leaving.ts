import type { Readable, Writable } from "node:stream";
import type { Output } from "../kernel/output.ts";

/** Who is asked, and what ends the asking. */
export interface Asking {
  output: Output;
  interrupt: AbortSignal;
  /** Where a prompt reads keys and draws, where that is not stdin and stderr themselves. */
  terminal?: { input: Readable; output: Writable };
}

/**
 * Ctrl-D closes the line reader below a prompt, and the prompt would never know: the key is watched
 * for here, and ends it as Ctrl-C does.
 */
export async function watchLeaving(
  interrupt: AbortSignal,
  keys?: Pick<Readable, "on" | "off">,
): Promise<Disposable & { signal: AbortSignal }> {
  const stdin = keys ?? (await import("node:process")).stdin;
  const leave = new AbortController();
  const onKey = (_text: string | undefined, key: { ctrl?: boolean; name?: string }) => {
    if (key?.ctrl === true && key.name === "d") leave.abort();
  };
  stdin.on("keypress", onKey);
  return {
    signal: AbortSignal.any([interrupt, leave.signal]),
    [Symbol.dispose]: () => void stdin.off("keypress", onKey),
  };
}

/** A line of a person's; undefined when they left, by the end of input or by Ctrl-C. */
export async function lineOrLeft(
  text: string,
  { output, interrupt }: Asking,
): Promise<string | undefined> {
  const { promise: left, resolve } = Promise.withResolvers<null>();
  const leave = () => resolve(null);
  if (interrupt.aborted) return undefined;
  interrupt.addEventListener("abort", leave, { once: true });
  try {
    // A read of the terminal cannot be taken back: it is left behind when the program ends.
    return await Promise.race([output.askLine(text), left]) ?? undefined;
  } finally {
    interrupt.removeEventListener("abort", leave);
  }
}
