import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { listPersonas, readPersona } from "../../../lib/skills/personas.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const DIR = decodeURIComponent(new URL("../../../skills", import.meta.url).pathname);

Deno.test("the program has its five personas, each with an approach and questions", async () => {
  const personas = await listPersonas(DIR);
  assertEquals(
    personas.map((one) => one.name),
    ["architect", "contrarian", "hacker", "researcher", "simplifier"],
  );
  for (const one of personas) {
    assert(one.approach.length >= 4, one.name);
    assert(one.questions.length >= 4, one.name);
    assert(one.questions.every((question) => question.includes("?")), one.name);
  }
});

Deno.test("a persona is read by its name, in any case; another is an error that names the nearest", async () => {
  assertEquals((await readPersona(DIR, " Hacker ")).name, "hacker");
  const slip = await assertRejects(() => readPersona(DIR, "hackre"), OuroborosError);
  assertEquals([slip.code, slip.hint], ["not_found", 'Did you mean "hacker"?']);
  const none = await assertRejects(() => readPersona(DIR, "../../run/SKILL"), OuroborosError);
  assertEquals(none.code, "not_found");
  assertStringIncludes(none.hint ?? "", "architect, contrarian");
});

Deno.test("a persona that is broken or a folder that is missing is an error with its path", async () => {
  await using dir = await tempDir();
  const missing = await assertRejects(() => listPersonas(dir.path), OuroborosError);
  assertEquals(missing.code, "skill_invalid");
  const folder = `${dir.path}/unstuck/personas`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/clown.md`, "---\nname: [\n---\n");
  const broken = await assertRejects(() => readPersona(dir.path, "clown"), OuroborosError);
  assertStringIncludes(broken.message, `Read "${folder}/clown.md": `);
});
