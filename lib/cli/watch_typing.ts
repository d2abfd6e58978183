/** What is typed at a list, which would drop it and take the preset at Enter. */
export interface Typing extends Disposable {
  /** Aborts at the first character. */
  signal: AbortSignal;
  /** All characters so far, as long as this is not disposed of. */
  text(): string;
  /** Whether Enter came behind them. */
  entered(): boolean;
}

/** Watches the terminal's keys beside a prompt: a text that is pasted comes whole, Enter included. */
export async function watchTyping(): Promise<Typing> {
  const { stdin } = await import("node:process");
  const typed = new AbortController();
  let [text, entered] = ["", false];
  const onKey = (
    part: string | undefined,
    key: { ctrl?: boolean; meta?: boolean; name?: string },
  ) => {
    if (entered) return;
    if (key?.name === "return" || key?.name === "enter") {
      entered = text !== "";
      return;
    }
    if (key?.name === "backspace") text = text.slice(0, -1);
    if (part === undefined || key?.ctrl || key?.meta || !/^[^\p{Cc}]+$/u.test(part)) return;
    // A blank alone marks a line of a list.
    if (text === "" && part.trim() === "") return;
    text += part;
    typed.abort();
  };
  stdin.on("keypress", onKey);
  return {
    signal: typed.signal,
    text: () => text,
    entered: () => entered,
    [Symbol.dispose]: () => void stdin.off("keypress", onKey),
  };
}
