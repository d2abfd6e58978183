import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";

/** What a line brought. */
export type ReadMessage =
  | { is: "message"; message: JSONRPCMessage }
  /** To be answered by an error; `id` as it was written, or null. */
  | { is: "refused"; code: number; text: string; id: unknown }
  /** An answer to nothing that was asked: nobody is told, for an answer is never answered. */
  | { is: "ignored" };

/**
 * Reads a line. What the package would drop without a word is refused here by its id: a host that is
 * never answered waits. An answer that is none counts as one that failed, so that whoever asked goes
 * on at once; an error in return would be taken for the answer to the host's own call of that id.
 */
export function readMessage(line: string): ReadMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return {
      is: "refused",
      code: ProtocolErrorCode.ParseError,
      text: "Message is no JSON",
      id: null,
    };
  }
  if (isMessage(value)) return { is: "message", message: value };
  if (isAnswer(value)) {
    if (!isId(value.id)) return { is: "ignored" };
    const error = {
      code: ProtocolErrorCode.InvalidRequest,
      message: "The answer is no JSON-RPC 2.0 message",
    };
    return { is: "message", message: { jsonrpc: "2.0", id: value.id, error } };
  }
  const id = isRecord(value) ? writtenId(value, line) : null;
  const text = isRecord(value) && typeof value.id === "number" && !isId(value.id)
    ? "The id is no whole number that can be told from its neighbours, and no text"
    : "Message is no single JSON-RPC 2.0 message";
  return { is: "refused", code: ProtocolErrorCode.InvalidRequest, text, id };
}

function isMessage(value: unknown): value is JSONRPCMessage {
  return isJSONRPCRequest(value) || isJSONRPCNotification(value) ||
    isJSONRPCResultResponse(value) || isJSONRPCErrorResponse(value);
}

function isAnswer(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !("method" in value) && ("result" in value || "error" in value);
}

/** An id to answer to: a number as its digits, for one beyond 2^53 would come back as another. */
function writtenId(message: Record<string, unknown>, line: string): unknown {
  const { id } = message;
  if (typeof id === "string") return id;
  if (typeof id !== "number") return null;
  if (isId(id)) return id;
  const written = new Map<object, string>();
  const root = JSON.parse(
    line,
    function (this: object, key: string, value: unknown, context?: { source?: string }) {
      if (key === "id" && context?.source !== undefined) written.set(this, context.source);
      return value;
    } as (key: string, value: unknown) => unknown,
  );
  const digits = written.get(root);
  return digits === undefined ? null : raw(digits);
}

/** A number that is written as it was read; the library's types do not know of it yet. */
function raw(digits: string): unknown {
  return (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON(digits);
}

function isId(value: unknown): value is string | number {
  return typeof value === "string" || Number.isSafeInteger(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
