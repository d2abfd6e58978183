import { assertEquals } from "@std/assert";
import { readMessage } from "../../../lib/mcp/read_message.ts";

/** What a refusal says on the wire. */
function refused(line: string): [code: number, id: string] | string {
  const read = readMessage(line);
  return read.is === "refused" ? [read.code, JSON.stringify(read.id)] : read.is;
}

Deno.test("a request that cannot be understood is refused by the id that was written", () => {
  for (
    const [line, code, id] of [
      ["ping", -32700, "null"],
      ["[]", -32600, "null"],
      ['{"id":"a","method":"ping"}', -32600, '"a"'],
      ['{"jsonrpc":"2.0","id":3,"method":5}', -32600, "3"],
      // One more would be the same number, and the host that wrote it would hear of another.
      ['{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', -32600, "9007199254740993"],
      [
        '{"jsonrpc":"2.0","params":{"id":9007199254740995},"method":"ping","id":-9007199254740993}',
        -32600,
        "-9007199254740993",
      ],
      ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, "1.5"],
      // The package drops these without a word.
      ['{"jsonrpc":"2.0","id":4,"method":"ping","params":{"_meta":5}}', -32600, "4"],
      ['{"jsonrpc":"2.0","id":5,"method":"ping","result":{}}', -32600, "5"],
    ] as const
  ) assertEquals(refused(line), [code, id], line);
});

Deno.test("an answer is never answered: one that is none counts as failed, for who asked", () => {
  for (
    const rest of [
      '"result":"x"',
      '"result":null',
      '"error":{}',
      '"error":"x"',
      '"result":{},"more":1',
    ]
  ) {
    const read = readMessage(`{"jsonrpc":"2.0","id":0,${rest}}`);
    const message = read.is === "message" ? read.message : undefined;
    const error = message !== undefined && "error" in message ? message.error : undefined;
    assertEquals([message, error?.code], [{ jsonrpc: "2.0", id: 0, error: error! }, -32600], rest);
  }
  for (const id of ["null", "9007199254740993", "{}"]) {
    assertEquals(readMessage(`{"jsonrpc":"2.0","id":${id},"result":"x"}`), { is: "ignored" });
  }
});

Deno.test("what can be understood is passed on as it is", () => {
  for (
    const message of [
      { jsonrpc: "2.0", id: 9007199254740991, method: "ping" },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: "a", result: { action: "cancel" } },
      { jsonrpc: "2.0", id: 1, error: { code: -1, message: "No" } },
    ]
  ) {
    assertEquals(readMessage(JSON.stringify(message)), {
      ...{ is: "message", message: message as never },
    });
  }
});
