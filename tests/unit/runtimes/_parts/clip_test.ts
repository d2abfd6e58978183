import { assert, assertEquals } from "@std/assert";
import { clip, LINE_LENGTH } from "../../../../lib/runtimes/_parts/clip.ts";

Deno.test("clip: short text becomes one line", () => {
  assertEquals(clip("  a\n\tb  c \r\n"), "a b c");
  assertEquals(clip(""), "");
  assertEquals(clip("x".repeat(LINE_LENGTH)), "x".repeat(LINE_LENGTH));
});

Deno.test("clip: long text ends with an ellipsis and is no longer than asked", () => {
  assertEquals(clip("abcdefgh", 5), "abcd…");
  assertEquals(clip("x".repeat(1_000_000)).length, LINE_LENGTH);
  // White space that folds away must not hide that something was left out.
  assert(clip(`a${" ".repeat(5000)}b`).endsWith("…"));
});

Deno.test("clip: never cuts a character in two", () => {
  for (let length = 2; length < 9; length++) {
    assert(clip("🐍".repeat(10), length).isWellFormed(), String(length));
  }
});
