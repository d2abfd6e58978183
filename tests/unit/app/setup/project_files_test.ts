import { assertEquals } from "@std/assert";
import { allProjectFiles, projectFiles } from "../../../../lib/app/setup/project_files.ts";
import { PROJECT_MARKERS } from "../../../../lib/setup/project_section.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const PLAIN = { projectInstructions: "A.md" };
const OVERRIDDEN = { projectInstructions: "A.md", projectOverride: "A.override.md" };
const IMPORTING = { projectInstructions: "C.md", projectImports: true } as const;

async function scene(files: Readonly<Record<string, string>>) {
  const dir = await tempDir();
  const project = await Deno.realPath(dir.path);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${project}/${name}`, text);
  }
  const short = (paths: readonly string[]) => paths.map((path) => path.slice(project.length + 1));
  return {
    of: async (...hosts: Parameters<typeof projectFiles>[1]) =>
      short(await projectFiles(project, hosts)),
    all: async (...hosts: Parameters<typeof projectFiles>[1]) =>
      short(await allProjectFiles(project, hosts)),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

Deno.test("a file that takes another of them in gets no section of its own", async () => {
  for (const text of ["@A.md\n", "# Rules\n\n- See @./A.md\n", "`@B.md` and @A.md"]) {
    await using one = await scene({ "C.md": text });
    assertEquals(await one.of(PLAIN, IMPORTING), ["A.md"], text);
    assertEquals(await one.of(IMPORTING), ["C.md"], "alone it is the only one");
    assertEquals(await one.of({ ...IMPORTING, projectImports: undefined }, PLAIN), [
      "A.md",
      "C.md",
    ]);
  }
});

Deno.test("what only looks like it takes nothing in, and a section that is there is kept up", async () => {
  for (
    const text of [
      "`@A.md`",
      "```\n@A.md\n```\n",
      "me@A.md",
      "@A.mdx",
      `@A.md\n${PROJECT_MARKERS.start}`,
    ]
  ) {
    await using one = await scene({ "C.md": text });
    assertEquals(await one.of(PLAIN, IMPORTING), ["A.md", "C.md"], text);
  }
});

Deno.test("a file that stands in place of another is the one that is read", async () => {
  await using none = await scene({ "A.override.md": "\n" });
  assertEquals(await none.of(OVERRIDDEN), ["A.md"]);
  await using one = await scene({ "A.override.md": "# Mine\n" });
  assertEquals(await one.of(OVERRIDDEN), ["A.override.md"]);
  assertEquals(await one.of(OVERRIDDEN, PLAIN), ["A.md", "A.override.md"]);
  assertEquals(await one.all(OVERRIDDEN, IMPORTING), ["A.md", "A.override.md", "C.md"]);
});
