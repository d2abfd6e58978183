import { assertEquals, assertThrows } from "@std/assert";
import type { Command } from "../../../lib/cli/command.ts";
import { mcpServe } from "../../../lib/cli/commands/mcp_serve.ts";
import { run } from "../../../lib/cli/commands/run.ts";
import { readWords } from "../../../lib/cli/read_words.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";

const COMMAND: Command = {
  name: "paint",
  usage: "WALL | TEXT",
  summary: "Paints.",
  options: {
    color: { value: "NAME", help: "Its colour" },
    layer: { value: "NAME", repeated: true, help: "One more" },
    coats: { value: "N", kind: "count", most: 20, help: "How often" },
    cost: { value: "N", kind: "count", help: "At most" },
    yes: { short: "y", help: "Do not ask" },
  },
  examples: ["ouroboros paint wall"],
  positional: [1, 1],
  run: () => Promise.resolve(0),
};

function refusal(...argv: string[]): { message: string; hint: string | undefined } {
  const { message, hint, code } = assertThrows(() => readWords(COMMAND, argv), OuroborosError);
  assertEquals(code, "usage");
  return { message, hint };
}

Deno.test("options may stand anywhere, with a blank or an equals sign", () => {
  const words = readWords(COMMAND, ["--color", "red", "wall", "--coats=3", "-y", "--layer=a b"]);
  assertEquals(words.positional, ["wall"]);
  assertEquals(words.text("color"), "red");
  assertEquals(words.count("coats"), 3);
  assertEquals(words.count("cost"), undefined);
  assertEquals([words.has("yes"), words.has("color"), words.has("cost")], [true, true, false]);
  assertEquals(words.texts("layer"), ["a b"]);
  assertEquals(readWords(COMMAND, ["wall"]).texts("layer"), []);
  assertEquals(readWords(COMMAND, ["wall", "--color", "-"]).text("color"), "-");
});

Deno.test("an option that may be repeated keeps every value, another is refused twice", () => {
  assertEquals(readWords(COMMAND, ["w", "--layer", "a", "--layer", "b"]).texts("layer"), [
    "a",
    "b",
  ]);
  assertEquals(
    refusal("w", "--color", "a", "--color", "b").message,
    'Give "--color" once: it was given 2 times',
  );
});

Deno.test("words behind -- are never options, and numbers stay the words that they were", () => {
  assertEquals(readWords(COMMAND, ["--", "--color"]).positional, ["--color"]);
  assertEquals(readWords(COMMAND, ["007"]).positional, ["007"]);
  assertEquals(readWords(COMMAND, ["wall", "--color", "1e3"]).text("color"), "1e3");
});

Deno.test("a count is a whole number within its bounds", () => {
  for (const text of ["0", "-1", "21", "1e9", "abc", "1.5", "0x10", " 3", "٣"]) {
    const { message, hint } = refusal("wall", "--coats", text);
    assertEquals(
      message,
      `Use "${text}" as "--coats": a whole number from 1 to 20 is needed`,
    );
    assertEquals(hint, "ouroboros paint --help");
  }
  assertEquals(
    refusal("wall", "--cost", "9999999999999999").message,
    'Use "9999999999999999" as "--cost": a whole number from 1 is needed',
  );
  assertEquals(readWords(COMMAND, ["wall", "--cost", "999999999999"]).count("cost"), 999999999999);
});

Deno.test("a value that is missing is asked for, also in front of the next option", () => {
  for (const argv of [["wall", "--color"], ["--color", "--yes", "wall"], ["wall", "--color="]]) {
    assertEquals(refusal(...argv).message, 'Give a value to "--color": NAME');
  }
});

Deno.test("a switch takes no value: --yes=no would mean yes", () => {
  assertEquals(
    refusal("wall", "--yes=no").message,
    'Give no value to "--yes": it is there or left out',
  );
  assertEquals(readWords(COMMAND, ["--", "--yes=no"]).positional, ["--yes=no"]);
});

Deno.test("an unknown option is named, with the nearest where one is near", () => {
  assertEquals(refusal("wall", "--colour", "red"), {
    message: 'Unknown option "--colour" for "paint"',
    hint: "Did you mean --color? See: ouroboros paint --help",
  });
  assertEquals(refusal("wall", "--zzz").hint, "ouroboros paint --help");
  assertEquals(refusal("wall", "-z").message, 'Unknown option "-z" for "paint"');
  assertEquals(refusal("wall", "--no-yes").message, 'Unknown option "--no-yes" for "paint"');
});

Deno.test("missing and extra words are named", () => {
  assertEquals(refusal().message, 'Give WALL | TEXT to "paint"');
  assertEquals(refusal("the", "wall").message, 'Too many words for "paint": "wall"');
});

Deno.test("a negative number that is a word of its own is told how to be typed", () => {
  const { message, hint } = refusal("wall", "-1");
  assertEquals(
    message,
    'Unknown option "-1" for "paint": a value that begins with "-" stands behind "--"',
  );
  assertEquals(hint, "ouroboros paint wall -- -1");
  assertEquals(refusal("two words", "-1").hint, "ouroboros paint -- -1");
  assertEquals(refusal("wall", "-z").hint, "ouroboros paint --help");
});

Deno.test("an option with another spelling is one option, however it is typed", () => {
  const words = readWords(run, ["seed.yaml", "--max-minutes", "7"]);
  assertEquals(words.count("minutes"), 7);
  assertEquals(readWords(run, ["seed.yaml", "--max-minutes=8"]).count("minutes"), 8);
  const twice = ["seed.yaml", "--minutes", "7", "--max-minutes", "8"];
  assertThrows(() => readWords(run, twice), OuroborosError, 'Give "--minutes" once');
  const negative = ["seed.yaml", "--max-minutes", "-1"];
  assertThrows(() => readWords(run, negative), OuroborosError, "a number from 0.01 to 10080");
});

Deno.test("amounts and durations are read as what they are, and nothing else is", () => {
  const words = readWords(run, ["seed.yaml", "--max-usd", "2.50", "--wait", "1.5h"]);
  assertEquals([words.amount("max-usd"), words.durationMs("wait")], [2.5, 5_400_000]);
  const typed = ["seed.yaml", "--max-usd", "1e6", "--minutes", "0.5", "--max-tokens", "2e6"];
  const large = readWords(run, typed);
  const read = [large.amount("max-usd"), large.amount("minutes"), large.count("max-tokens")];
  assertEquals(read, [1_000_000, 0.5, 2_000_000], "as a configuration file takes them");
  for (const text of ["0", "-1", "0.001", "1e7", "5$", "2,5", "2000000"]) {
    assertThrows(
      () => readWords(run, ["seed.yaml", `--max-usd=${text}`]),
      OuroborosError,
      `Use "${text}" as "--max-usd": a number from 0.01 to 1000000 is needed`,
    );
  }
  assertEquals(readWords(run, ["seed.yaml", "--wait", "0"]).durationMs("wait"), 0);
  for (const text of ["6", "1.5", "90"]) {
    assertThrows(
      () => readWords(run, ["seed.yaml", "--wait", text]),
      OuroborosError,
      `Use "${text}" as "--wait": the unit is missing: ${text}s, ${text}m or ${text}h`,
    );
  }
  for (const text of ["soon", "-5m", "1d", "5 minutes", "200h"]) {
    assertThrows(
      () => readWords(run, ["seed.yaml", `--wait=${text}`]),
      OuroborosError,
      `Use "${text}" as "--wait"`,
    );
  }
});

Deno.test("a command that takes a number is handed a negative one, and says itself what it needs", () => {
  assertEquals(readWords(mcpServe, ["--http", "-1"]).positional, ["-1"]);
  assertEquals(readWords(mcpServe, ["--http", "7717"]).positional, ["7717"]);
  assertEquals(readWords(mcpServe, ["--http", "--port", "-1"]).text("port"), "-1");
  assertThrows(() => readWords(mcpServe, ["--http", "-z"]), OuroborosError, 'Unknown option "-z"');
});
