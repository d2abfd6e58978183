import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { lookReader } from "../../../../lib/app/interview/look_reader.ts";
import { writeFiles } from "../../../helpers/git_project.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("a plain text is read, once", async () => {
  await using dir = await tempDir();
  await writeFiles(dir.path, { "a/b.json": "one" });
  const read = lookReader(dir.path);
  assertEquals(await read("a/b.json"), "one");
  await writeFiles(dir.path, { "a/b.json": "two" });
  assertEquals(await read("a/b.json"), "one");
});

Deno.test("secrets, links, folders, binary, large and missing files are not read", async () => {
  await using dir = await tempDir();
  await writeFiles(dir.path, {
    ".env": "A=1",
    "sub/.env.local": "A=1",
    "sub/plain": "text",
    binary: new Uint8Array([65, 0]),
    large: "x".repeat(262_145),
    largest: "x".repeat(262_144),
  });
  await Deno.symlink("sub", join(dir.path, "link"));
  await Deno.symlink("sub/plain", join(dir.path, "file"));
  const read = lookReader(dir.path);
  const names = [".env", "sub/.env.local", "link/plain", "file", "sub", "binary", "large", "none"];
  for (const name of names) assertEquals(await read(name), undefined, name);
  assertEquals((await read("largest"))?.length, 262_144);
});
