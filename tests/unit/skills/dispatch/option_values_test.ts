import { assertEquals } from "@std/assert";
import { optionValues } from "../../../../lib/skills/dispatch/option_values.ts";

const WANTED = [{ variable: "max_rounds", isSwitch: false }, { variable: "fast", isSwitch: true }];

function taken(text: string, wanted = WANTED) {
  const found = optionValues(text, wanted);
  return found.ok ? [Object.fromEntries(found.values), found.text] : found.detail;
}

Deno.test("only options that are wanted are taken out of a text", () => {
  assertEquals(taken("add --force and --fast"), [{ fast: true }, "add --force and"]);
  assertEquals(taken("add --force and --fast", []), [{}, "add --force and --fast"]);
  assertEquals(taken('say "--fast" twice'), [{}, 'say "--fast" twice']);
  assertEquals(taken("a --MAX-Rounds 2 b"), [{ max_rounds: 2 }, "a b"]);
});

Deno.test("numbers and true or false get their type, quotes keep a text", () => {
  for (
    const [text, value] of [
      ["3", 3],
      ["-1.5", -1.5],
      ["true", true],
      ["false", false],
      ['"3"', "3"],
      ["3a", "3a"],
      ["12345678901234567890", "12345678901234567890"],
      ['"a b"', "a b"],
    ] as const
  ) assertEquals(taken(`--max-rounds ${text}`), [{ max_rounds: value }, ""], text);
  assertEquals(taken("--max-rounds=3"), [{ max_rounds: 3 }, ""]);
});

Deno.test("an option that is wrong is said by its name", () => {
  assertEquals(taken("--max-rounds"), 'Give a value to "--max-rounds"');
  assertEquals(taken("--max-rounds="), 'Give a value to "--max-rounds"');
  assertEquals(taken("--max-rounds --fast"), 'Give a value to "--max-rounds"');
  assertEquals(taken("--fast --fast"), 'Give "--fast" once');
  assertEquals(taken("--fast=1"), 'Give no value to "--fast"');
});

Deno.test("where a text has no place for them, options that are not wanted are refused", () => {
  const refused = optionValues("a.yaml --max-tokens=10", WANTED, { others: "refuse" });
  assertEquals(
    refused.ok ? "" : refused.detail,
    'There is no option "--max-tokens" here: it takes --max-rounds, --fast',
  );
  const none = optionValues("--jobs 9", [], { others: "refuse" });
  assertEquals(none.ok ? "" : none.detail, 'There is no option "--jobs" here: it takes no options');
  assertEquals(optionValues("-- --jobs", [], { others: "refuse" }).ok, true);
});
