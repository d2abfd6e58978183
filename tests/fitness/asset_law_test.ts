/** The bundles in the tree are valid, and those inside the program are the same. */
import { assert, assertEquals } from "@std/assert";
import { createSkills, type SkillBundle } from "../../lib/skills/skills.ts";
import { validateSkill } from "../../lib/skills/validate_skill.ts";
import { runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const DIR = decodeURIComponent(new URL("../../skills", import.meta.url).pathname);

Deno.test("there are bundles, each is valid by the specification, and nothing is advised against", async () => {
  const bundles = await createSkills({ dir: DIR }).list();
  assert(bundles.length > 0);
  const wrong = bundles.flatMap(({ name, files }) => {
    const { errors, advice } = validateSkill({
      directory: name,
      bytes: Deno.readFileSync(`${DIR}/${name}/SKILL.md`),
      files: files.map((file) => file.path),
    });
    return [...errors.map((one) => one.detail), ...advice].map((detail) => `${name}: ${detail}`);
  });
  assertEquals(wrong, []);
});

Deno.test("nothing but bundles lies among the bundles", () => {
  const files = [...Deno.readDirSync(DIR)].filter((entry) => !entry.isDirectory);
  assertEquals(files.map((entry) => entry.name), []);
});

/**
 * From an empty folder, with an empty home, and with a `skills` folder in the working directory
 * that must not be taken for ours.
 */
Deno.test("the program holds exactly the bundles of the tree", async () => {
  const inTree = inventory(await createSkills({ dir: DIR }).list());
  await using dir = await tempDir();
  for (const name of ["home", "empty", "decoy"]) await Deno.mkdir(`${dir.path}/${name}`);
  await Deno.mkdir(`${dir.path}/decoy/skills/decoy`, { recursive: true });
  await Deno.writeTextFile(
    `${dir.path}/decoy/skills/decoy/SKILL.md`,
    "---\nname: decoy\ndescription: Must never be listed\n---\n",
  );
  for (const cwd of ["empty", "decoy"]) {
    const end = await runProgram({
      args: ["skills", "--json"],
      cwd: `${dir.path}/${cwd}`,
      home: `${dir.path}/home`,
    });
    assertEquals([end.code, end.stderr], [0, ""]);
    assertEquals(inventory(JSON.parse(end.stdout)), inTree, cwd);
  }
});

/** Names with every file's path and digest. */
function inventory(bundles: readonly Pick<SkillBundle, "name" | "files">[]) {
  return bundles.map(({ name, files }) => ({
    name,
    files: files.map(({ path, digest }) => `${path} ${digest}`),
  }));
}
