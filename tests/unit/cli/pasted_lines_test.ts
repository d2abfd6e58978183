import { assertEquals } from "@std/assert";
import { LongPastes, PastedLines } from "../../../lib/cli/pasted_lines.ts";

/** What is passed on of chunks that come one right behind the other, and once it is quiet. */
function passed(...chunks: string[]): [string, string] {
  const lines = new PastedLines();
  const at = chunks.map((chunk) => lines.take(chunk)).join("");
  return [at, lines.quiet()];
}

Deno.test("Enter ends an answer once nothing comes behind it", () => {
  assertEquals(passed("2\r"), ["2", "\r"]);
  assertEquals(passed("2\n"), ["2", "\r"]);
  assertEquals(passed("\r"), ["", "\r"]);
  assertEquals(passed("2"), ["2", ""]);
  assertEquals(passed("\x1b[B \r"), ["\x1b[B ", "\r"]);
});

Deno.test("lines that are pasted stay in one answer, and the end of the last one is no Enter", () => {
  for (const end of ["\r", "\n", "\r\n"]) {
    const text = ["line one", "line two", "2", "yes"].join(end);
    assertEquals(passed(text), ["line one↵line two↵2↵yes", ""]);
    assertEquals(passed(text + end), ["line one↵line two↵2↵yes", ""]);
  }
  assertEquals(passed("a\r\rb"), ["a↵↵b", ""]);
  assertEquals(passed("a\tb"), ["a  b", ""]);
});

Deno.test("a paste that comes in pieces is one", () => {
  assertEquals(passed("line one\r", "line two\r", "2"), ["line one↵line two↵2", ""]);
  assertEquals(passed("line one", "\rline two", "\r"), ["line one↵line two", ""]);
});

Deno.test("a paste between marks is taken whole, however slowly it comes", () => {
  assertEquals(passed("\x1b[200~one\rtwo\r\x1b[201~"), ["one↵two", ""]);
  assertEquals(passed("\x1b[20", "0~one\rtwo", "\x1b[2", "01~"), ["one↵two", ""]);
  const lines = new PastedLines();
  assertEquals([lines.take("\x1b[200~one\r"), lines.quiet()], ["one", ""]);
  assertEquals([lines.take("two\r\x1b[201~"), lines.quiet()], ["↵two", ""]);
  assertEquals([lines.take("\r"), lines.quiet()], ["", "\r"]);
});

Deno.test("keys stay keys: an escape alone, and an arrow behind an Enter", () => {
  assertEquals(passed("\x1b"), ["\x1b", ""]);
  assertEquals(passed("\r", "\x1b[B"), ["\r\x1b[B", ""]);
  assertEquals(passed("\t"), ["\t", ""]);
});

Deno.test("a text that no screen holds is shown by its size, and meant whole", () => {
  const pastes = new LongPastes();
  const text = "a line\n".repeat(400);
  const words = pastes.shown(text.replaceAll("\n", "↵"));
  assertEquals(words, "‹paste 1: 401 lines›");
  assertEquals(
    pastes.meant(`so: ${words} and ‹paste 7: 2 lines›`),
    `so: ${text} and ‹paste 7: 2 lines›`,
  );
  assertEquals(pastes.shown("short"), "short");
  assertEquals(pastes.shown("x".repeat(900)), "‹paste 2: 900 characters›");
});
