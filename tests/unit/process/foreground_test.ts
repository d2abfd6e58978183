import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { inForeground } from "../../../lib/process/foreground.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a command line of the user's own is given words whatever they hold, and its code given back", async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'it\'s $HOME "x"');
  const code = await inForeground({
    command: "sh -c 'echo edited >\"$1\"; exit 5' edit",
    words: [file],
    cwd: dir.path,
    label: "edit",
  });
  assertEquals([code, await Deno.readTextFile(file)], [5, "edited\n"]);
});

Deno.test("a program that is not there ends with the shell's code, a folder that is not with an error", async () => {
  const spec = { command: "no-such-program-here", words: [], cwd: "/", label: "none" };
  assertEquals(await inForeground(spec), 127);
  const error = await assertRejects(
    () => inForeground({ ...spec, cwd: "/no/such/folder" }),
    OuroborosError,
  );
  assertEquals(error.code, "not_started");
});
