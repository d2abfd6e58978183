import { messageOf, OuroborosError } from "../kernel/error.ts";

/** How long an expression may be at it, its start in a thread of its own included. */
export const MATCH_MS = 10_000;

/** In place, an expression that goes back once at each place takes at most this, squared. */
const SHORT = 10_000;

/** What a match came to: an answer, or why there is none. */
export type Match = { found: boolean } | { undecided: string };

/**
 * Whether a seed's expression (multi-line) is found in a text. Some expressions take longer than the
 * world will last on some texts (`(a+)+$`), and nothing but the end of its thread ends one: so it
 * runs in a worker, which is ended after {@link MATCH_MS}. Throws OuroborosError: cancelled.
 */
export async function matchOutput(
  pattern: string,
  text: string,
  options: { limitMs?: number; signal?: AbortSignal } = {},
): Promise<Match> {
  // A worker costs tens of milliseconds; what cannot take long does without.
  if (text.length <= SHORT && (pattern.match(/[*+?{]/g)?.length ?? 0) <= 1) {
    return { found: new RegExp(pattern, "m").test(text) };
  }
  const { limitMs = MATCH_MS, signal } = options;
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(PROGRAM)}`, {
    type: "module",
  });
  let timer: number | undefined;
  let onAbort = () => {};
  try {
    return await new Promise<Match>((resolve, reject) => {
      const seconds = limitMs / 1000;
      timer = setTimeout(
        () => resolve({ undecided: `"matches" took longer than ${seconds} s` }),
        limitMs,
      );
      onAbort = () =>
        reject(new OuroborosError({ code: "cancelled", message: "Cancelled a look at an output" }));
      if (signal?.aborted) return onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
      worker.onmessage = ({ data }: MessageEvent<boolean>) => resolve({ found: data });
      worker.onerror = (event) => {
        event.preventDefault();
        resolve({ undecided: `"matches" failed: ${messageOf(event.message)}` });
      };
      worker.postMessage({ pattern, text });
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    worker.terminate();
  }
}

/** The whole of the worker. As data: a compiled program holds no file that a worker could load. */
const PROGRAM = `self.onmessage = ({ data: { pattern, text } }) => {
  self.postMessage(new RegExp(pattern, "m").test(text));
};`;
