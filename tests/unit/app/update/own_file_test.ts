import { assertEquals, assertRejects } from "@std/assert";
import { ownFile } from "../../../../lib/app/update/own_file.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "the own file is the one behind all links, with its mode",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const path = `${dir.path}/program`;
    await Deno.writeTextFile(path, "");
    await Deno.chmod(path, 0o750);
    await Deno.symlink("program", `${dir.path}/link`);
    assertEquals(await ownFile([`${dir.path}/link`]), {
      path,
      folder: dir.path,
      previous: `${dir.path}/ouroboros.previous`,
      mode: 0o750,
    });
  },
});

Deno.test({
  name: "source, package managers and files that are gone are refused with what to do",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    await assertRejects(() => ownFile(["deno", "run", "main.ts"]), OuroborosError, "from source");
    await assertRejects(() => ownFile([`${dir.path}/gone`]), OuroborosError, "not there");
    const managed = { Cellar: "Homebrew", "lib/node_modules": "npm", "nix/store": "Nix" };
    for (const [folder, name] of Object.entries(managed)) {
      await Deno.mkdir(`${dir.path}/${folder}`, { recursive: true });
      await Deno.writeTextFile(`${dir.path}/${folder}/ouroboros`, "");
      await assertRejects(
        () => ownFile([`${dir.path}/${folder}/ouroboros`]),
        OuroborosError,
        `installed by ${name}`,
      );
    }
  },
});

Deno.test({
  name: "another user's file is refused",
  ignore: ignore || Deno.uid() === 0,
  fn: async () => {
    await assertRejects(() => ownFile(["/bin/sh"]), OuroborosError, "another user");
  },
});
