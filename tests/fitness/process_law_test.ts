import { assertEquals } from "@std/assert";
import { sourceFiles } from "../helpers/source_files.ts";

const MAIN = new URL("../../main.ts", import.meta.url);

/** What may stand only in one room, and which. */
const LAWS: { name: string; pattern: RegExp; room: string | undefined }[] = [
  {
    name: "processes are started only in lib/process",
    pattern: /\bDeno\s*\.\s*(?:Command|run|spawn\w*)\b|\bDeno\s*\[/,
    room: "lib/process/",
  },
  {
    name: "nobody uses node:child_process",
    pattern: /["'](?:node:)?child_process["']/,
    room: undefined,
  },
  {
    name: "the environment is read only in lib/config",
    pattern:
      /\bDeno\s*\.\s*env\b|\bprocess\s*\.\s*env\b|\{[^}]*\benv\b[^}]*\}.*["'](?:node:)?process["']/,
    room: "lib/config/",
  },
];

/** The program's own sources, with comments blanked out line for line. */
function programSources(): { path: string; code: string }[] {
  const main = { path: "main.ts", text: Deno.readTextFileSync(MAIN) };
  return [...sourceFiles("lib"), main].map(({ path, text }) => ({
    path,
    code: text
      .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ""))
      .replace(/^[ \t]*\/\/.*$/gm, ""),
  }));
}

for (const law of LAWS) {
  Deno.test(`law: ${law.name}`, () => {
    const broken: string[] = [];
    for (const { path, code } of programSources()) {
      if (law.room !== undefined && path.startsWith(law.room)) continue;
      code.split("\n").forEach((line, index) => {
        if (law.pattern.test(line)) broken.push(`${path}:${index + 1}: ${line.trim()}`);
      });
    }
    assertEquals(broken, []);
  });
}

Deno.test("the laws notice what they forbid", () => {
  const crimes = [
    "new Deno.Command('git')",
    'import { spawn } from "node:child_process"',
    "Deno.env.get('HOME')",
  ];
  for (const [index, crime] of crimes.entries()) {
    assertEquals(LAWS[index]!.pattern.test(crime), true);
  }
  for (const law of LAWS) {
    assertEquals(law.pattern.test("const command: DenoCommand = run();"), false);
  }
});

Deno.test("the sources that the laws look at are there", () => {
  const paths = programSources().map((source) => source.path);
  for (const room of ["lib/kernel/", "lib/process/", "lib/engine/"]) {
    assertEquals(paths.some((path) => path.startsWith(room)), true, room);
  }
});
