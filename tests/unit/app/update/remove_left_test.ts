import { assertEquals } from "@std/assert";
import { removeLeft } from "../../../../lib/app/update/remove_left.ts";
import { stageProgram } from "../../../../lib/app/update/replace_file.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const HOUR_MS = 60 * 60 * 1000;

Deno.test({
  name: "what a killed update left goes when it is old and nobody's; all else stays",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const own = { folder: dir.path, path: `${dir.path}/ouroboros`, previous: "", mode: 0o755 };
    const dead = new Deno.Command("true").spawn();
    await dead.status;
    const left = [
      ".ouroboros.new.AbC123",
      `.ouroboros.new.${dead.pid}.AbC123`,
      ".ouroboros.old.0b0e7a58-3b0c-4c53-9d0a-1d4c26a0a6f1",
    ];
    const others = [
      "ouroboros",
      "ouroboros.previous",
      ".ouroboros.new",
      ".ouroboros.newer.AbC123",
      "mine.ouroboros.new.AbC123",
    ];
    for (const name of [...left, ...others]) await Deno.writeTextFile(`${dir.path}/${name}`, "x");
    await Deno.mkdir(`${dir.path}/.ouroboros.new.folder`);
    await Deno.symlink("ouroboros", `${dir.path}/.ouroboros.new.link`);
    others.push(".ouroboros.new.folder", ".ouroboros.new.link");
    // This process wrote it, and lives.
    const staged = await stageProgram(own, new TextEncoder().encode("x"));
    others.push(staged.slice(dir.path.length + 1));
    const names = () => [...Deno.readDirSync(dir.path)].map(({ name }) => name).sort();

    await removeLeft(own, Date.now() + HOUR_MS / 2);
    assertEquals(names(), [...left, ...others].sort());
    // As old as a second name of an old program: only the name is new.
    for (const name of left) await Deno.utime(`${dir.path}/${name}`, 1, 1);
    await removeLeft(own, Date.now() + HOUR_MS / 2);
    assertEquals(names(), [...left, ...others].sort());
    await removeLeft(own, Date.now() + 2 * HOUR_MS);
    assertEquals(names(), others.sort());
    await removeLeft({ ...own, folder: `${dir.path}/none` }, Date.now());
  },
});
