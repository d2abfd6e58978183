import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { COMMANDS } from "../../../lib/cli/commands.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { planProject } from "../../../lib/setup/plan_project.ts";
import { planProjectRemoval } from "../../../lib/setup/plan_project_removal.ts";
import { PROJECT_SECTION, PROJECT_TEXT } from "../../../lib/setup/project_section.ts";
import type { SetupPlan } from "../../../lib/setup/setup_plan.ts";
import { applyTransaction } from "../../../lib/setup/write/apply_transaction.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A project beside a home, whose plans are carried out as the program does it. */
async function scene() {
  const dir = await tempDir();
  const home = await new PlannedHome(dir.path).make();
  const folder = `${dir.path}/project`;
  await Deno.mkdir(folder);
  const file = `${folder}/AGENTS.md`;
  let token = 0;
  const carryOut = async ({ changes, emptied, ours }: SetupPlan) => {
    await applyTransaction({ root: home.root, changes, emptied, ours }, {
      token: `${token++}`.padStart(10, "0"),
    });
  };
  return {
    home,
    folder,
    file,
    carryOut,
    add: async () => {
      const plan = await planProject(await home.around(), { folder, files: [file] });
      if (!plan.unchanged) await carryOut(plan);
      return plan;
    },
    remove: async (force = false) => {
      const wanted = { folder, files: [file], force };
      const plan = await planProjectRemoval(await home.around(), wanted);
      if (!plan.unchanged) await carryOut(plan);
      return plan;
    },
    text: () => Deno.readTextFile(file).catch(() => null),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

Deno.test("a section that was put in is taken out to the byte, whatever the file was", async () => {
  const texts = [
    null,
    "",
    "\n",
    "# Rules",
    "# Rules\n",
    "# Rules\n\n",
    "a\r\nb\r\n",
    "\ufeff# x\n",
  ];
  for (const text of texts) {
    await using one = await scene();
    if (text !== null) await Deno.writeTextFile(one.file, text);
    const plan = await one.add();
    assertEquals(plan.own[0]?.action, text === null ? "create" : "change");
    const written = await one.text() ?? "";
    assert(written.startsWith(text ?? ""));
    assertStringIncludes(written.replaceAll("\r\n", "\n"), PROJECT_TEXT);
    assert(!text?.includes("\r\n") || !/[^\r]\n/.test(written), "line ends are the file's");
    assertEquals((await one.add()).unchanged, true);
    await one.remove();
    // A file that held nothing holds nothing, and one that we made is gone.
    assertEquals(await one.text(), text);
    assertEquals(await one.home.receipt(), null);
  }
});

Deno.test("generated files come back to the byte", async () => {
  await using one = await scene();
  const line = fc.constantFrom("# Rules", "", "- a", "```", "<!-- x -->", "\ttext", "~~~", "é🎈");
  const text = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"))
    .map(([lines, newline]) => lines.join(newline));
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(text, async (before) => {
      await Deno.writeTextFile(one.file, before);
      try {
        await one.add();
      } catch (error) {
        // A code block without an end: a section behind it would be a part of it.
        assert(error instanceof OuroborosError && /code block/.test(error.message), String(error));
        assertEquals(await one.text(), before);
        return;
      }
      cases++;
      await one.remove();
      assertEquals(await one.text(), before);
    }),
    { numRuns: 150, seed: 7 },
  );
  assert(cases > 60, `${cases}`);
});

Deno.test("what a person writes around the section stays, and the section goes", async () => {
  await using one = await scene();
  await Deno.writeTextFile(one.file, "# Rules\n");
  await one.add();
  await Deno.writeTextFile(one.file, `Above\n\n${await one.text()}\nBelow\n`);
  await one.remove();
  assertEquals(await one.text(), "Above\n\n# Rules\n\nBelow\n");
});

Deno.test("a section that a person changed stays, is named, and goes by force", async () => {
  await using one = await scene();
  await one.add();
  await Deno.writeTextFile(one.file, (await one.text())!.replace("Never run", "Always run"));
  const plan = await one.remove();
  const shown = plan.own.find(({ path }) => path === one.file);
  assertEquals([shown?.action, shown?.what], ["kept", PROJECT_SECTION]);
  assertStringIncludes(await one.text() ?? "", "Always run");
  await one.remove(true);
  assertEquals(await one.text(), null);
  assertEquals(await one.home.receipt(), null);
});

Deno.test("a section that a person took out is forgotten; put in again it goes to the byte", async () => {
  await using one = await scene();
  await Deno.writeTextFile(one.file, "# Rules\n");
  await one.add();
  await Deno.writeTextFile(one.file, "# Other rules");
  await one.add();
  await one.remove();
  assertEquals(await one.text(), "# Other rules");
});

Deno.test("an older section is replaced, and the first text comes back", async () => {
  await using one = await scene();
  const old = "<!-- ouroboros:start -->\nOld\n<!-- ouroboros:end -->\n";
  await Deno.writeTextFile(one.file, `# Rules\n\n${old}\nMore\n`);
  await one.add();
  assert(!(await one.text())!.includes("Old"));
  await one.remove();
  assertEquals(await one.text(), `# Rules\n\n${old}\nMore\n`);
});

Deno.test("a section that came with a clone is left as it is, and goes by its lines", async () => {
  await using one = await scene();
  await using other = await scene();
  await Deno.writeTextFile(other.file, "# Rules\n");
  await other.add();
  await Deno.writeTextFile(one.file, `${await other.text()}\nMore\n`);
  assertEquals((await one.add()).unchanged, true);
  assertEquals(await one.home.receipt(), null);
  await one.remove();
  assertEquals(await one.text(), "# Rules\n\n\nMore\n");
  assertEquals((await one.remove()).unchanged, true);
});

Deno.test("a section outlives the setting up and the taking out of hosts, in either order", async () => {
  const host = madeUpRuntime("madeup", { placement: madeUpPlacement("madeup") });
  for (const first of ["host", "project"]) {
    await using one = await scene();
    await Deno.writeTextFile(one.file, "# Rules\n");
    if (first === "project") await one.add();
    await one.home.setUp([host], { backend: "madeup" });
    if (first === "host") await one.add();
    await one.home.takeOut([host], { own: true });
    const receipt = await one.home.receipt();
    assertEquals(Object.keys(receipt?.projects ?? {}), [one.folder], first);
    assertEquals([receipt?.runtimes, receipt?.own], [{}, undefined]);
    await one.remove();
    assertEquals(await one.text(), "# Rules\n");
    assertEquals(Object.keys(await one.home.tree()), ["/"], first);
  }
});

Deno.test("half a section, and a link that leads out of the project, stop the plan", async () => {
  await using one = await scene();
  await Deno.writeTextFile(one.file, "<!-- ouroboros:start -->\n");
  const half = await assertRejects(() => one.add(), OuroborosError);
  assertEquals(half.code, "host_file_unusable");
  await Deno.remove(one.file);
  await Deno.writeTextFile(`${one.home.home}/outside.md`, "");
  await Deno.symlink(`${one.home.home}/outside.md`, one.file);
  const link = await assertRejects(() => one.add(), OuroborosError);
  assertEquals(link.code, "host_file_unusable");
  assertEquals(await one.home.receipt(), null);
});

Deno.test("what is shown is the project's files; of our receipt only that it changes", async () => {
  await using one = await scene();
  for (const action of ["create", "change"]) {
    const { own } = await one.add();
    assertEquals(own.map((file) => "after" in file), [true, false]);
    assertEquals(own[1]?.action, action);
    await Deno.writeTextFile(one.file, (await one.text())!.replace("Never", "Ever"));
  }
});

Deno.test("a section that was changed and put in again is ours, and goes to the byte", async () => {
  await using one = await scene();
  await Deno.writeTextFile(one.file, "# Rules\n");
  await one.add();
  for (const word of ["Ever", "Seldom"]) {
    await Deno.writeTextFile(one.file, (await one.text())!.replace("Never", word));
    assertEquals((await one.add()).unchanged, false);
  }
  await one.remove();
  assertEquals(await one.text(), "# Rules\n");
});

Deno.test("a receipt that was written meanwhile is a conflict", async () => {
  await using one = await scene();
  const around = await one.home.around();
  await one.add();
  const wanted = { folder: `${one.folder}2`, files: [`${one.home.home}/x.md`] };
  const error = await assertRejects(() => planProject(around, wanted), OuroborosError);
  assertEquals(error.code, "conflict");
});

Deno.test("the section is short, and every command in it exists", () => {
  assert(PROJECT_TEXT.split("\n").length < 20);
  const typed = [...PROJECT_TEXT.matchAll(/`ouroboros ([a-z]+)/g)].map((match) => match[1]);
  assert(typed.length >= 5);
  for (const name of typed) assert(COMMANDS.some((one) => one.name === name), name);
});
