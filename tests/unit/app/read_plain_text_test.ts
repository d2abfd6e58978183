import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { readPlainText } from "../../../lib/app/read_plain_text.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a text is read whole, and what is none or too long is refused with a reason", async () => {
  await using dir = await tempDir();
  const put = async (name: string, bytes: Uint8Array) => {
    await Deno.writeFile(join(dir.path, name), bytes);
    return join(dir.path, name);
  };
  assertEquals(await readPlainText(await put("a", new TextEncoder().encode("grün")), 5), "grün");
  const reason = async (path: string) =>
    (await assertRejects(() => readPlainText(path, 5), Error)).message;
  assertEquals(await reason(await put("b", new Uint8Array(6))), "it has 6 bytes");
  assertEquals(await reason(await put("c", new Uint8Array([0xff]))), "it is no text in UTF-8");
  assertEquals(await reason(dir.path), "it is a folder");
  await assertRejects(() => readPlainText(join(dir.path, "none"), 5), Deno.errors.NotFound);
});
