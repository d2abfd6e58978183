import { assertEquals, assertRejects } from "@std/assert";
import { unpackProgram } from "../../../../lib/app/update/unpack_program.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const PROGRAM = new TextEncoder().encode("x".repeat(1000));

Deno.test({
  name: "the program is found behind other files, and links and other names are not taken for it",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await Deno.writeTextFile(`${dir.path}/LICENSE`, "y".repeat(513));
    await Deno.writeTextFile(`${dir.path}/empty`, "");
    await Deno.writeFile(`${dir.path}/ouroboros`, PROGRAM);
    await Deno.symlink("LICENSE", `${dir.path}/link`);
    await Deno.mkdir(`${dir.path}/ouroboros_folder`);
    const whole = await pack(dir.path, ["LICENSE", "empty", "ouroboros"]);
    assertEquals(await unpackProgram(whole, "ouroboros"), PROGRAM);
    for (const name of ["link", "ouroboros_folder", "other"]) {
      const archive = await pack(dir.path, ["LICENSE", "link", "ouroboros_folder"]);
      await assertRejects(() => unpackProgram(archive, name), OuroborosError, "no file");
    }
  },
});

Deno.test({
  name: "an archive that is cut or is none is refused",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using dir = await tempDir();
    await Deno.writeFile(`${dir.path}/ouroboros`, PROGRAM);
    const whole = await pack(dir.path, ["ouroboros"]);
    for (const bytes of [whole.subarray(0, whole.length / 2), PROGRAM, new Uint8Array()]) {
      await assertRejects(() => unpackProgram(bytes, "ouroboros"), OuroborosError);
    }
    const short = new Blob([tarHeader("ouroboros", 5000), "only this"]).stream()
      .pipeThrough(new CompressionStream("gzip"));
    const bytes = await new Response(short).bytes();
    await assertRejects(() => unpackProgram(bytes, "ouroboros"), OuroborosError, "in the middle");
  },
});

async function pack(folder: string, names: string[]): Promise<Uint8Array> {
  const args = ["-C", folder, "-czf", "-", ...names];
  return (await new Deno.Command("tar", { args }).output()).stdout;
}

function tarHeader(name: string, size: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(512);
  header.set(new TextEncoder().encode(name));
  header.set(new TextEncoder().encode(size.toString(8).padStart(11, "0")), 124);
  header[156] = 0x30;
  return header;
}
