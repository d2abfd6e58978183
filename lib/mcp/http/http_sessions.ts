import {
  isInitializeRequest,
  type McpServerFactory,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { rpcError } from "./http_gate.ts";

/** Clients of 2025 over HTTP. */
export interface HttpSessions {
  /** `body` is what was posted, already read. */
  fetch(request: Request, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** A session costs little; whoever opens more than this has lost the older ones. */
const MOST_SESSIONS = 64;

const SESSION_HEADER = "mcp-session-id";

/**
 * A session for each handshake: only so can a tool ask the client something in the middle of a call,
 * as the revisions of 2025 have it. The one that was silent longest gives way; its client is told
 * 404 and shakes hands again.
 */
export function httpSessions(factory: McpServerFactory, newId: () => string): HttpSessions {
  /** In the order of their last use. */
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();

  return {
    async fetch(request, body) {
      const id = request.headers.get(SESSION_HEADER);
      const known = id === null ? undefined : sessions.get(id);
      if (id !== null && known === undefined) return rpcError(404, "There is no such session");
      if (known !== undefined && id !== null) {
        sessions.delete(id);
        sessions.set(id, known);
        return await known.handleRequest(request, { parsedBody: body });
      }
      if (request.method !== "POST") {
        return rpcError(405, "Method not allowed", { headers: { Allow: "POST" } });
      }
      if (!isInitializeRequest(body)) return rpcError(400, "Shake hands first: send initialize");
      const transport = await open(request);
      return await transport.handleRequest(request, { parsedBody: body });
    },
    async close() {
      await Promise.all([...sessions.values()].map((one) => one.close()));
    },
  };

  async function open(request: Request): Promise<WebStandardStreamableHTTPServerTransport> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: newId,
      async onsessioninitialized(id) {
        sessions.set(id, transport);
        const [[oldest = "", silent] = []] = sessions;
        if (sessions.size <= MOST_SESSIONS) return;
        sessions.delete(oldest);
        await silent?.close();
      },
    });
    const server = await factory({ era: "legacy", requestInfo: request });
    // The transport's close goes through the server's, which chains what stood there before.
    transport.onclose = () => {
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
    };
    await server.connect(transport);
    return transport;
  }
}
