import { assertEquals } from "@std/assert";
import { movedProject } from "../../../lib/setup/moved_project.ts";
import { planProject } from "../../../lib/setup/plan_project.ts";
import { planProjectRemoval } from "../../../lib/setup/plan_project_removal.ts";
import type { SetupPlan } from "../../../lib/setup/setup_plan.ts";
import { applyTransaction } from "../../../lib/setup/write/apply_transaction.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A project with a section in a file of its own and in one that was made, and what plans need. */
async function scene(names: readonly string[] = ["one"]) {
  const dir = await tempDir();
  const home = await new PlannedHome(dir.path).make();
  let token = 0x10000000;
  const carryOut = async ({ changes, emptied, ours }: SetupPlan) => {
    const transaction = { root: home.root, changes, emptied, ours };
    await applyTransaction(transaction, { token: (token++).toString(16) });
  };
  const filesOf = (folder: string) => ["AGENTS.md", "CLAUDE.md"].map((name) => `${folder}/${name}`);
  for (const name of names) {
    const folder = `${dir.path}/${name}`;
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/AGENTS.md`, "hi\n");
    await carryOut(await planProject(await home.around(), { folder, files: filesOf(folder) }));
  }
  return {
    home,
    at: (name: string) => `${dir.path}/${name}`,
    remove: async (folder: string) => {
      const wanted = { folder, files: filesOf(folder), force: false };
      await carryOut(await planProjectRemoval(await home.around(), wanted));
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

Deno.test("out of a project that was moved the section is taken to the byte, and its record goes", async () => {
  await using one = await scene();
  await Deno.rename(one.at("one"), one.at("moved"));
  await one.remove(one.at("moved"));
  assertEquals([...Deno.readDirSync(one.at("moved"))].map(({ name }) => name), ["AGENTS.md"]);
  assertEquals(await Deno.readTextFile(`${one.at("moved")}/AGENTS.md`), "hi\n");
  assertEquals((await one.home.around()).receipt, null);
});

Deno.test("a folder that is there still, one without our text, and one of two are not taken for it", async () => {
  await using one = await scene(["one", "two"]);
  const { receipt } = await one.home.around();
  await Deno.mkdir(one.at("other"));
  assertEquals(await movedProject(receipt, one.at("other")), receipt);
  for (const name of ["AGENTS.md", "CLAUDE.md"]) {
    await Deno.copyFile(`${one.at("one")}/${name}`, `${one.at("other")}/${name}`);
  }
  assertEquals(await movedProject(receipt, one.at("other")), receipt);
  await Deno.remove(one.at("one"), { recursive: true });
  const moved = await movedProject(receipt, one.at("other"));
  assertEquals(Object.keys(moved!.projects!).sort(), [one.at("other"), one.at("two")]);
  await Deno.remove(one.at("two"), { recursive: true });
  assertEquals(await movedProject(receipt, one.at("other")), receipt);
  assertEquals(await movedProject(null, one.at("other")), null);
});
