import type { Readable } from "node:stream";
import { LongPastes, PastedLines } from "./pasted_lines.ts";

/** An Enter with anything behind it within this time was pasted: nobody types as fast. */
const PASTE_MS = 30;

/** Has terminals put marks around what is pasted; those that cannot take no notice. */
const MARK_PASTES = "\x1b[?2004h";
const MARK_NONE = "\x1b[?2004l";

const pastes = new LongPastes();

/** The answer that a line of a prompt on {@link promptKeys} stands for. */
export function meantBy(line: string): string {
  return pastes.meant(line);
}

let keys: Promise<Readable> | undefined;

/**
 * What is typed at this terminal, for prompts to read in place of stdin: of a paste all lines stay in
 * the one answer. There is one for the process, as there is one stdin.
 */
export function promptKeys(): Promise<Readable> {
  return keys ??= openKeys();
}

async function openKeys(): Promise<Readable> {
  const { Readable } = await import("node:stream");
  const { stdin, stderr } = await import("node:process");
  const lines = new PastedLines();
  const decoder = new TextDecoder();
  let timer: number | undefined;
  const input = new Readable({ read() {} });
  const pass = (text: string) => {
    if (text !== "") input.push(text);
  };
  const onData = (chunk: Uint8Array | string) => {
    clearTimeout(timer);
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    pass(pastes.shown(lines.take(text)));
    timer = setTimeout(() => pass(lines.quiet()), PASTE_MS);
  };
  let reads = false;
  input.on("resume", () => {
    if (reads) return;
    reads = true;
    stdin.on("data", onData);
    stdin.resume();
    if (stderr.isTTY) stderr.write(MARK_PASTES);
  });
  input.on("pause", () => {
    if (!reads) return;
    reads = false;
    stdin.off("data", onData);
    stdin.pause();
    if (stderr.isTTY) stderr.write(MARK_NONE);
  });
  return Object.assign(input, {
    isTTY: true,
    setRawMode: (raw: boolean) => stdin.setRawMode?.(raw),
  });
}
