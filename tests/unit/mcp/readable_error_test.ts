import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { assertEquals } from "@std/assert";
import { readableError } from "../../../lib/mcp/readable_error.ts";

const issues = JSON.stringify([{
  expected: "object",
  code: "invalid_type",
  path: ["params", "name"],
  message: "Invalid input: expected string, received number",
}]);

function told(code: number, message: string) {
  const answer = readableError({ jsonrpc: "2.0", id: 1, error: { code, message } });
  const { error } = answer as Extract<JSONRPCMessage, { error: unknown }>;
  return [error.code, error.message];
}

Deno.test("what is wrong with a request's parameters is said in words, as the caller's mistake", () => {
  const words = "Refused: params.name: Invalid input: expected string, received number";
  assertEquals(told(-32603, issues), [-32602, words]);
  assertEquals(told(-32602, `Invalid tools/call request: ${issues}`), [-32602, words]);
});

Deno.test("any other answer stays as it is", () => {
  for (const message of ["[sic] it broke", "[]", "Internal error"]) {
    assertEquals(told(-32603, message), [-32603, message]);
  }
  const result: JSONRPCMessage = { jsonrpc: "2.0", id: 1, result: {} };
  assertEquals(readableError(result), result);
});
