import { assertEquals } from "@std/assert";
import { lookLanguages } from "../../../../lib/app/interview/look_languages.ts";

const told = (...paths: string[]) =>
  lookLanguages({ paths, whole: true }).map((one) => [one.text, one.source]).flat();

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

Deno.test("what is counted among a part is told as what was seen", () => {
  const [fact] = lookLanguages({ paths: ["a.go", "b.go"], whole: false });
  assertEquals(fact?.text, "Go (2 files seen)");
});
