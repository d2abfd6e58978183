import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import {
  formatChain,
  MAX_DEPTH,
  parseChain,
  parseDepth,
  refuseDepth,
} from "../../../lib/process/depth.ts";

Deno.test("H2.b an absent, broken or negative depth counts as 0", () => {
  for (const text of [undefined, "", " ", "x", "-1", "1.5", "0x3", "1e3", "3 ", "9".repeat(40)]) {
    assertEquals(parseDepth(text), 0, `for ${text}`);
  }
});

Deno.test("H2.b a depth of digits counts as it is", () => {
  assertEquals(parseDepth("0"), 0);
  assertEquals(parseDepth("4"), 4);
  assertEquals(parseDepth("017"), 17);
});

Deno.test("a chain survives its variable, and no label breaks it", () => {
  assertEquals(parseChain(formatChain(["ouroboros", "claude"])), ["ouroboros", "claude"]);
  assertEquals(parseChain(formatChain(["a>b\nc", " ", "d"])), ["a b c", "d"]);
  assertEquals(parseChain(undefined), []);
  assertEquals(formatChain([]), "");
  assertEquals(parseChain(formatChain(Array(100).fill("x"))).length, 16);
});

Deno.test("H2.b at the cap nothing starts, and the message names the chain", () => {
  refuseDepth(MAX_DEPTH - 1, MAX_DEPTH, { chain: [], label: "claude" });
  const error = assertThrows(
    () => refuseDepth(MAX_DEPTH, MAX_DEPTH, { chain: ["claude", "hermes"], label: "codex" }),
    OuroborosError,
  );
  assertEquals(error.code, "depth_exceeded");
  assertStringIncludes(error.message, "claude > hermes > codex");
});
