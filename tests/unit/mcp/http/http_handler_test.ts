import { assert, assertEquals, assertMatch } from "@std/assert";
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { type HttpHandler, httpHandler } from "../../../../lib/mcp/http/http_handler.ts";
import { HANDSHAKE, MODERN_META } from "../../../helpers/mcp_messages.ts";

const TOKEN = "a-token-that-nobody-guesses";
const URL_OF = "http://127.0.0.1:7717/mcp";

/** An endpoint with a tool that asks the client for a name in the middle of the call. */
function endpoint(): HttpHandler {
  let id = 0;
  return httpHandler(() => {
    const server = new McpServer({ name: "test", version: "1" });
    server.registerTool("greet", { inputSchema: z.object({}) }, async (_input, context) => {
      const answer = await context.mcpReq.send({
        method: "elicitation/create",
        params: { message: "Who?", requestedSchema: { type: "object", properties: {} } },
      });
      return { content: [{ type: "text", text: JSON.stringify(answer) }] };
    });
    return server;
  }, { token: TOKEN, newId: () => `session-${++id}`, onerror: (error) => console.error(error) });
}

interface Asked {
  headers?: Record<string, string>;
  method?: string;
  body?: unknown;
  url?: string;
}

function ask(handler: HttpHandler, asked: Asked = {}): Promise<Response> {
  const { body = rpc("tools/list", {}), method = "POST" } = asked;
  return handler.fetch(
    new Request(asked.url ?? URL_OF, {
      method,
      headers: {
        host: "127.0.0.1:7717",
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...asked.headers,
      },
      ...(method === "POST"
        ? { body: typeof body === "string" ? body : JSON.stringify(body) }
        : {}),
    }),
  );
}

function rpc(method: string, params: unknown, id: number | undefined = 1) {
  return { jsonrpc: "2.0", id, method, params };
}

const handshake = (capabilities: unknown = {}) => rpc("initialize", { ...HANDSHAKE, capabilities });

for (
  const [what, asked, status] of [
    ["a name that a page has resolved to this machine", { headers: { host: "evil.example" } }, 421],
    ["no name", { headers: { host: "" } }, 421],
    ["a page of somebody else", { headers: { origin: "https://evil.example" } }, 403],
    ["a page without an origin", { headers: { origin: "null" } }, 403],
    ["no token", { headers: { authorization: "" } }, 401],
    ["a wrong token", { headers: { authorization: `Bearer ${TOKEN}x` } }, 401],
    ["a part of the token", { headers: { authorization: "Bearer a-token" } }, 401],
    ["the token in another way", { headers: { authorization: `Basic ${TOKEN}` } }, 401],
    ["another path", { url: "http://127.0.0.1:7717/" }, 404],
    ["another type", { headers: { "content-type": "text/plain" } }, 415],
    ["no JSON", { body: "{" }, 400],
    ["more than a message holds", { body: `"${"x".repeat(5 * 1024 * 1024)}"` }, 413],
    ["a session that is not there", { headers: { "mcp-session-id": "session-9" } }, 404],
    ["a request before a handshake", {}, 400],
    ["a stream without a session", { method: "GET" }, 405],
    ["a method that is none", { method: "PUT" }, 405],
  ] as const satisfies readonly (readonly [string, Asked, number])[]
) {
  Deno.test(`${what} is refused with ${status}, as an error of the protocol`, async () => {
    const handler = endpoint();
    const answer = await ask(handler, asked);
    assertEquals(answer.status, status);
    const { error } = await answer.json();
    assertEquals(typeof error.code, "number");
    assert(!JSON.stringify(error).includes(TOKEN));
    assertEquals(answer.headers.has("www-authenticate"), status === 401);
    await handler.close();
  });
}

Deno.test("a page of this machine that knows the token is let in", async () => {
  const handler = endpoint();
  const headers = { host: "localhost:9000", origin: "http://localhost:3000" };
  const answer = await ask(handler, { headers, body: handshake() });
  assertEquals(answer.status, 200);
  await answer.body?.cancel();
  await handler.close();
});

Deno.test("the new revision is answered one request at a time, without a session", async () => {
  const handler = endpoint();
  const answer = await ask(handler, {
    headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list" },
    body: rpc("tools/list", { _meta: MODERN_META }),
  });
  const { result } = await answer.json();
  assertEquals([result.resultType, result.tools.length], ["complete", 1]);
  assertEquals(answer.headers.get("mcp-session-id"), null);
  await handler.close();
});

Deno.test("in a session a tool asks the client in the middle of its call, and hears the answer", async () => {
  const handler = endpoint();
  const shaken = await ask(handler, { body: handshake({ elicitation: {} }) });
  const session = shaken.headers.get("mcp-session-id") ?? "";
  assertMatch(session, /^session-\d+$/);
  await shaken.body?.cancel();
  const headers = { "mcp-session-id": session, "mcp-protocol-version": "2025-11-25" };
  const call = await ask(handler, {
    headers,
    body: rpc("tools/call", { name: "greet", arguments: {} }, 2),
  });
  const events = messagesOf(call);
  const question = (await events.next()).value;
  assertEquals(question.method, "elicitation/create");
  const result = { action: "accept", content: { name: "Ada" } };
  const took = await ask(handler, { headers, body: { jsonrpc: "2.0", id: question.id, result } });
  assertEquals(took.status, 202);
  const answer = (await events.next()).value;
  assertEquals(JSON.parse(answer.result.content[0].text), result);
  const ended = await ask(handler, { headers, method: "DELETE" });
  assertEquals(ended.status, 200);
  assertEquals((await ask(handler, { headers })).status, 404, "its session is over");
  await handler.close();
});

Deno.test("sessions are bounded: the one that was silent longest gives way", async () => {
  const handler = endpoint();
  const open = async () => {
    const answer = await ask(handler, { body: handshake() });
    await answer.body?.cancel();
    return { "mcp-session-id": answer.headers.get("mcp-session-id") ?? "" };
  };
  const [first, second] = [await open(), await open()];
  for (let count = 2; count < 64; count++) await open();
  const used = await ask(handler, { headers: first });
  assertEquals(used.status, 200);
  await used.body?.cancel();
  await open();
  assertEquals((await ask(handler, { headers: second })).status, 404);
  const still = await ask(handler, { headers: first });
  assertEquals(still.status, 200);
  await still.body?.cancel();
  await handler.close();
});

// deno-lint-ignore no-explicit-any -- what a test looks at is what a test is about
async function* messagesOf(response: Response): AsyncGenerator<any> {
  let rest = "";
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}
