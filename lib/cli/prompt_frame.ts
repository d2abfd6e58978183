// deno-lint-ignore no-control-regex -- the codes that prompts write
const MOVES = /\n|\x1b\[(\d*)([AB])/g;

/** What a prompt has drawn, so that it can be taken off the screen. */
export interface PromptFrame<T> {
  /** Where the prompt is to draw. */
  stream: T;
  /** Takes it all away; the next line is drawn in its place. */
  erase(): void;
}

/** A stream that knows how far below its first line a prompt stands; once `over`, nothing is drawn. */
export function promptFrame<T extends { write(text: string): unknown }>(
  stream: T,
  over: () => boolean,
): PromptFrame<T> {
  let row = 0;
  const write = (text: unknown, ...rest: unknown[]): unknown => {
    if (typeof text === "string") {
      // The cursor that a prompt hid comes back in any case.
      if (over()) return text === "\x1b[?25h" ? stream.write(text) : true;
      row = Math.max(0, row + rowsOf(text));
    }
    return (stream.write as (...parts: unknown[]) => unknown)(text, ...rest);
  };
  return {
    stream: new Proxy(stream, {
      get(target, name) {
        if (name === "write") return write;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    }),
    erase: () => void stream.write(`\r${row > 0 ? `\x1b[${row}A` : ""}\x1b[J`),
  };
}

function rowsOf(text: string): number {
  let rows = 0;
  for (const [move, count, way] of text.matchAll(MOVES)) {
    if (move === "\n") rows++;
    else rows += Number(count === "" ? 1 : count) * (way === "A" ? -1 : 1);
  }
  return rows;
}
