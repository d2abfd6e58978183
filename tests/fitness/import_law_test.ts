/** Who may import whom (the rooms of ARCHITECTURE.md), as an exact set of edges. */
import { assertEquals } from "@std/assert";
import { importsOf, resolveImport, sourceFiles } from "../helpers/source_files.ts";

/**
 * Room → rooms that it imports. Exact: an import that is not here is refused, and a line here that
 * no import needs any more is to be removed.
 */
const LAW: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  engine: ["kernel"],
  store: ["kernel"],
  process: ["kernel"],
  skills: ["kernel"],
  system: ["kernel"],
  runtimes: ["kernel"],
  workspace: ["kernel", "process"],
  checks: ["kernel", "process", "workspace"],
  config: ["kernel", "runtimes"],
  setup: ["config", "kernel", "runtimes", "skills"],
  app: [
    "checks",
    "config",
    "engine",
    "kernel",
    "process",
    "runtimes",
    "setup",
    "skills",
    "store",
    "workspace",
  ],
  cli: ["app", "config", "kernel"],
  mcp: ["app", "kernel"],
  main: ["cli", "mcp", "system"],
};

/** Packages and Node modules that a room may import, by the start of the specifier. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  kernel: ["node:crypto"],
  store: ["node:sqlite", "node:fs"],
};

/** Modules that no room imports: they start processes or read the environment past our own rooms. */
const NOWHERE = ["node:child_process", "node:worker_threads", "node:cluster", "node:http", "npm:"];

const FILES = [...sourceFiles("lib"), ...mainFile()];

Deno.test("the imports between rooms are exactly those of the law", () => {
  const found: Record<string, string[]> = {};
  for (const file of FILES) {
    const room = roomOf(file.path);
    found[room] ??= [];
    for (const target of localImports(file.path, file.text).map(roomOf)) {
      if (target !== room && !found[room].includes(target)) found[room].push(target);
    }
  }
  const sorted = Object.entries(found).map(([room, rooms]) => [room, rooms.sort()]);
  assertEquals(Object.fromEntries(sorted), LAW);
});

Deno.test("no two rooms import each other, directly or around", () => {
  const done = new Set<string>();
  const visit = (room: string, trail: readonly string[]): void => {
    if (trail.includes(room)) throw new Error(`A circle: ${[...trail, room].join(" → ")}`);
    if (done.has(room)) return;
    for (const next of LAW[room] ?? []) visit(next, [...trail, room]);
    done.add(room);
  };
  for (const room of Object.keys(LAW)) visit(room, []);
});

Deno.test("no other room knows a single runtime: they are seen through the registry", () => {
  const doors = ["lib/runtimes/mod.ts", "lib/runtimes/definition.ts"];
  const through = FILES.filter((file) => roomOf(file.path) !== "runtimes").flatMap((file) =>
    localImports(file.path, file.text)
      .filter((target) => roomOf(target) === "runtimes" && !doors.includes(target))
      .map((target) => `${file.path} → ${target}`)
  );
  assertEquals(through, []);
});

Deno.test("no source imports a file outside the program", () => {
  const outside = FILES.flatMap((file) =>
    localImports(file.path, file.text)
      .filter((target) => !target.startsWith("lib/"))
      .map((target) => `${file.path} → ${target}`)
  );
  assertEquals(outside, []);
});

Deno.test("packages are imported by the import map's names, Node's modules where a room needs them", () => {
  const names = Object.keys(
    JSON.parse(Deno.readTextFileSync(new URL("../../.ci/import_map.json", import.meta.url)))
      .imports,
  );
  const odd = FILES.flatMap((file) =>
    importsOf(file.text).filter((one) => !one.startsWith(".")).filter((specifier) => {
      if (NOWHERE.some((start) => specifier.startsWith(start))) return true;
      const room = roomOf(file.path);
      const allowed = PACKAGES[room];
      if (allowed) return !allowed.includes(specifier) && !isNamed(specifier, names);
      return !specifier.startsWith("node:") && !isNamed(specifier, names);
    }).map((specifier) => `${file.path} → ${specifier}`)
  );
  assertEquals(odd, []);
});

Deno.test("the kernel and the engine do no work of their own: no IO, no clock, no chance, no wait", () => {
  const impure =
    /\bDeno\.|\bawait\b|\bfetch\(|Math\.random|Date\.now|new Date\(\)|crypto\.getRandom|setTimeout|performance\./;
  const found = FILES.filter((file) => ["kernel", "engine"].includes(roomOf(file.path)))
    .flatMap((file) =>
      withoutComments(file.text).split("\n").filter((line) => impure.test(line))
        .map((line) => `${file.path}: ${line.trim()}`)
    );
  assertEquals(found, []);
});

function localImports(path: string, text: string): string[] {
  return importsOf(text).filter((one) => one.startsWith(".") && one.endsWith(".ts"))
    .map((one) => resolveImport(path, one));
}

function roomOf(path: string): string {
  const [top, room] = path.split("/");
  return top === "lib" ? room! : path === "main.ts" ? "main" : path;
}

function isNamed(specifier: string, names: readonly string[]): boolean {
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

function mainFile(): { path: string; text: string }[] {
  const file = new URL("../../main.ts", import.meta.url);
  return [{ path: "main.ts", text: Deno.readTextFileSync(file) }];
}
