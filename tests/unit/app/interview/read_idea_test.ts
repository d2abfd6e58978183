import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { readIdea } from "../../../../lib/app/interview/read_idea.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("the end of a file's last line is no part of the idea", async () => {
  await using dir = await tempDir();
  for (const [text, idea] of [["a b\n", "a b"], ["a\n\nb\r\n", "a\n\nb"], ["a\n\n", "a\n"]]) {
    await Deno.writeTextFile(join(dir.path, "idea.md"), text!);
    assertEquals((await readIdea(dir.path, "idea.md")).text, idea);
  }
});

Deno.test("a file that is no text is a mistake of usage, as a folder is", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(join(dir.path, "latin.txt"), new Uint8Array([255, 254]));
  for (const name of ["latin.txt", "."]) {
    const error = await assertRejects(() => readIdea(dir.path, name), OuroborosError);
    assertEquals(error.code, "usage");
  }
});
