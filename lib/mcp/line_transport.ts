import { ProtocolErrorCode, type Transport } from "@modelcontextprotocol/server";
import type { Clock } from "../kernel/clock.ts";
import { lookAhead } from "./look_ahead.ts";
import { readMessage } from "./read_message.ts";

/** What a line transport is made of. */
export interface LineTransportParts {
  /** Lines of JSON, as they come. */
  input: ReadableStream<Uint8Array>;
  /** Takes whole lines, line break included; throws when nobody reads them any more. */
  write(line: string): Promise<void>;
  clock: Clock;
}

/** A transport, and when there is nothing more to come. */
export interface LineTransport extends Transport {
  /**
   * Settles after the end of input, when what was asked before it is answered, and at once when
   * nobody reads the answers any more.
   */
  readonly ended: Promise<void>;
}

/** More than any call of ours holds; a longer line is skipped while it comes, and answered. */
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;

/** At the end of input a host waits about two seconds for a server before it kills it. */
const LAST_ANSWERS_MS = 1_500;

/** Answers that a host has not read yet, in characters: beyond it no more of what it asks is done. */
const MOST_UNREAD = 16 * 1024 * 1024;

/** What such a host asks meanwhile, in bytes: beyond it, it is taken for one that never reads. */
const MOST_ASKED_BYTES = 16 * 1024 * 1024;

/**
 * MCP over lines of JSON. Instead of the package's own, which ends the connection at a message that
 * is too long and says nothing to one that is no JSON: here both are answered, and the next is read.
 */
export function lineTransport(parts: LineTransportParts): LineTransport {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const done = new AbortController();
  const unanswered = new Set<string | number>();
  let closed = false;
  let unread = 0;
  let written: Promise<void> = Promise.resolve();
  let onIdle = () => {};
  const settle = (id: unknown) => {
    unanswered.delete(id as string);
    if (unanswered.size === 0) onIdle();
  };
  const write = async (message: unknown) => {
    if (closed) return;
    const line = `${JSON.stringify(message)}\n`;
    unread += line.length;
    try {
      await (written = parts.write(line));
    } catch {
      // Its reader is gone, and with it everyone who could be told so.
      closed = true;
      end();
    }
    unread -= line.length;
  };
  const refuse = (code: number, text: string, id: unknown = null) => {
    write({ jsonrpc: "2.0", id, error: { code, message: text } });
  };

  const transport: LineTransport = {
    ended,
    start() {
      read().catch((error) => transport.onerror?.(asError(error))).finally(() => {
        done.abort();
        end();
      });
      return Promise.resolve();
    },
    async send(message) {
      await write(message);
      if ("id" in message && !("method" in message)) settle(message.id);
    },
    close() {
      if (!closed) transport.onclose?.();
      closed = true;
      done.abort();
      return Promise.resolve();
    },
  };
  return transport;

  async function read(): Promise<void> {
    const { chunks, over } = lookAhead(parts.input, MOST_ASKED_BYTES);
    // The end of input counts at once, however much of it waits for answers to be read first.
    const patience = over.then(() => parts.clock.sleep(LAST_ANSWERS_MS, done.signal));
    await Promise.race([answerAll(chunks), patience]);
  }

  async function answerAll(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const line of lines(chunks)) {
      if (closed) return;
      if (line === undefined) {
        refuse(
          ProtocolErrorCode.InvalidRequest,
          `Message is longer than ${LONGEST_LINE_BYTES} bytes`,
        );
      } else if (line.trim() !== "") receive(line);
      while (unread > MOST_UNREAD && !closed) await settled(written);
    }
    const idle = new Promise<void>((done) => onIdle = done);
    if (unanswered.size === 0) onIdle();
    await idle;
    await settled(written);
  }

  function receive(line: string): void {
    const read = readMessage(line);
    if (read.is === "refused") return refuse(read.code, read.text, read.id);
    if (read.is === "ignored") return;
    const { message } = read;
    if ("method" in message && "id" in message) unanswered.add(message.id);
    if ("method" in message && message.method === "notifications/cancelled") {
      settle(message.params?.requestId);
    }
    transport.onmessage?.(message);
  }
}

/** Waits for a write; whether it failed, its writer has seen. */
async function settled(write: Promise<void>): Promise<void> {
  await Promise.allSettled([write]);
}

/** Lines without their breaks; undefined for one that is too long. The last may lack its break. */
async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder();
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const take = () => {
    const line = bytes > LONGEST_LINE_BYTES ? undefined : decoder.decode(joined(pieces));
    [pieces, bytes] = [[], 0];
    return line;
  };
  const add = (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > LONGEST_LINE_BYTES) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of input) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, to));
      yield take();
      from = to + 1;
    }
    add(chunk.slice(from));
  }
  if (bytes > 0) yield take();
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
