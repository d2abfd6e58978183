import { assertEquals, assertRejects } from "@std/assert";
import type { OwnFile } from "../../../../lib/app/update/own_file.ts";
import { PROGRAM_MARK } from "../../../../lib/app/update/release.ts";
import {
  replaceProgram,
  requirePrevious,
  stageProgram,
  swapWithPrevious,
} from "../../../../lib/app/update/replace_file.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const ignore = Deno.build.os === "windows";
const program = (name: string) => new TextEncoder().encode(`${PROGRAM_MARK} ${name}`);

Deno.test({
  name: "each replacement keeps the program before it, and a swap goes back and forth",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const own = await owned(dir.path);
    await assertRejects(() => requirePrevious(own), OuroborosError, "Roll back");
    for (const [next, before] of [["two", "one"], ["three", "two"]] as const) {
      await replaceProgram(own, await stageProgram(own, program(next)));
      assertEquals(await files(own), { ouroboros: next, "ouroboros.previous": before });
    }
    await requirePrevious(own);
    await swapWithPrevious(own);
    assertEquals(await files(own), { ouroboros: "two", "ouroboros.previous": "three" });
    await swapWithPrevious(own);
    assertEquals(await files(own), { ouroboros: "three", "ouroboros.previous": "two" });
  },
});

Deno.test({
  name: "a replacement that died half way, with both names on one file, is gone over",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const own = await owned(dir.path);
    await Deno.link(own.path, own.previous);
    await replaceProgram(own, await stageProgram(own, program("two")));
    assertEquals(await files(own), { ouroboros: "two", "ouroboros.previous": "one" });
  },
});

Deno.test({
  name: "somebody else's file in the way of the previous program is refused and stays",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const own = await owned(dir.path);
    const staged = await stageProgram(own, program("two"));
    await Deno.writeTextFile(own.previous, "mine");
    await assertRejects(() => replaceProgram(own, staged), OuroborosError, "not ours");
    await assertRejects(() => requirePrevious(own), OuroborosError, "not ours");
    assertEquals(await Deno.readTextFile(own.previous), "mine");
    await Deno.remove(own.previous);
    await Deno.symlink(own.path, own.previous);
    await assertRejects(() => replaceProgram(own, staged), OuroborosError, "not ours");
  },
});

Deno.test({
  name: "a staged program can be started and has the mode of the one it replaces",
  ignore,
  fn: async () => {
    await using dir = await tempDir();
    const own = { ...await owned(dir.path), mode: 0o710 };
    const staged = await stageProgram(own, program("two"));
    assertEquals(((await Deno.stat(staged)).mode ?? 0) & 0o777, 0o710);
  },
});

Deno.test({
  name: "a folder that cannot be written is named",
  ignore,
  fn: async () => {
    const own = { folder: "/proc/no", path: "", previous: "", mode: 0o755 };
    const error = await assertRejects(() => stageProgram(own, program("two")), OuroborosError);
    assertEquals([error.code, error.message.startsWith('Write into "/proc/no"')], [
      "not_writable",
      true,
    ]);
    assertEquals(error.hint, "To see who may write there: ls -ld /proc/no");
  },
});

async function owned(folder: string): Promise<OwnFile> {
  const own = { folder, path: `${folder}/ouroboros`, previous: `${folder}/ouroboros.previous` };
  await Deno.writeFile(own.path, program("one"));
  return { ...own, mode: 0o755 };
}

/** What is in the folder, by the word behind the mark. */
async function files(own: OwnFile): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name } of Deno.readDir(own.folder)) {
    found[name] = (await Deno.readTextFile(`${own.folder}/${name}`)).split(" ")[1] ?? "";
  }
  return found;
}
