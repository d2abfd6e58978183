import { clip } from "./clip.ts";
import { asNumber, asObject, asText, type JsonObject, parseJsonLine } from "./json_line.ts";
import { scrub } from "./scrub.ts";

/** What an `error` line of OpenCode says, without the provider's headers and body. */
export interface OpenCodeError {
  /** Name, status, message and the body's error code: what the failure rules are tested on. */
  text: string;
  /** Set where the reason stands only in OpenCode's log. */
  ref?: string;
  /** Seconds, from the provider's header. */
  retryAfterSeconds?: number;
}

/** Names of errors that say something beyond their message. */
const TELLING = new Set(["ContextOverflowError", "ContentFilterError", "ProviderAuthError"]);

/** Reads the `error` member of an `error` line. */
export function readOpenCodeError(value: unknown): OpenCodeError {
  const error = asObject(value);
  const data = asObject(error?.data);
  const name = asText(error?.name) ?? "Error";
  const message = asText(data?.message) ?? asText(error?.message) ?? name;
  const status = asNumber(data?.statusCode);
  const inner = parseJsonLine(message);
  const said = inner ? innerMessage(inner) ?? message : message;
  const words = [inner, bodyError(data)].flatMap(codes);
  const ref = asText(data?.ref);
  const wait = asNumber(Number(asObject(data?.responseHeaders)?.["retry-after"]));
  return {
    text: clip(
      scrub(
        (TELLING.has(name) ? `${name}: ` : "") +
          (status === undefined ? "" : `HTTP ${status}: `) + said +
          (words.length === 0 ? "" : ` (${[...new Set(words)].join(", ")})`),
      ),
      400,
    ),
    ...(ref === undefined ? {} : { ref }),
    ...(wait === undefined || wait <= 0 ? {} : { retryAfterSeconds: Math.ceil(wait) }),
  };
}

function innerMessage(inner: JsonObject): string | undefined {
  return asText(inner.message) ?? asText(asObject(inner.error)?.message);
}

function bodyError(data: JsonObject | undefined): JsonObject | undefined {
  const body = asText(data?.responseBody);
  return body === undefined ? undefined : asObject(parseJsonLine(body)?.error);
}

/** Only short words come out of a provider's body: the rest may hold anything. */
function codes(error: JsonObject | undefined): string[] {
  return [error?.code, error?.type].map(String).filter((word) =>
    /^[\w.-]{3,40}$/.test(word) && word !== "undefined" && word !== "null"
  );
}
