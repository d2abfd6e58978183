import type { Readable } from "node:stream";

/** What is typed at a list, which would drop it and take the preset at Enter. */
export interface Typing extends Disposable {
  /** Aborts at the first character. */
  signal: AbortSignal;
  /** All characters that came with it: a text that is pasted comes whole. */
  text(): string;
}

/** Watches the terminal's keys beside a prompt that reads them too. */
export function watchTyping(keys: Readable): Typing {
  const typed = new AbortController();
  let text = "";
  const onKey = (part: string | undefined, key: { ctrl?: boolean; meta?: boolean }) => {
    if (part === undefined || key?.ctrl || key?.meta || !/^[^\p{Cc}]+$/u.test(part)) return;
    // A blank alone marks a line of a list.
    if (text === "" && part.trim() === "") return;
    text += part;
    typed.abort();
  };
  keys.on("keypress", onKey);
  return {
    signal: typed.signal,
    text: () => text,
    [Symbol.dispose]: () => void keys.off("keypress", onKey),
  };
}
