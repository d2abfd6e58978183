import { assertEquals } from "@std/assert";
import { pathAdvice } from "../../../../lib/app/setup/path_advice.ts";
import { fixedEnvironment } from "../../../../lib/config/environment.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.test({
  name: "a PATH that does not lead to this program is mended by one line that a shell takes",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    const program = async (path: string) => {
      const file = `${dir.path}/${path}`;
      await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(file, "#!/bin/sh\necho this one\n", { mode: 0o755 });
      return file;
    };
    const advice = async (self: [string, ...string[]], PATH: string, HOME = dir.path) =>
      await pathAdvice({ self, environment: fixedEnvironment({ PATH, HOME }) });
    const own = await program("bin/ouroboros");
    assertEquals(await advice([own], `${dir.path}/bin`), undefined);
    assertEquals(await advice([own], "/none"), 'export PATH="$HOME/bin:$PATH"');
    assertEquals(await advice([own], "/none", "/home"), `export PATH="${dir.path}/bin:$PATH"`);
    const other = await program("other/ouroboros");
    await Deno.writeTextFile(other, "#!/bin/sh\necho another\n");
    assertEquals(await advice([own], `${dir.path}/other`), 'export PATH="$HOME/bin:$PATH"');
    // No folder in PATH makes one of another name that one.
    assertEquals(await advice([await program("bin/renamed")], "/none"), undefined);
    assertEquals(await advice(["/opt/deno", "run", "main.ts"], "/none"), undefined);

    const odd = await program('a "$HOME`\\b/ouroboros');
    const line = await advice([odd], `${dir.path}/other`, "/home");
    const { stdout } = await new Deno.Command("/bin/sh", {
      args: ["-c", `${line}\nouroboros`],
      env: { PATH: `${dir.path}/other:/usr/bin:/bin` },
    }).output();
    assertEquals(new TextDecoder().decode(stdout), "this one\n");
  },
});
