import { assertEquals } from "@std/assert";
import {
  jsonObject,
  objectAt,
  stringAt,
  tomlSection,
} from "../../../../lib/app/interview/look_documents.ts";

Deno.test("JSON may have comments and trailing commas, and strings keep theirs", () => {
  const document = jsonObject('// a\n{"a": "x // y, ]", /* b */ "b": {"c": "\\"//",},\n}');
  assertEquals(document, { a: "x // y, ]", b: { c: '"//' } });
  assertEquals(stringAt(objectAt(document, "b"), "c"), '"//');
  for (const text of ["", "[]", "null", '"x"', "{", undefined]) {
    assertEquals(jsonObject(text), undefined, text);
  }
  assertEquals(stringAt(jsonObject('{"a": 1, "b": " "}'), "b"), undefined);
  assertEquals(stringAt(jsonObject("{}"), "toString"), undefined);
});

Deno.test("plain strings of a TOML table are found, and no others", () => {
  const text = `
name = "outside"
[project] # here
name = "own"  # words
"quoted" = 'single'
list = ["a",
  "b"]
[project.scripts]
run = "own:main"
[[bin]]
name = "other"
`;
  assertEquals([...tomlSection(text, "project")!], [["name", "own"], ["quoted", "single"]]);
  assertEquals([...tomlSection(text, "project.scripts")!], [["run", "own:main"]]);
  assertEquals(tomlSection(text, "package"), undefined);
});

Deno.test("texts made to take for ever do not", () => {
  // Each takes minutes where an expression tries every beginning anew.
  for (const piece of ["/*", '\\"', '"\\', ", ", "[ ", "[x] ", "a = "]) {
    const text = piece.repeat(260_000 / piece.length);
    jsonObject(text);
    jsonObject(`"${text}`);
    tomlSection(`[a]\n${text}`, "a");
    tomlSection(`[${" ".repeat(260_000)}`, "a");
  }
});
