/** One runtime is one file and one line in the registry; nothing else knows it by name. */
import { assert, assertEquals } from "@std/assert";
import { REGISTRY, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import * as registered from "../../lib/runtimes/registry.ts";
import { importsOf, resolveImport, type SourceFile, sourceFiles } from "../helpers/source_files.ts";

const ROOM = "lib/runtimes/";

/** Files of the room that are no runtime. */
const FRAME = ["definition.ts", "mod.ts", "registry.ts"];

const LIB = sourceFiles("lib");
const OUTSIDE = [...LIB.filter((file) => !file.path.startsWith(ROOM)), ...mainFile()];
const RUNTIME_FILES = LIB.filter((file) =>
  file.path.startsWith(ROOM) && !file.path.slice(ROOM.length).includes("/") &&
  !FRAME.includes(file.path.slice(ROOM.length))
);

Deno.test("no runtime is quoted by its id or an alias outside of its room", () => {
  const names = REGISTRY.all.flatMap((definition) => [definition.id, ...definition.aliases]);
  assert(names.length > 0);
  assertEquals(OUTSIDE.flatMap((file) => quotedNames(file, names)), []);
});

Deno.test("a quoted name would be found, in every kind of quotation mark", () => {
  const text =
    "a(\"claude\"); b('CODEX'); c(`codex`); // codex in a comment\nlet claude = codexes;";
  const found = quotedNames({ path: "x.ts", text }, ["claude", "codex"]);
  assertEquals(found, ['x.ts:1 "claude"', "x.ts:1 'CODEX'", "x.ts:1 `codex`"]);
});

Deno.test("each file of a runtime stands in the registry under its id, and no other name does", () => {
  const files = RUNTIME_FILES.map((file) => file.path.slice(ROOM.length, -".ts".length));
  assertEquals(Object.keys(registered).sort(), files.sort());
  for (const [name, definition] of Object.entries<RuntimeDefinition>(registered)) {
    assertEquals(definition.id, name);
  }
  assertEquals([...REGISTRY.ids], files);
});

Deno.test("the registry is one line for each runtime", () => {
  const lines = Deno.readTextFileSync(new URL("../../lib/runtimes/registry.ts", import.meta.url))
    .split("\n").filter((line) => line.startsWith("export"));
  assertEquals(
    lines.sort(),
    REGISTRY.ids.map((id) => `export { ${id} } from "./${id}.ts";`).sort(),
  );
});

Deno.test("no runtime imports another one, the registry, or anything that does something", () => {
  const allowed = (path: string) =>
    path.startsWith("lib/kernel/") || path.startsWith(`${ROOM}_parts/`) ||
    path === `${ROOM}definition.ts`;
  const parts = LIB.filter((file) => file.path.startsWith(`${ROOM}_parts/`));
  const wrong = [...RUNTIME_FILES, ...parts].flatMap((file) =>
    importsOf(file.text)
      .map((target) => target.startsWith(".") ? resolveImport(file.path, target) : target)
      .filter((target) => !allowed(target))
      .map((target) => `${file.path} imports ${target}`)
  );
  assertEquals(wrong, []);
});

Deno.test("nothing in the room of runtimes does anything: no system call, clock or chance", () => {
  const wrong = LIB.filter((file) => file.path.startsWith(ROOM)).flatMap((file) =>
    [/\bDeno\./, /\bprocess\./, /\bfetch\(/, /\bDate\.now\b/, /\bnew Date\(\)/, /\bMath\.random\b/]
      .filter((call) => call.test(withoutStrings(file.text)))
      .map((call) => `${file.path}: ${call.source}`)
  );
  assertEquals(wrong, []);
});

/** String literals that are one of the names and nothing else, with their place. */
function quotedNames(file: SourceFile, names: readonly string[]): string[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return withoutComments(file.text).split("\n").flatMap((line, i) =>
    [...line.matchAll(/(["'`])([A-Za-z0-9_-]+)\1/g)]
      .filter((match) => known.has(match[2]!.toLowerCase()))
      .map((match) => `${file.path}:${i + 1} ${match[0]}`)
  );
}

/** Comments go, line breaks stay: line numbers are to be right. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/(^|\s)\/\/.*$/gm, "$1");
}

function withoutStrings(text: string): string {
  return withoutComments(text).replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '""');
}

function mainFile(): SourceFile[] {
  const url = new URL("../../main.ts", import.meta.url);
  try {
    return [{ path: "main.ts", text: Deno.readTextFileSync(url) }];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
