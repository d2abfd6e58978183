import { assertEquals, assertRejects } from "@std/assert";
import { validateSkills } from "../../../lib/app/validate_skills.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { benchPlaces, openApp } from "../../helpers/app_bench.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("bundles are judged by the specification and by what dispatch reads of them", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  const own = `${dir.path}/ours/skills`;
  for (const name of ["empty", "mine"]) await Deno.mkdir(`${own}/${name}`, { recursive: true });
  await Deno.mkdir(places.project);
  const text = "---\nname: mine\ndescription: d\nmetadata: { ouroboros-tool: a b, " +
    "ouroboros-aliases: status }\n---\n";
  await Deno.writeTextFile(`${own}/mine/SKILL.md`, text);
  const app = openApp(places);
  assertEquals(await validateSkills(app, []), [
    { name: "empty", folder: `${own}/empty`, errors: ["It has no SKILL.md"], advice: [] },
    {
      name: "mine",
      folder: `${own}/mine`,
      errors: ['"a b" cannot be the name of a tool'],
      advice: [],
    },
  ]);
  await Deno.writeTextFile(`${own}/mine/SKILL.md`, text.replace("ouroboros-tool: a b, ", ""));
  assertEquals((await validateSkills(app, [`${own}/mine`]))[0]?.advice, [
    '"status" names "status" and "mine": the first has it',
  ]);
  const none = await assertRejects(() => validateSkills(app, ["none"]), OuroborosError);
  assertEquals(none.code, "not_found");
  await app.close();
});
