import { fromFileUrl } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";

/** Without a byte in this time, in milliseconds, a download has ended. */
const SILENCE_MS = 60_000;

/** What a download is given. */
export interface DownloadOptions {
  maxBytes: number;
  signal: AbortSignal;
  /** Called when the answer begins, with its length where it is told. */
  onStart?(bytes: number | null): void;
}

/**
 * The bytes of a file or an address. Errors: not_found, connection_failed (unreachable, cut, silent
 * for a minute), output_limit, not_allowed (a host that this program may not connect to), cancelled.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  if (url.protocol === "file:") return await readLocal(url, options);
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const signal = AbortSignal.any([options.signal, silence.signal]);
    const answer = await fetch(url, { signal });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      throw refusal(url, answer.status);
    }
    const length = Number.parseInt(answer.headers.get("content-length") ?? "", 10);
    options.onStart?.(Number.isNaN(length) ? null : length);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for await (const part of answer.body) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      bytes += part.length;
      if (bytes > options.maxBytes) throw tooLarge(url, options.maxBytes);
      parts.push(part);
    }
    return await new Blob(parts).bytes();
  } catch (error) {
    if (error instanceof OuroborosError) throw error;
    throw failure(url, error, options.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function readLocal(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  const path = fromFileUrl(url);
  try {
    const { size } = await Deno.stat(path);
    if (size > options.maxBytes) throw tooLarge(url, options.maxBytes);
    options.onStart?.(size);
    return await Deno.readFile(path, { signal: options.signal });
  } catch (error) {
    if (error instanceof OuroborosError) throw error;
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!gone && options.signal.aborted) throw failure(url, error, options.signal);
    throw new OuroborosError({
      code: gone ? "not_found" : "unreadable",
      message: gone ? `There is no file "${path}"` : `Read "${path}": ${messageOf(error)}`,
      cause: error,
    });
  }
}

function refusal(url: URL, status: number): OuroborosError {
  const missing = status >= 400 && status < 500;
  return new OuroborosError({
    code: missing ? "not_found" : "connection_failed",
    message: missing
      ? `There is no "${url}" (HTTP ${status})`
      : `Download "${url}": HTTP ${status}`,
    retryable: !missing,
  });
}

function failure(url: URL, error: unknown, signal: AbortSignal): OuroborosError {
  if (signal.aborted) {
    return new OuroborosError({ code: "cancelled", message: "Update: interrupted", cause: error });
  }
  if (error instanceof Deno.errors.NotCapable) {
    return new OuroborosError({
      code: "not_allowed",
      message:
        `Download "${url}": this program may connect to the release host and this machine only`,
      hint:
        `Download the archive and checksums.txt into one folder, then: ouroboros update --from FOLDER`,
      cause: error,
    });
  }
  return new OuroborosError({
    code: "connection_failed",
    message: `Download "${url}": ${messageOf(error)}`,
    hint: `Where only another program gets through: ouroboros update --from FOLDER`,
    retryable: true,
    cause: error,
  });
}

function tooLarge(url: URL, maxBytes: number): OuroborosError {
  return new OuroborosError({
    code: "output_limit",
    message: `Download "${url}": larger than ${maxBytes} bytes`,
  });
}
