import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readReceiptFile } from "../../../../lib/app/receipts/read_receipt_file.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test("a word that names no file may be a run; what is there and no file is told as that", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/abcd`);
  await Deno.mkdir(`${dir.path}/r.tar`);
  await Deno.writeTextFile(`${dir.path}/file`, "x");
  assertEquals(await readReceiptFile(dir.path, "file"), new TextEncoder().encode("x"));
  assertEquals(await readReceiptFile(dir.path, "nothing"), undefined);
  assertEquals(await readReceiptFile(dir.path, "abcd"), undefined);
  const wanted: [word: string, code: string, text: string][] = [
    ["none.tar", "not_found", "there is no such file"],
    ["r.tar", "unreadable", "it is a folder"],
    ["./abcd", "unreadable", "it is a folder"],
    [".", "unreadable", "it is a folder"],
    ["-", "usage", "not from stdin"],
  ];
  if (Deno.build.os !== "windows") {
    const made = await new Deno.Command("mkfifo", { args: [`${dir.path}/pipe`] }).output();
    assertEquals(made.success, true);
    wanted.push(["pipe", "unreadable", "it is no regular file"]);
  }
  for (const [word, code, text] of wanted) {
    const error = await assertRejects(() => readReceiptFile(dir.path, word), OuroborosError);
    assertEquals(error.code, code, word);
    assertStringIncludes(error.message, text);
  }
});
