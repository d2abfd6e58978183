import { assert, assertEquals } from "@std/assert";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { lineTransport } from "../../../lib/mcp/line_transport.ts";

/** A transport over a stream of the test's own; its clock lets time pass at once, or never. */
function bench(write: (line: string) => Promise<void>, time: "stands" | "flies" = "stands") {
  let input: ReadableStreamDefaultController<Uint8Array>;
  const readable = new ReadableStream<Uint8Array>({
    start: (controller) => void (input = controller),
  });
  const clock = {
    now: () => new Date(0),
    monotonicMs: () => 0,
    sleep: () => time === "flies" ? Promise.resolve() : new Promise<void>(() => {}),
  };
  const transport = lineTransport({ input: readable, write, clock });
  const heard: JSONRPCMessage[] = [];
  transport.onmessage = (message) => heard.push(message);
  const send = (text: string) => input.enqueue(new TextEncoder().encode(text));
  return { transport, heard, send, end: () => input.close() };
}

/** Whatever can be read without more being written is heard after these turns. */
const turns = () => new Promise((done) => setTimeout(done, 0));

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}\n';
const ANSWER: JSONRPCMessage = { jsonrpc: "2.0", id: 1, result: {} };

Deno.test("after the end of input, what was asked is waited for until it is written", async () => {
  const gate = Promise.withResolvers<void>();
  const lines: string[] = [];
  const { transport, send, end } = bench(async (line) => {
    await gate.promise;
    lines.push(line);
  });
  await transport.start();
  send(PING);
  end();
  await turns();
  let over = false;
  const ended = transport.ended.then(() => over = true);
  const sent = transport.send(ANSWER);
  await turns();
  assert(!over, "the answer is not written yet");
  gate.resolve();
  await Promise.all([sent, ended]);
  assertEquals(lines, [`${JSON.stringify(ANSWER)}\n`]);
});

Deno.test("it ends when nobody reads the answers, though more may be asked", async () => {
  const { transport, send, end } = bench(() => Promise.reject(new Deno.errors.BrokenPipe()));
  await transport.start();
  send(PING);
  await transport.send(ANSWER);
  await transport.ended;
  end();
});

Deno.test("no more is done while megabytes of answers wait for their reader", async () => {
  const gate = Promise.withResolvers<void>();
  const { transport, heard, send, end } = bench(() => gate.promise);
  await transport.start();
  const sent = transport.send({ ...ANSWER, result: { text: "x".repeat(17 * 1024 * 1024) } });
  for (let count = 0; count < 5; count++) send(PING);
  await turns();
  assert(heard.length <= 1, `${heard.length} were done`);
  gate.resolve();
  await sent;
  await turns();
  assertEquals(heard.length, 5);
  end();
  await transport.send(ANSWER);
  await transport.ended;
});

Deno.test("the end of input is seen behind megabytes of answers that nobody reads", async () => {
  const { transport, heard, send, end } = bench(() => new Promise(() => {}), "flies");
  await transport.start();
  transport.send({ ...ANSWER, result: { text: "x".repeat(17 * 1024 * 1024) } });
  for (let count = 0; count < 5; count++) send(PING);
  await turns();
  end();
  await transport.ended;
  assert(heard.length <= 1, `${heard.length} were done`);
});

Deno.test("a host that only ever asks and reads no answer is let go", async () => {
  const { transport, send } = bench(() => new Promise(() => {}), "flies");
  await transport.start();
  transport.send({ ...ANSWER, result: { text: "x".repeat(17 * 1024 * 1024) } });
  for (let count = 0; count < 18; count++) send(`${" ".repeat(1024 * 1024)}\n`);
  await transport.ended;
});

Deno.test("an answer that is none is heard as one that failed, and is not answered", async () => {
  const lines: string[] = [];
  const { transport, heard, send, end } = bench((line) => Promise.resolve(void lines.push(line)));
  await transport.start();
  send('{"jsonrpc":"2.0","id":0,"result":"x"}\n{"jsonrpc":"2.0","id":null,"error":"x"}\n');
  send('{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}\n');
  end();
  await transport.ended;
  assertEquals(heard.map((one) => "error" in one && one.id), [0]);
  assertEquals(lines.map((line) => line.split(",")[1]), ['"id":9007199254740993']);
});
