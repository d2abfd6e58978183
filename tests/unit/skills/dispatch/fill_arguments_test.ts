import { assertEquals } from "@std/assert";
import {
  type ArgumentTemplate,
  fillArguments,
  missingValue,
  takesId,
  wantedOptions,
} from "../../../../lib/skills/dispatch/fill_arguments.ts";

const VALUES = new Map<string, string | number | boolean>([
  ["1", "a $CWD"],
  ["args", "a $CWD"],
  ["CWD", "/here"],
  ["FILE", ""],
  ["count", 3],
  ["fast", true],
]);

const fill = (template: ArgumentTemplate) => fillArguments(template, VALUES);

Deno.test("a whole variable keeps its type, one within a text becomes a part of it", () => {
  assertEquals(
    fill({ a: "$1", b: "$count", c: "$fast?", d: "$count of $CWD", e: ["$count", { f: "$CWD" }] }),
    { a: "a $CWD", b: 3, c: true, d: "3 of /here", e: [3, { f: "/here" }] },
  );
});

Deno.test("what has no value is left out, and nothing within a text", () => {
  assertEquals(fill({ a: "$FILE", b: "$none", c: ["$none", 1], d: "<$none>", e: [["$1"]] }), {
    c: [1],
    d: "<>",
    e: [["a $CWD"]],
  });
});

Deno.test("what looks like a variable and is none stays, and so do other values", () => {
  const template = { a: "$15 $HOME $1x", b: null, c: 1.5, d: "Why $args?", e: "" };
  assertEquals(fill(template), { ...template, d: "Why a $CWD?" });
});

Deno.test("an argument may have any name", () => {
  const filled = fill(JSON.parse('{"__proto__": "$1", "constructor": "$count"}'));
  assertEquals(Object.entries(filled), [["__proto__", "a $CWD"], ["constructor", 3]]);
});

Deno.test("what is needed is missed where it has no value, and filled in where it has one", () => {
  assertEquals(missingValue({ a: "$1!", b: ["$count!"] }, VALUES), undefined);
  assertEquals(fill({ a: "$1!", b: ["$count!"], c: "No $1!" }), {
    a: "a $CWD",
    b: [3],
    c: "No a $CWD!",
  });
  assertEquals(missingValue({ a: "$FILE!" }, VALUES), "");
  assertEquals(missingValue({ a: { b: "$max_rounds!" } }, VALUES), "max_rounds");
  assertEquals(missingValue({ a: "$none", b: "no $none!" }, VALUES), undefined);
});

Deno.test("options are the variables of small letters that are not ours", () => {
  assertEquals(
    wantedOptions({ a: "$1 $args $goal $CWD", b: "$max_rounds", c: ["$skip_run?", "x $why? y"] }),
    [
      { variable: "max_rounds", isSwitch: false },
      { variable: "skip_run", isSwitch: true },
      { variable: "why", isSwitch: false },
    ],
  );
});

Deno.test("a template whose text is an id takes one word, and one with any other text does not", () => {
  const templates: [ArgumentTemplate, boolean][] = [
    [{ session_id: "$1" }, true],
    [{ id: "$1!", cwd: "$CWD" }, true],
    [{ run_id: "$args" }, true],
    [{ text: "$1" }, false],
    [{ session_id: "$1", note: "$args" }, false],
    [{ session_id: "run $1" }, false],
    [{ session_id: "$FILE" }, false],
    [{ grid: "$1" }, false],
  ];
  for (const [template, wanted] of templates) {
    assertEquals(takesId(template), wanted, JSON.stringify(template));
  }
});
