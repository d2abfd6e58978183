import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { hostPlaces, type RuntimeDefinition } from "../../../lib/runtimes/mod.ts";
import { planSetup } from "../../../lib/setup/plan_setup.ts";
import { sharedSkills } from "../../../lib/setup/shared_skills.ts";
import type { SetupAround } from "../../../lib/setup/setup_plan.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";

/** Two hosts whose skills lie in folders of the same shape. */
const [FIRST, SECOND] = PLACED.filter((one) => one.placement!.skills.dir === "skills");

/** Makes the second host's folder of skills a link to the first one's. */
async function linkSkills(bench: UninstallBench): Promise<void> {
  const [from, to] = [SECOND!, FIRST!].map((one) =>
    hostPlaces(one.placement!, { home: bench.home, variable: () => undefined }).skills
  );
  for (const folder of [to!, from!.slice(0, from!.lastIndexOf("/"))]) {
    await Deno.mkdir(folder, { recursive: true });
  }
  await Deno.symlink(to!, from!);
}

function plan(around: SetupAround, hosts: readonly RuntimeDefinition[]) {
  const wanted = hosts.map((definition) => ({ definition, program: "/opt/it", approve: false }));
  return planSetup(around, { hosts: wanted, backend: null });
}

Deno.test("two hosts with one folder of skills are not set up together, nor one after the other", async () => {
  await using bench = await uninstallBench();
  await linkSkills(bench);
  const before = await bench.snapshot();
  const together = await assertRejects(() => bench.setUp([FIRST!, SECOND!]), OuroborosError);
  assertEquals(together.code, "host_file_unusable");
  for (const { title } of [FIRST!, SECOND!]) assertStringIncludes(together.message, title);
  assertEquals(together.hint!.includes("uninstall"), false);
  assertEquals(await bench.snapshot(), before);
  await bench.setUp([FIRST!]);
  const second = await assertRejects(() => bench.setUp([SECOND!]), OuroborosError);
  assertStringIncludes(second.message, FIRST!.id);
  assertStringIncludes(second.hint!, `uninstall --runtime ${FIRST!.id}`);
  await bench.undo([FIRST!]);
  await bench.setUp([SECOND!]);
});

Deno.test("variables of the same value are named, and different ones are no trouble", async () => {
  await using bench = await uninstallBench();
  const around = await bench.around();
  const names = [FIRST!, SECOND!].map((one) => one.placement!.home.env!);
  const one = { ...around, variable: (name: string) => names.includes(name) ? "/x" : undefined };
  const error = await assertRejects(() => plan(one, [FIRST!, SECOND!]), OuroborosError);
  for (const name of names) assertStringIncludes(error.hint!, name);
  assertEquals(await sharedSkills({ ...around, variable: (name) => `/x/${name}` }, PLACED), []);
  assertEquals(await sharedSkills(around, PLACED), []);
});
