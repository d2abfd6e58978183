import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { listSeeds } from "../../../../lib/app/seeds/list_seeds.ts";
import { showSeed } from "../../../../lib/app/seeds/show_seed.ts";
import { seedsFolder } from "../../../../lib/app/seeds/stored_seeds.ts";
import { appBench } from "../../../helpers/app_bench.ts";

Deno.test("seeds are listed the newest first, with their origin; a broken one hides no other", async () => {
  await using bench = await appBench();
  assertEquals(await listSeeds(bench.app, { limit: 20 }), []);
  const folder = seedsFolder(bench.app);
  await Deno.mkdir(join(folder, "edits"), { recursive: true });
  const put = async (name: string, text: string, day: number) => {
    const path = join(folder, name);
    await Deno.writeTextFile(path, text);
    await Deno.utime(path, new Date(2026, 0, day), new Date(2026, 0, day));
  };
  await put("seed_1.yaml", "goal: First\nmetadata: { interview_id: interview_1 }\n", 1);
  await put("seed_2.yaml", "goal: Second\nmetadata: { parent_seed_id: seed_1 }\n", 3);
  await put("seed_3.json", "{}", 2);
  await put("seed_1.yaml.part", "goal: Half\n", 4);
  const seeds = await listSeeds(bench.app, { limit: 20 });
  assertEquals(seeds.map((one) => [one.id, one.goal, one.from, one.interview]), [
    ["seed_2", "Second", "seed_1", null],
    ["seed_3", null, null, null],
    ["seed_1", "First", null, "interview_1"],
  ]);
  assertStringIncludes(seeds[1]!.problem ?? "", "goal");
  assertEquals((await listSeeds(bench.app, { limit: 1 })).map((one) => one.id), ["seed_2"]);
  // Without a word the newest is shown, by the id that it is found by.
  assertEquals((await showSeed(bench.app, undefined)).id, "seed_2");
  assertEquals((await showSeed(bench.app, "seed_1")).text.split("\n")[0], "goal: First");
});
