/** `ouroboros update` where there is no file to replace; on the compiled program: tests/compiled. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { onBinary, runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";

/** Newer than any present version. */
const NEW = "999.0.0";

Deno.test({
  name: "from source there is nothing to replace, and --check still works",
  ignore: onBinary || Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await Deno.mkdir(`${dir.path}/latest/download`, { recursive: true });
    await Deno.writeTextFile(`${dir.path}/latest/download/version.txt`, NEW);
    const start = { cwd: dir.path, home: dir.path, env: { OUROBOROS_RELEASES: dir.path } };
    const end = await runProgram({ ...start, args: ["update"] });
    assertEquals(end.code, 1);
    assertStringIncludes(end.stderr, "runs from source");
    const check = await runProgram({ ...start, args: ["update", "--check"] });
    assertEquals([check.code, check.stderr], [0, ""]);
    assertStringIncludes(check.stdout, `ouroboros ${NEW} is there`);
  },
});
