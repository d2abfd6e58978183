import { assertEquals } from "@std/assert";
import { lookLanguages } from "../../../../lib/app/interview/look_languages.ts";

const told = (...paths: string[]) =>
  lookLanguages(paths).map((one) => [one.text, one.source]).flat();

Deno.test("languages are told by their number of files, with the one nearest to the top", () => {
  assertEquals(told("a/b/c.ts", "a/d.ts", "x/y.py", "e.sql", "f.rb"), [
    "TypeScript (2 files), Python (1 file), SQL (1 file)",
    "a/d.ts",
  ]);
});

Deno.test("what others wrote, and what is no source, is not counted", () => {
  assertEquals(told("vendor/a.go", "a/dist/b.js", "c.min.js", "README.md", "x.json", "go"), []);
  assertEquals(told("src/A.PY"), ["Python (1 file)", "src/A.PY"]);
});

Deno.test("without a source file a manifest says it", () => {
  assertEquals(told("README.md", "Makefile", "Cargo.toml"), ["Rust", "Cargo.toml"]);
  assertEquals(told("Makefile"), []);
});
