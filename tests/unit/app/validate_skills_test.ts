import { assertEquals, assertRejects } from "@std/assert";
import { validateSkills } from "../../../lib/app/validate_skills.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { TOOL_TABLE } from "../../../lib/mcp/tool_table.ts";
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
  assertEquals(await validateSkills(app, [], TOOL_TABLE), [
    { name: "empty", folder: `${own}/empty`, errors: ["It has no SKILL.md"], advice: [] },
    {
      name: "mine",
      folder: `${own}/mine`,
      errors: ['"a b" cannot be the name of a tool'],
      advice: [],
    },
  ]);
  await Deno.writeTextFile(`${own}/mine/SKILL.md`, text.replace("ouroboros-tool: a b, ", ""));
  assertEquals((await validateSkills(app, [`${own}/mine`], TOOL_TABLE))[0]?.advice, [
    '"status" names "status" and "mine": the first has it',
  ]);
  const none = await assertRejects(() => validateSkills(app, ["none"], TOOL_TABLE), OuroborosError);
  assertEquals(none.code, "not_found");
  const file = () => validateSkills(app, [`${own}/mine/SKILL.md`], TOOL_TABLE);
  await assertRejects(file, OuroborosError, "it is no folder");
  await app.close();
});

Deno.test("arguments that the tool does not take, and a tool that is not there, are errors", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(places.project);
  const app = openApp(places);
  const errors = async (tool: string, args: string, verbs = "{}") => {
    await Deno.mkdir(`${dir.path}/mine`, { recursive: true });
    const facts = { "ouroboros-tool": tool, "ouroboros-args": args, "ouroboros-verbs": verbs };
    const text = `---\nname: mine\ndescription: d\nmetadata: ${JSON.stringify(facts)}\n---\n`;
    await Deno.writeTextFile(`${dir.path}/mine/SKILL.md`, text);
    return (await validateSkills(app, [`${dir.path}/mine`], TOOL_TABLE))[0]?.errors;
  };
  assertEquals(await errors("ouroboros_session_status", '{"run": "$1", "cwd": "$CWD"}'), []);
  assertEquals(await errors("ouroboros_session_status", '{"run": "$1"}', '{"at": {"nope": 1}}'), [
    'The tool "ouroboros_session_status" takes no argument "nope"',
  ]);
  assertEquals(await errors("constructor", "{}"), ['There is no tool "constructor"']);
  await app.close();
});

Deno.test("our own bundles are not judged against themselves", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(places.project);
  const app = openApp(places);
  const copy = `${dir.path}/status`;
  await Deno.mkdir(copy);
  await Deno.copyFile(`${app.skillsDir}/status/SKILL.md`, `${copy}/SKILL.md`);
  for (const folder of [`${app.skillsDir}/status`, copy]) {
    const [report] = await validateSkills(app, [folder], TOOL_TABLE);
    assertEquals([report?.errors, report?.advice], [[], []]);
  }
  await app.close();
});
