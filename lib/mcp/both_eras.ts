import {
  type JSONRPCMessage,
  type McpServerFactory,
  PROTOCOL_VERSION_META_KEY,
  type Transport,
  UnsupportedProtocolVersionError,
} from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { readableError } from "./readable_error.ts";

/** One connection of the package's: all that it hears is of one era. */
interface Lane {
  hear(message: JSONRPCMessage): void;
  close(): Promise<void>;
}

/** Revisions that a request may name, as the package's `server/discover` lists them. */
const MODERN_VERSIONS: readonly string[] = ["2026-07-28"];

type Meta = Record<string, unknown>;

/**
 * Serves the revisions of 2025 and that of 2026 on one connection, in any order. The package alone
 * stays with the era of the first message, and there are hosts that ask in the new one and then shake
 * hands in the old one: so each era has a lane of its own, and a request goes where its envelope
 * says. `initialize` is a handshake whatever came before it.
 */
export function serveBothEras(
  factory: McpServerFactory,
  parts: { wire: Transport; onerror(error: Error): void },
): { close(): Promise<void> } {
  const { wire, onerror } = parts;
  let [old, modern]: (Lane | undefined)[] = [];
  /** Envelopes of what the lane of 2026 has not answered yet. */
  const asked = new Map<string | number, Meta>();

  wire.onerror = onerror;
  wire.onmessage = (message) => {
    const meta = metaOf(message);
    const claims = meta !== undefined && PROTOCOL_VERSION_META_KEY in meta;
    if ("method" in message && message.method === "initialize") {
      (old ??= openLane()).hear(claims ? withoutClaim(message, meta) : message);
    } else if (claims) {
      if ("id" in message && message.id !== undefined) {
        const refusal = refusedVersion(message.id, meta[PROTOCOL_VERSION_META_KEY]);
        if (refusal !== undefined) return void wire.send(refusal).catch(onerror);
        asked.set(message.id, meta);
      }
      (modern ??= openLane()).hear(message);
    } else {
      const id = cancelledId(message);
      const envelope = id === undefined ? undefined : asked.get(id);
      if (id === undefined || envelope === undefined) return (old ??= openLane()).hear(message);
      // A cancelled request gets no answer.
      asked.delete(id);
      modern?.hear(withMeta(message, envelope));
    }
  };
  wire.start().catch(onerror);

  return {
    async close() {
      await Promise.all([old?.close(), modern?.close()]);
      await wire.close();
    },
  };

  function openLane(): Lane {
    const transport: Transport = {
      start: () => Promise.resolve(),
      send(message) {
        if (!("method" in message) && message.id !== undefined) asked.delete(message.id);
        return wire.send(readableError(message));
      },
      close() {
        transport.onclose?.();
        return Promise.resolve();
      },
    };
    const handle = serveStdio(factory, { transport, onerror });
    return { hear: (message) => transport.onmessage?.(message), close: () => handle.close() };
  }
}

/** The answer to a request of a revision that nobody here speaks; the package serves it as its own. */
function refusedVersion(id: string | number, version: unknown): JSONRPCMessage | undefined {
  // What is no text at all, the package refuses itself.
  if (typeof version !== "string" || MODERN_VERSIONS.includes(version)) return;
  const { code, message, data } = new UnsupportedProtocolVersionError({
    supported: [...MODERN_VERSIONS],
    requested: version,
  });
  return { jsonrpc: "2.0", id, error: { code, message, data } };
}

/** The request that is to be cancelled: a cancel need not carry an envelope itself. */
function cancelledId(message: JSONRPCMessage): string | number | undefined {
  if (!("method" in message) || message.method !== "notifications/cancelled") return undefined;
  const id = message.params?.requestId;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

function metaOf(message: JSONRPCMessage): Meta | undefined {
  const meta: unknown = "method" in message ? message.params?._meta : undefined;
  return typeof meta === "object" && meta !== null ? meta as Meta : undefined;
}

function withoutClaim(message: JSONRPCMessage, meta: Meta): JSONRPCMessage {
  const { [PROTOCOL_VERSION_META_KEY]: _claim, ...rest } = meta;
  return withMeta(message, rest);
}

function withMeta(message: JSONRPCMessage, meta: Meta): JSONRPCMessage {
  if (!("method" in message)) return message;
  return { ...message, params: { ...message.params, _meta: meta } } as JSONRPCMessage;
}
