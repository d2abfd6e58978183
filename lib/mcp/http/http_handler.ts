import {
  createMcpHandler,
  isJsonContentType,
  isLegacyRequest,
  type McpServerFactory,
  ProtocolErrorCode,
  readRequestBody,
  type ServerNotifier,
} from "@modelcontextprotocol/server";
import { refusal, rpcError } from "./http_gate.ts";
import { httpSessions } from "./http_sessions.ts";

/** What an HTTP endpoint is made of. */
export interface HttpHandlerParts {
  /** Whoever asks must know it. */
  token: string;
  /** An id that cannot be guessed. */
  newId(): string;
  onerror(error: Error): void;
}

/** An endpoint of Streamable HTTP. */
export interface HttpHandler {
  fetch(request: Request): Promise<Response>;
  /** Tells clients of 2026 that listen what has changed. */
  readonly notify: ServerNotifier;
  /** Ends every stream. */
  close(): Promise<void>;
}

/** As on stdin: more than any call of ours holds. */
const LONGEST_BODY_BYTES = 4 * 1024 * 1024;

/** Serves MCP over HTTP, to clients of 2025 in sessions and to those of 2026 one request at a time. */
export function httpHandler(factory: McpServerFactory, parts: HttpHandlerParts): HttpHandler {
  const { onerror } = parts;
  const sessions = httpSessions(factory, parts.newId);
  const modern = createMcpHandler(factory, {
    legacy: "reject",
    maxRequestBodySize: LONGEST_BODY_BYTES,
    onerror,
  });
  return {
    notify: modern.notify,
    async fetch(request) {
      const refused = refusal(request, parts.token);
      if (refused !== undefined) return refused;
      if (request.method !== "POST") return await sessions.fetch(request);
      if (!isJsonContentType(request.headers.get("content-type"))) {
        return rpcError(415, "Content-Type must be application/json");
      }
      const body = await readJson(request);
      if (body instanceof Response) return body;
      return await isLegacyRequest(request, body.json)
        ? await sessions.fetch(request, body.json)
        : await modern.fetch(request, { parsedBody: body.json });
    },
    async close() {
      await Promise.all([sessions.close(), modern.close()]);
    },
  };
}

async function readJson(request: Request): Promise<{ json: unknown } | Response> {
  try {
    const read = await readRequestBody(request, LONGEST_BODY_BYTES);
    if (read.tooLarge) return rpcError(413, `Message is longer than ${LONGEST_BODY_BYTES} bytes`);
    return { json: JSON.parse(read.text) };
  } catch {
    // Cut off, or no JSON: either way there is nothing to be answered by its id.
    return rpcError(400, "Message is no JSON", { code: ProtocolErrorCode.ParseError });
  }
}
