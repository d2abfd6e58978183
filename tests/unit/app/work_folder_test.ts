import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { makeWorkFolder, removeLeftFolders } from "../../../lib/app/work_folder.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const names = (folder: string) => [...Deno.readDirSync(folder)].map((one) => one.name).sort();

/** Folders by these names, each with a file in it. */
async function leave(folder: string, ...left: readonly string[]): Promise<void> {
  for (const name of left) {
    await Deno.mkdir(join(folder, name));
    await Deno.writeTextFile(join(folder, name, "file"), "left\n");
  }
}

Deno.test("a folder is held until it is removed, and stays where it is kept", async () => {
  await using dir = await tempDir();
  const [one, two] = [
    await makeWorkFolder("question", dir.path),
    await makeWorkFolder("demo", dir.path),
  ];
  assertEquals(await removeLeftFolders(dir.path), 0);
  assertEquals(names(dir.path).length, 2);
  await one.remove();
  two.keep();
  assertEquals(names(dir.path), [two.path.split("/").at(-1)]);
  assertEquals(await removeLeftFolders(dir.path), 0, "a demo is the user's to remove");
});

Deno.test("what a killed command left is removed when the next one makes its own, and nothing else", async () => {
  await using dir = await tempDir();
  const others = ["ouroboros-run_01", "ouroboros-plans", "ouroboros-plan-my notes", "plan-0a1b"];
  await leave(dir.path, "ouroboros-plan-0a1b2c3d", "ouroboros-question-ff00", ...others);
  await Deno.writeTextFile(join(dir.path, "ouroboros-seed-0a1b"), "a file\n");
  await Deno.mkdir(join(dir.path, "elsewhere"));
  await Deno.symlink(join(dir.path, "elsewhere"), join(dir.path, "ouroboros-seed-0a1c"));
  const made = await makeWorkFolder("seed", dir.path);
  await made.remove();
  assertEquals(
    names(dir.path),
    [...others, "elsewhere", "ouroboros-seed-0a1b", "ouroboros-seed-0a1c"].sort(),
  );
});

Deno.test("many that are made and removed side by side take nothing from each other", async () => {
  await using dir = await tempDir();
  await leave(dir.path, ...Array.from({ length: 20 }, (_, at) => `ouroboros-plan-${at}a`));
  await Promise.all(Array.from({ length: 24 }, async () => {
    const folder = await makeWorkFolder("plan", dir.path);
    await Deno.writeTextFile(join(folder.path, "mine"), "x");
    await new Promise((done) => setTimeout(done, 5));
    assertEquals(await Deno.readTextFile(join(folder.path, "mine")), "x");
    await folder.remove();
  }));
  assertEquals(names(dir.path), []);
});

Deno.test("one that is taken for left at any moment before it is held is made again", async () => {
  await using dir = await tempDir();
  const done = new AbortController();
  const sweeps = Array.from({ length: 8 }, async () => {
    while (!done.signal.aborted) await removeLeftFolders(dir.path);
  });
  try {
    for (let turn = 0; turn < 100; turn++) {
      const folder = await makeWorkFolder("check", dir.path);
      await Deno.writeTextFile(join(folder.path, "mine"), "x");
      await folder.remove();
    }
  } finally {
    done.abort();
    await Promise.all(sweeps);
  }
});

Deno.test("a place that is not there holds nothing to remove", async () => {
  await using dir = await tempDir();
  assertEquals(await removeLeftFolders(join(dir.path, "missing")), 0);
});

Deno.test("where no folder can be made it says where it wanted one", async () => {
  await using dir = await tempDir();
  const error = await assertRejects(
    () => makeWorkFolder("plan", join(dir.path, "missing")),
    OuroborosError,
    "Make a folder for temporary files: ",
  );
  assertEquals(error.code, "not_writable");
  assert(error.hint?.includes("TMPDIR"));
});
