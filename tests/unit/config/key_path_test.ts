import { assertEquals } from "@std/assert";
import { readKeyPath } from "../../../lib/config/key_path.ts";
import { documentPath } from "../../../lib/kernel/document_problem.ts";

Deno.test("a key is read as messages show it, and back", () => {
  const paths = [
    ["run", "attempts"],
    ["env", "pass", 1],
    ["env", "pass", "agents", 0],
    ["llm", "a.b", "c"],
    ["with blank", 'and "quotes"', "x"],
    ["beta-max", "ключ"],
  ];
  for (const path of paths) assertEquals(readKeyPath(documentPath(path)), path);
});

Deno.test("what is no key is none", () => {
  for (const text of ["", ".", ".a", "a.", "a..b", "a b", "a=b", "a[", "a[x]", 'a["x]', "[]"]) {
    assertEquals(readKeyPath(text), null, text);
  }
});
