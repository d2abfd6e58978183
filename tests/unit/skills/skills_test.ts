import { assert, assertEquals, assertRejects } from "@std/assert";
import { sha256 } from "../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { createSkills } from "../../../lib/skills/skills.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const text = (name: string) => `---\nname: ${name}\ndescription: About ${name}\n---\nDo ${name}.\n`;

Deno.test("bundles are listed by name with all their files; a broken one spoils no other", async () => {
  await using dir = await tempDir();
  for (const name of ["b", "a", "broken", "empty"]) await Deno.mkdir(`${dir.path}/${name}`);
  await Deno.writeTextFile(`${dir.path}/a/SKILL.md`, text("a"));
  await Deno.writeTextFile(`${dir.path}/b/SKILL.md`, text("b"));
  await Deno.mkdir(`${dir.path}/b/scripts`);
  await Deno.writeTextFile(`${dir.path}/b/scripts/go.sh`, "true\n");
  await Deno.writeTextFile(`${dir.path}/broken/SKILL.md`, "---\nname: [");
  await Deno.writeTextFile(`${dir.path}/README.md`, "no bundle");
  const bundles = await createSkills({ dir: dir.path }).list();
  assertEquals(
    bundles.map((one) => [one.name, one.result.ok ? "ok" : one.result.problem.reason]),
    [["a", "ok"], ["b", "ok"], ["broken", "unclosed_front_matter"], ["empty", "missing"]],
  );
  assertEquals(bundles[1]?.files.map((one) => one.path), ["SKILL.md", "scripts/go.sh"]);
  assertEquals(bundles[1]?.files[1], {
    path: "scripts/go.sh",
    bytes: 5,
    digest: sha256("true\n"),
  });
});

Deno.test("a bundle is read by its name; others are an error that says which", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/skills/a`, { recursive: true });
  await Deno.mkdir(`${dir.path}/skills/broken`);
  await Deno.mkdir(`${dir.path}/outside`);
  await Deno.writeTextFile(`${dir.path}/skills/a/SKILL.md`, text("a"));
  await Deno.writeTextFile(`${dir.path}/outside/SKILL.md`, text("outside"));
  const skills = createSkills({ dir: `${dir.path}/skills` });
  assertEquals((await skills.read("a")).body, "Do a.\n");
  assertEquals((await skills.find("a"))?.files.map((file) => file.path), ["SKILL.md"]);
  assertEquals((await skills.find("broken"))?.result.ok, false);
  assertEquals(await skills.find("../outside"), undefined);
  for (const [name, code] of [["broken", "skill_invalid"], ["none", "not_found"]] as const) {
    assertEquals((await assertRejects(() => skills.read(name), OuroborosError)).code, code);
  }
  const error = await assertRejects(() => skills.read("../outside"), OuroborosError);
  assertEquals(error.code, "not_found");
});

Deno.test("a directory that is missing holds no bundle, and no parent is searched", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/skills/a`, { recursive: true });
  await Deno.writeTextFile(`${dir.path}/skills/a/SKILL.md`, text("a"));
  assertEquals(await createSkills({ dir: `${dir.path}/deep/skills` }).list(), []);
  assert((await createSkills({ dir: `${dir.path}/skills` }).list()).length === 1);
});
