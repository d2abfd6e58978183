import { assertEquals } from "@std/assert";
import { removeTree, treeBytes } from "../../../lib/workspace/remove_tree.ts";
import { nestFolders } from "../../helpers/deep_folders.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test({
  name: "600 folders within one another are counted and removed",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using dir = await tempDir();
    const top = `${dir.path}/top`;
    await Deno.mkdir(top);
    await Deno.writeTextFile(`${top}/flat`, "12345");
    await nestFolders(top, 6);
    assertEquals(await treeBytes(top), 5);
    await removeTree(top);
    assertEquals([...Deno.readDirSync(dir.path)], []);
  },
});
