import { assertEquals, assertRejects } from "@std/assert";
import { undoable } from "../../../../lib/app/setup/take_back.ts";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { fileTree } from "../../../helpers/file_tree.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
let count = 0;
const token = () => `00000000000000${(++count).toString(16).padStart(2, "0")}`;

Deno.test("what was made, changed and removed is as it was, with its bits and its folders", async () => {
  await using dir = await tempDir();
  const home = dir.path;
  await Deno.mkdir(`${home}/gone`, { mode: 0o750 });
  await Deno.writeTextFile(`${home}/gone/one`, "1\n", { mode: 0o600 });
  await Deno.writeTextFile(`${home}/changed`, "a\n", { mode: 0o640 });
  const before = await fileTree(home);
  const work = await undoable({
    root: `${home}/.ours`,
    changes: [
      { path: `${home}/gone/one`, before: sha256("1\n"), after: null },
      { path: `${home}/changed`, before: sha256("a\n"), after: bytes("b\n") },
      { path: `${home}/new/deep/file`, before: null, after: bytes("c\n") },
      { path: `${home}/.ours/record`, before: null, after: bytes("d\n"), mode: 0o600 },
    ],
    emptied: [`${home}/gone`],
  }, token);
  await work.takeBack();
  assertEquals(await fileTree(home), before);
  await work.apply();
  assertEquals(await Deno.readTextFile(`${home}/changed`), "b\n");
  assertEquals(await Deno.lstat(`${home}/gone`).catch(() => null), null);
  await work.takeBack();
  assertEquals(await fileTree(home), before);
});

Deno.test("a file that somebody changed meanwhile is not taken back over their change", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/changed`;
  await Deno.writeTextFile(path, "a\n");
  const changes = [{ path, before: sha256("a\n"), after: bytes("b\n") }];
  const work = await undoable({ root: `${dir.path}/.ours`, changes }, token);
  await work.apply();
  await Deno.writeTextFile(path, "theirs\n");
  const error = await assertRejects(() => work.takeBack(), OuroborosError);
  assertEquals(error.code, "conflict");
  assertEquals(await Deno.readTextFile(path), "theirs\n");
});
