import { assertEquals, assertStringIncludes } from "@std/assert";
import { SetupDraft } from "../../../lib/setup/setup_draft.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test({
  name: "a file that is changed and has further names says so: those keep the text of before",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const [path, second] = [`${dir.path}/config.yaml`, `${dir.path}/dotfiles.yaml`];
    await Deno.writeTextFile(path, "mine: 1\n");
    const noteOf = async (changes: Parameters<SetupDraft["edit"]>[2], note?: string) => {
      const draft = new SetupDraft();
      await draft.edit("ant", { path, format: "yaml" }, changes);
      return draft.show(path, "entry", note).note;
    };
    const change = [{ op: "set", path: ["ours"], value: 1 }] as const;
    assertEquals(await noteOf(change), undefined);
    await Deno.link(path, second);
    assertEquals(await noteOf([]), undefined);
    const one = await noteOf(change);
    assertStringIncludes(one!, "it has another name (hard link), which keeps the text of before");
    assertStringIncludes(one!, `find ~ -xdev -samefile "${path}"`);
    await Deno.link(path, `${second}.2`);
    const both = await noteOf(change, "why");
    assertStringIncludes(both!, "why; it has 2 other names (hard link), which keep the text");
  },
});
