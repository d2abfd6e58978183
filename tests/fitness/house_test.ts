/** The order of the house: what lies where, and how it is called. */
import { assertEquals } from "@std/assert";
import { sourceFiles } from "../helpers/source_files.ts";

const ROOT = new URL("../../", import.meta.url);

/** What may lie at the top; what git ignores is not looked at. */
const TOP = [
  ".ci",
  ".gitattributes",
  ".github",
  ".gitignore",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "deno.json",
  "deno.lock",
  "docs",
  "install.sh",
  "lib",
  "main.ts",
  "skills",
  "tests",
];
const IGNORED = [".git", ".cache", "dist", "node_modules", "coverage"];

/** Lines of a file of the program: beyond it holds more than one concern. */
const MOST_LINES = 300;

/** Unit tests of what several files of a room do together. */
const ACROSS = ["tests/unit/workspace/integrate_test.ts", "tests/unit/workspace/trouble_test.ts"];

const LIB = sourceFiles("lib");

Deno.test("nothing lies at the top but what belongs there", () => {
  const odd = [...Deno.readDirSync(ROOT)].map((entry) => entry.name)
    .filter((name) => !TOP.includes(name) && !IGNORED.includes(name));
  assertEquals(odd, []);
});

Deno.test("what is built, cached or installed is ignored by git", () => {
  const lines = Deno.readTextFileSync(new URL(".gitignore", ROOT)).split("\n");
  const missing = IGNORED.filter((name) => name !== ".git")
    .filter((name) => !lines.some((line) => line.replaceAll("/", "") === name));
  assertEquals(missing, []);
});

Deno.test("no dot file is empty", () => {
  const empty = sourceFiles(".ci", [""]).concat(topDotFiles())
    .filter((file) => file.text.trim() === "").map((file) => file.path);
  assertEquals(empty, []);
});

Deno.test("no file of the program, its tests or its papers names a place on someone's machine", () => {
  // Put together here, so that this file does not name them.
  const places = [["work", "main"], ["work", "shared"], ["tmp", "brief"], ["root", ""]]
    .map((parts) => `/${parts.join("/")}`);
  const files = ["lib", "tests", "skills", ".ci", ".github", "docs"].filter(exists)
    .flatMap((folder) => sourceFiles(folder, [""]))
    .concat(TOP.filter((name) => name.includes(".") && exists(name)).filter(isFile).map(read));
  const found = files.flatMap((file) =>
    places.filter((place) => file.text.includes(place)).map((place) => `${file.path}: ${place}`)
  );
  assertEquals(found, []);
});

Deno.test("files are called by what they hold: snake_case, and no collecting names", () => {
  const odd = [...LIB, ...sourceFiles("tests").filter((file) => !inFixtures(file.path))]
    .map((file) => file.path)
    .filter((path) => {
      const name = path.split("/").at(-1)!.replace(/\.ts$/, "");
      return !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name) ||
        /(^|_)(utils?|helpers?|manager|service|misc)(_|$)/.test(name);
    });
  assertEquals(odd, []);
});

Deno.test("a file holds one concern", () => {
  const long = LIB.filter((file) => file.text.split("\n").length > MOST_LINES)
    .map((file) => file.path);
  assertEquals(long, []);
});

Deno.test("nothing is a default export", () => {
  const found = LIB.filter((file) => /^export default\b/m.test(file.text)).map((one) => one.path);
  assertEquals(found, []);
});

Deno.test("every export says what it gives", () => {
  const silent = LIB.flatMap((file) => {
    const lines = file.text.split("\n");
    return lines.flatMap((line, index) =>
      /^export (async function|function|const|class|abstract|interface|type \w|enum)/.test(line) &&
        !lines[index - 1]?.trim().endsWith("*/")
        ? [`${file.path}:${index + 1}: ${line.trim()}`]
        : []
    );
  });
  assertEquals(silent, []);
});

Deno.test("unit tests stand where the file that they test stands", () => {
  const sources = new Set(LIB.map((file) => file.path));
  const odd = sourceFiles("tests/unit").map((file) => file.path)
    .filter((path) => path.endsWith("_test.ts") && !ACROSS.includes(path))
    .filter((path) =>
      !sources.has(path.replace("tests/unit/", "lib/").replace(/_test\.ts$/, ".ts"))
    );
  assertEquals(odd, []);
});

function inFixtures(path: string): boolean {
  return path.startsWith("tests/fixtures/") || path.startsWith("tests/specs/");
}

function topDotFiles() {
  return TOP.filter((name) => name.startsWith(".") && exists(name)).filter(isFile).map(read);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(new URL(path, ROOT));
    return true;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  return Deno.statSync(new URL(path, ROOT)).isFile;
}

function read(path: string) {
  return { path, text: Deno.readTextFileSync(new URL(path, ROOT)) };
}
