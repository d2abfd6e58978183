import { assertEquals, assertRejects } from "@std/assert";
import { MAIN_TOKENS, type ModelServer, type Script, startModelServer } from "./model_server.ts";

async function withServer(script: Script, body: (server: ModelServer) => Promise<void>) {
  const server = await startModelServer({ script });
  try {
    await body(server);
  } finally {
    await server.close();
  }
}

function post(server: ModelServer, path: string, body: unknown, signal?: AbortSignal) {
  return fetch(server.url + path, { method: "POST", body: JSON.stringify(body), signal });
}

const CHAT_TOOLS = [{ type: "function", function: { name: "bash" } }];
const CHAT = { model: "m", messages: [{ role: "user", content: "hi" }], tools: CHAT_TOOLS };

Deno.test("model server: answers whole and streamed in all three dialects", async () => {
  await withServer([{ text: "Hello" }], async (server) => {
    const bodies = {
      "/v1/chat/completions": CHAT,
      "/v1/responses": { model: "m", input: "hi", tools: [{ name: "shell" }] },
      "/v1/messages": { model: "m", messages: [], tools: [{ name: "Bash" }] },
    };
    for (const [path, body] of Object.entries(bodies)) {
      const whole = await (await post(server, path, body)).text();
      const streamed = await (await post(server, path, { ...body, stream: true })).text();
      assertEquals(JSON.parse(whole).model, "m");
      for (const text of [whole, streamed]) assertEquals(text.includes("Hello"), true, text);
      assertEquals(streamed.startsWith("data: ") || streamed.startsWith("event: "), true);
    }
    assertEquals(server.of("main").length, 6);
  });
});

Deno.test("model server: takes turns in order, repeats the last, and gives no turn to a title request", async () => {
  await withServer([{ shell: "true" }, { status: 500 }], async (server) => {
    const first = await (await post(server, "/v1/chat/completions", CHAT)).json();
    assertEquals(first.choices[0].message.tool_calls[0].function.name, "bash");
    assertEquals(
      first.usage.completion_tokens_details.reasoning_tokens,
      MAIN_TOKENS.reasoning,
    );
    const title = await post(server, "/v1/chat/completions", { ...CHAT, tools: [] });
    assertEquals((await title.json()).choices[0].message.content, "A title");
    for (let n = 0; n < 2; n++) {
      const response = await post(server, "/v1/chat/completions", CHAT);
      await response.body?.cancel();
      assertEquals(response.status, 500);
    }
    assertEquals(server.requests.map(({ kind }) => kind), ["main", "title", "main", "main"]);
    assertEquals(server.of("main").map(({ seen }) => seen?.index), [0, 1, 2]);
  });
});

Deno.test("model server: a cut stream breaks off after its text", async () => {
  await withServer([{ cut: "Half" }], async (server) => {
    const response = await post(server, "/v1/chat/completions", { ...CHAT, stream: true });
    let seen = "";
    await assertRejects(async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) seen += chunk;
    });
    assertEquals(seen.includes("Half"), true);
    assertEquals(seen.includes("[DONE]"), false);
  });
});

Deno.test("model server: hangs where it was told to, and closes all the same", async () => {
  const server = await startModelServer({ script: [{ hang: "after_headers" }] });
  const response = await post(server, "/v1/chat/completions", { ...CHAT, stream: true });
  assertEquals(response.status, 200);
  server.setScript([{ hang: "before_headers" }]);
  const silent = assertRejects(() =>
    post(server, "/v1/chat/completions", CHAT, AbortSignal.timeout(300))
  );
  await silent;
  await response.body?.cancel();
  await server.close();
});

Deno.test("model server: a script can be a function of what the agent has said and seen", async () => {
  await withServer(
    (request) => request.results.length === 0 ? { shell: "echo one" } : { text: "Seen it" },
    async (server) => {
      const asked = await (await post(server, "/v1/chat/completions", CHAT)).json();
      assertEquals(asked.choices[0].finish_reason, "tool_calls");
      const messages = [
        ...CHAT.messages,
        asked.choices[0].message,
        { role: "tool", content: "one", tool_call_id: "x" },
      ];
      const told = await (await post(server, "/v1/chat/completions", { ...CHAT, messages })).json();
      assertEquals(told.choices[0].message.content, "Seen it");
      assertEquals(server.of("main")[1]?.seen?.results, ["one"]);
    },
  );
});
