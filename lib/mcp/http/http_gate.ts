import {
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from "@modelcontextprotocol/server";

/** The one path that is served. */
export const MCP_PATH = "/mcp";

const SERVER_ERROR = -32000;

/**
 * The answer to a request that is not let in, or undefined. Listening on loopback alone is no wall:
 * a page in a browser can send requests there, under a name of its own that it has resolved to this
 * machine. So the name must be one of this machine's (421), the page, if there is one, must be
 * too (403), and whoever asks must know the token (401).
 */
export function refusal(request: Request, token: string): Response | undefined {
  const host = validateHostHeader(request.headers.get("host"), localhostAllowedHostnames());
  if (!host.ok) return rpcError(421, host.message);
  const origin = validateOriginHeader(request.headers.get("origin"), localhostAllowedOrigins());
  if (!origin.ok) return rpcError(403, origin.message);
  if (new URL(request.url).pathname !== MCP_PATH) {
    return rpcError(404, `There is nothing but ${MCP_PATH}`);
  }
  if (!isBearer(request.headers.get("authorization"), token)) {
    const headers = { "WWW-Authenticate": 'Bearer realm="ouroboros"' };
    return rpcError(401, "The token is missing or wrong", { headers });
  }
  return undefined;
}

/** An answer that says what was wrong with a request as a whole. */
export function rpcError(
  status: number,
  message: string,
  options: { code?: number; headers?: Record<string, string> } = {},
): Response {
  const error = { code: options.code ?? SERVER_ERROR, message };
  return Response.json({ jsonrpc: "2.0", id: null, error }, {
    status,
    headers: options.headers ?? {},
  });
}

/** Takes equally long wherever the first difference is. */
function isBearer(header: string | null, token: string): boolean {
  const given = new TextEncoder().encode(/^bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? "");
  const wanted = new TextEncoder().encode(token);
  let difference = given.length ^ wanted.length;
  for (let index = 0; index < wanted.length; index++) {
    difference |= (given[index] ?? 0) ^ wanted[index]!;
  }
  return difference === 0 && wanted.length > 0;
}
