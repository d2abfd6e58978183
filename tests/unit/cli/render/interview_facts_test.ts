import { assertEquals, assertStringIncludes } from "@std/assert";
import { brokenText, interviewFactsText } from "../../../../lib/cli/render/interview_facts.ts";

const STYLE = { color: false, columns: 80 };

Deno.test("facts stand by their topics, each with the file that says so", () => {
  assertEquals(
    interviewFactsText([
      { id: "a", topic: "build_command", text: "make", source: "Makefile" },
      { id: "b", topic: "convention", text: "two blanks", source: null },
    ], STYLE),
    "Found in the project\n  Build       make  (Makefile)\n  Convention  two blanks\n",
  );
});

Deno.test("an empty project is said to be one, and of many facts the rest is counted", () => {
  assertEquals(interviewFactsText([], STYLE), "Found in the project: nothing yet\n");
  const many = Array.from({ length: 14 }, (_, at) => ({
    ...{ id: `f${at}`, topic: "other" as const, text: `fact ${at}`, source: null },
  }));
  const text = interviewFactsText(many, STYLE);
  assertStringIncludes(text, "fact 9\n");
  assertStringIncludes(text, "and 4 more\n");
  assertEquals(text.includes("fact 10"), false);
});

Deno.test("a word that is wider than its room is broken, and no other", () => {
  assertEquals(brokenText("ab abcdefg 日本語", 4), "ab abcd efg 日本 語");
});

Deno.test("a word that is broken begins where the line stands, and no picture is cut in two", () => {
  assertEquals(brokenText("a4 期限切れのクーポンは", 10), "a4 期限切 れのクーポ ンは");
  assertEquals(brokenText("because a/very/long/path", 12), "because a/ve ry/long/path");
  const family = "👩‍👩‍👧";
  assertEquals(brokenText(family.repeat(3), 12), `${family.repeat(2)} ${family}`);
});
