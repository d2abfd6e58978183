import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { writeWhole } from "../../../lib/workspace/write_whole.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test("a file is written in place of the one that was there, with its mode, and nothing beside it", async () => {
  await using dir = await tempDir();
  const path = join(dir.path, "a.txt");
  await Deno.writeTextFile(`${path}.part`, "mine");
  await writeWhole(path, "one");
  assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  await writeWhole(path, new TextEncoder().encode("two"), { mode: 0o700 });
  assertEquals(await Deno.readTextFile(path), "two");
  assertEquals((await Deno.stat(path)).mode! & 0o777, 0o700);
  assertEquals(await names(dir.path), ["a.txt", "a.txt.part"]);
  assertEquals(await Deno.readTextFile(`${path}.part`), "mine");
});

Deno.test("what cannot be written leaves nothing", async () => {
  await using dir = await tempDir();
  const path = join(dir.path, "folder");
  await Deno.mkdir(join(path, "full"), { recursive: true });
  // A folder's place is not taken by a file.
  await assertRejects(() => writeWhole(path, "one"));
  await assertRejects(() => writeWhole(join(dir.path, "none", "a"), "one"), Deno.errors.NotFound);
  assertEquals(await names(dir.path), ["folder"]);
});
