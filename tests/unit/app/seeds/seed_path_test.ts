import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { seedPath } from "../../../../lib/app/seeds/seed_path.ts";
import { seedsFolder } from "../../../../lib/app/seeds/stored_seeds.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench } from "../../../helpers/app_bench.ts";

const ONE = "seed_01k3aaaaaa11111111";
const OTHER = "seed_01k3aaaaaa22222222";

async function stored() {
  const bench = await appBench({ files: { "seed.yaml": "goal: g\n", "11111111": "goal: g\n" } });
  const folder = seedsFolder(bench.app);
  await Deno.mkdir(folder, { recursive: true });
  for (const name of [`${ONE}.yaml`, `${OTHER}.json`, "notes.txt"]) {
    await Deno.writeTextFile(join(folder, name), "goal: g\n");
  }
  const path = async (word: string) => await seedPath(bench.app, word);
  const refused = async (word: string) => {
    const { code, message, hint } = await assertRejects(() => path(word), OuroborosError);
    return [code, message, hint];
  };
  return { bench, folder, path, refused };
}

Deno.test("a seed is a file, an id, or the end or the beginning of one", async () => {
  const { bench, folder, path } = await stored();
  await using _ = bench;
  const [one, other] = [join(folder, `${ONE}.yaml`), join(folder, `${OTHER}.json`)];
  assertEquals(await path("seed.yaml"), "seed.yaml");
  assertEquals(await path(ONE), one);
  assertEquals(await path(`${ONE}.yaml`), one);
  assertEquals(await path("a11111111"), one);
  assertEquals(await path("2222"), other);
  assertEquals(await path("seed_01k3aaaaaa2"), other);
});

Deno.test("a file goes before an id, and what reads like a file is left to whoever reads it", async () => {
  const { bench, path } = await stored();
  await using _ = bench;
  for (const word of ["11111111", "none.yaml", "a/b", "two words", "x\0y", "-", "."]) {
    assertEquals(await path(word), word);
  }
});

Deno.test("a blank word is said to be empty, and not taken for the folder", async () => {
  const { bench, refused } = await stored();
  await using _ = bench;
  for (const word of ["", " \n"]) {
    const [code, message] = await refused(word);
    assertEquals([code, message], ["usage", `Read the seed "${word}": the text is empty`]);
  }
});

Deno.test("what nothing fits is told with the nearest id, and what several fit with one of them", async () => {
  const { bench, folder, refused } = await stored();
  await using _ = bench;
  assertEquals(await refused("seed_01k3aaaaaa11111112"), [
    "not_found",
    'Find the seed "seed_01k3aaaaaa11111112": there is no such file, and no seed of that id',
    `Did you mean ${ONE}?`,
  ]);
  assertEquals((await refused("shop"))[2], "ouroboros seed list");
  // Too short to be meant, and the beginning that all of them have.
  assertEquals((await refused("111"))[0], "not_found");
  assertEquals((await refused("seed_"))[0], "not_found");
  await Deno.writeTextFile(join(folder, "seed_x1111.yaml"), "goal: g\n");
  assertEquals((await refused("1111"))[0], "usage");
  assertEquals((await refused("1111"))[1], 'Find the seed "1111": 2 fit');
});

Deno.test("without a folder of seeds there is none", async () => {
  await using bench = await appBench();
  const error = await assertRejects(() => seedPath(bench.app, "seed_x"), OuroborosError);
  assertEquals([error.code, error.exitCode], ["not_found", 3]);
});
