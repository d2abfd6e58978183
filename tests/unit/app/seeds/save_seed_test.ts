import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { requireFreePlace, saveSeed } from "../../../../lib/app/seeds/save_seed.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench } from "../../../helpers/app_bench.ts";

async function refusal(work: () => Promise<unknown>) {
  const { code, message, hint } = await assertRejects(work, OuroborosError);
  return [code, message, hint];
}

Deno.test("a seed is saved as it is, and never over anything", async () => {
  await using bench = await appBench({ files: { "frozen.yaml": "goal: g # ours\n", "a": "mine" } });
  const { path, hidden } = await saveSeed(bench.app, "frozen.yaml", "seed.yaml");
  assertEquals([path, hidden], [join(bench.project, "seed.yaml"), false]);
  assertEquals(await Deno.readTextFile(path), "goal: g # ours\n");
  assertEquals(await refusal(() => saveSeed(bench.app, "frozen.yaml", "a")), [
    "conflict",
    'Save the seed as "a": there is such a file already',
    "cp frozen.yaml FILE",
  ]);
  assertEquals(await Deno.readTextFile(join(bench.project, "a")), "mine");
});

Deno.test("a copy with hidden checks is told as one in which they can be read", async () => {
  const check = "[{ run: make a }, { run: make b, hidden: true }]";
  await using bench = await appBench({
    files: {
      "frozen.yaml": `goal: g\nacceptance_criteria: [{ description: d, check: ${check} }]\n`,
    },
  });
  assertEquals((await saveSeed(bench.app, "frozen.yaml", "seed.yaml")).hidden, true);
});

Deno.test("a place that is taken, or is none, is told before anything is asked", async () => {
  await using bench = await appBench({ files: { "a": "mine", "b/c": "" } });
  await Deno.symlink("nowhere", join(bench.project, "link"));
  await requireFreePlace(bench.app, "seed.yaml");
  await requireFreePlace(bench.app, "b/seed.yaml");
  const told = async (name: string) =>
    (await refusal(() => requireFreePlace(bench.app, name))).slice(0, 2);
  assertEquals(await told("a"), ["conflict", 'Save the seed as "a": there is such a file already']);
  assertEquals(await told("link"), [
    "conflict",
    'Save the seed as "link": there is such a file already',
  ]);
  assertEquals(await told("b"), ["conflict", 'Save the seed as "b": it is a folder']);
  assertEquals(await told("none/seed.yaml"), [
    "not_found",
    'Save the seed as "none/seed.yaml": there is no folder for it',
  ]);
});

Deno.test({
  name: "a place where no file can be made is told before anything is asked, and behind it as well",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using bench = await appBench({ files: { "frozen.yaml": "goal: g\n" } });
    const [code, message] = await refusal(() => requireFreePlace(bench.app, "/proc/x.yaml"));
    assertEquals(code, "not_writable");
    assertStringIncludes(message!, 'Save the seed as "/proc/x.yaml": ');
    const later = await refusal(() => saveSeed(bench.app, "frozen.yaml", "/proc/x.yaml"));
    assertStringIncludes(later[1]!, 'it stays in "frozen.yaml"');
    // To look leaves nothing behind.
    await requireFreePlace(bench.app, "seed.yaml");
    await requireFreePlace(bench.app, "seed.yaml");
  },
});
