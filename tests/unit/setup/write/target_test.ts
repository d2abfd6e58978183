import { assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { assertWritable, readTarget } from "../../../../lib/setup/write/target.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const ignore = Deno.build.os === "windows";

/** A user who owns none of the files here, and is not the superuser. */
const STRANGER = ignore ? null : Deno.uid()! + 1;

async function refusal(path: string, user: number | null) {
  const target = await readTarget(path);
  const error = await assertRejects(() => assertWritable(path, target, user), OuroborosError);
  assertEquals(error.code, "not_writable");
  return [error.message, error.hint];
}

Deno.test({
  name: "another user's file is refused, whatever its bits, and before anything is written",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    await Deno.chmod(dir.path, 0o777);
    const path = `${dir.path}/file`;
    await Deno.writeTextFile(path, "theirs");
    await Deno.chmod(path, 0o666);
    assertEquals(await refusal(path, STRANGER), [
      `Write "${path}": it belongs to another user or group`,
      `Run it as that user, or look at it: ls -ldn "${path}"`,
    ]);
    const target = await readTarget(path);
    for (const user of [Deno.uid(), 0, null]) await assertWritable(path, target, user);
  },
});

Deno.test({
  name: "another user's folder is refused where nobody else may write into it",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const [folder, path] = [`${dir.path}/folder`, `${dir.path}/folder/below/file`];
    await Deno.mkdir(folder);
    await Deno.chmod(folder, 0o755);
    assertEquals(await refusal(path, STRANGER), [
      `Write "${folder}": the folder belongs to another user or group`,
      `Run it as that user, or look at it: ls -ldn "${folder}"`,
    ]);
    const target = await readTarget(path);
    await assertWritable(path, target, Deno.uid());
    // Whether this user is in the group is not known here: the write will tell.
    await Deno.chmod(folder, 0o775);
    await assertWritable(path, target, STRANGER);
  },
});
