import { assertEquals } from "@std/assert";
import { typedName } from "../../../lib/app/typed_name.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test({
  name: "the name alone where PATH leads to this very file first, else where it lies",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const at = (path: string) => `${dir.path}/${path}`;
    const program = async (path: string) => {
      await Deno.mkdir(at(path).replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(at(path), "#!/bin/sh\n", { mode: 0o755 });
      return at(path);
    };
    const own = await program("a home/bin/ouroboros");
    await program("other/ouroboros");
    await Deno.mkdir(at("links"));
    await Deno.symlink(own, at("links/ouroboros"));
    const typed = async (path: string[], self: [string, ...string[]] = [own], home = "a home") =>
      await typedName({
        self,
        environment: fixedEnvironment({ PATH: path.map(at).join(":"), HOME: at(home) }),
      });
    assertEquals(await typed(["other/none", "a home/bin"]), "ouroboros");
    assertEquals(await typed(["links", "other"]), "ouroboros");
    for (const path of [[], ["empty"], ["other", "a home/bin"]]) {
      assertEquals(await typed(path), "~/bin/ouroboros");
    }
    assertEquals(await typed([], [own], "elsewhere"), `'${own}'`);
    const plain = await program("plain/ouroboros");
    assertEquals(await typed([], [plain]), plain);
    const quoted = await program("a home/it's/ouroboros");
    assertEquals(await typed([], [quoted]), `'${quoted.replace("'", "'\\''")}'`);
    assertEquals(await typed([], ["/opt/deno", "run", "main.ts"]), "ouroboros");
  },
});
