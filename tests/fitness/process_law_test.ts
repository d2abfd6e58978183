import { assertEquals } from "@std/assert";
import { programSources } from "../helpers/process_sources.ts";

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
    pattern: /\bDeno\s*\.\s*env\b|\bprocess\s*\.\s*env\b|["'](?:node:)?process["']/,
    room: "lib/config/",
  },
];

for (const law of LAWS) {
  Deno.test(`law: ${law.name}`, async () => {
    const broken: string[] = [];
    for (const { path, code } of await programSources()) {
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

Deno.test("the sources that the laws look at are there", async () => {
  const paths = (await programSources()).map((source) => source.path);
  for (const room of ["lib/kernel/", "lib/process/", "lib/engine/"]) {
    assertEquals(paths.some((path) => path.startsWith(room)), true, room);
  }
});
