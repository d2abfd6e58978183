import { assertEquals } from "@std/assert";
import { type JSONRPCMessage, McpServer, type Transport } from "@modelcontextprotocol/server";
import { z } from "zod";
import { serveBothEras } from "../../../lib/mcp/both_eras.ts";
import { HANDSHAKE, MODERN_META } from "../../helpers/mcp_messages.ts";

/** A server with one tool that waits until its call is cancelled, and a client by hand. */
function connection() {
  const cancelled: unknown[] = [];
  const waiting = new Map<unknown, (message: JSONRPCMessage) => void>();
  const wire: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send(message) {
      if ("id" in message) waiting.get(message.id)?.(message);
      return Promise.resolve();
    },
  };
  const started = Promise.withResolvers<void>();
  const handle = serveBothEras(({ era }) => {
    const server = new McpServer({ name: era, version: "1" });
    server.registerTool(
      "wait",
      { inputSchema: z.object({}) },
      (_input, context) =>
        new Promise((done) => {
          context.mcpReq.signal.addEventListener("abort", () => {
            cancelled.push(era);
            done({ content: [] });
          });
          started.resolve();
        }),
    );
    return server;
  }, { wire, onerror: (error) => console.error(error) });
  const hear = (message: unknown) => wire.onmessage?.(message as JSONRPCMessage);
  let id = 0;
  return {
    cancelled,
    started: started.promise,
    close: () => handle.close(),
    tell: (method: string, params: unknown) => hear({ jsonrpc: "2.0", method, params }),
    ask(method: string, params: unknown): Promise<Record<string, unknown>> {
      const mine = ++id;
      return new Promise((answered) => {
        waiting.set(mine, (message) => answered(message as unknown as Record<string, unknown>));
        hear({ jsonrpc: "2.0", id: mine, method, params });
      });
    },
  };
}

const nameOf = (answer: Record<string, unknown>) =>
  (answer.result as { serverInfo?: { name: string } } | undefined)?.serverInfo?.name;

Deno.test("a handshake is answered after requests of the new revision, and the other way round", async () => {
  const client = connection();
  await client.ask("tools/list", { _meta: MODERN_META });
  assertEquals(nameOf(await client.ask("initialize", HANDSHAKE)), "legacy");
  for (const params of [{}, { _meta: MODERN_META }, {}, { _meta: MODERN_META }]) {
    const { result } = await client.ask("tools/list", params);
    const { tools, resultType } = result as { tools: unknown[]; resultType?: string };
    assertEquals([tools.length, resultType], [1, "_meta" in params ? "complete" : undefined]);
  }
  assertEquals(nameOf(await client.ask("initialize", HANDSHAKE)), "legacy", "and again");
  await client.close();
});

Deno.test("a handshake with an envelope is a handshake all the same", async () => {
  const client = connection();
  await client.ask("server/discover", { _meta: MODERN_META });
  assertEquals(
    nameOf(await client.ask("initialize", { ...HANDSHAKE, _meta: MODERN_META })),
    "legacy",
  );
  await client.close();
});

Deno.test("a revision that nobody speaks is refused, with those that are spoken", async () => {
  const client = connection();
  const found = await client.ask("server/discover", { _meta: MODERN_META });
  const supported = (found.result as { supportedVersions: string[] }).supportedVersions
    .filter((version) => version >= "2026");
  for (const requested of ["2031-01-01", "2025-11-25", ""]) {
    const _meta = { ...MODERN_META, "io.modelcontextprotocol/protocolVersion": requested };
    const { error } = await client.ask("tools/list", { _meta });
    const { code, data } = error as { code: number; data: unknown };
    assertEquals([code, data], [-32022, { supported, requested }]);
  }
  assertEquals("result" in await client.ask("tools/list", { _meta: MODERN_META }), true);
  await client.close();
});

for (
  const [era, _meta] of [["modern", MODERN_META], ["legacy", undefined]] as const
) {
  Deno.test(`a cancel without an envelope reaches the call that it names (${era})`, async () => {
    const client = connection();
    await client.ask("initialize", HANDSHAKE);
    client.ask("tools/call", { name: "wait", arguments: {}, ...(_meta ? { _meta } : {}) });
    await client.started;
    client.tell("notifications/cancelled", { requestId: 2 });
    await client.ask("ping", {});
    assertEquals(client.cancelled, [era]);
    await client.close();
  });
}
