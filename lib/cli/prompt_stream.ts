import type { Output } from "../kernel/output.ts";

/** Codes of colours alone: dim and inverse stay, or nobody would see which line is chosen. */
// deno-lint-ignore no-control-regex -- the codes that prompts write
const COLORS = /\x1b\[(?:[349]\d|10[0-7])(?:;\d+)*m/g;

/**
 * The stream that prompts are drawn on: stderr, for questions are talk, and stdout stays data. The
 * library of the prompts asks nobody whether colour is wanted, so it is taken out here.
 */
export async function promptStream({ talkColor }: Pick<Output, "talkColor">) {
  const { stderr } = await import("node:process");
  return talkColor ? stderr : withoutColors(stderr);
}

/** A stream that passes texts on without the codes of colours, and is the other one in all else. */
export function withoutColors<T extends { write(text: string): unknown }>(stream: T): T {
  return new Proxy(stream, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "write") return value.bind(target);
      return (text: unknown, ...rest: unknown[]) =>
        value.call(target, typeof text === "string" ? text.replace(COLORS, "") : text, ...rest);
    },
  });
}
