import { assertEquals } from "@std/assert";
import { isOurProgram, programTarget } from "../../../../lib/app/update/program_file.ts";
import { PROGRAM_MARK } from "../../../../lib/app/update/release.ts";

const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("a file of this program is known by its mark, wherever it stands", () => {
  for (const text of [PROGRAM_MARK, `:: a:${PROGRAM_MARK}`, `${PROGRAM_MARK}:1`]) {
    assertEquals(isOurProgram(encode(text)), true, text);
  }
  for (const text of ["", ":", PROGRAM_MARK.slice(1), PROGRAM_MARK.slice(0, -1), "ouroboros"]) {
    assertEquals(isOurProgram(encode(text)), false, text);
  }
});

Deno.test("an executable's header says what system it is for", () => {
  const elf = (machine: number) => header([0x7f, 0x45, 0x4c, 0x46], 18, machine);
  const machO = (machine: number) => header([0xcf, 0xfa, 0xed, 0xfe, machine, 0, 0, 1], 8, 0);
  assertEquals(programTarget(elf(62)), "x86_64-unknown-linux-gnu");
  assertEquals(programTarget(elf(183)), "aarch64-unknown-linux-gnu");
  assertEquals(programTarget(machO(7)), "x86_64-apple-darwin");
  assertEquals(programTarget(machO(12)), "aarch64-apple-darwin");
  assertEquals(programTarget(elf(40)), undefined);
  assertEquals(programTarget(encode("#!/bin/sh\n".repeat(10))), undefined);
  assertEquals(programTarget(new Uint8Array()), undefined);
});

Deno.test({
  name: "the header of a program that runs here names this system",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    assertEquals(programTarget(await Deno.readFile(Deno.execPath())), Deno.build.target);
  },
});

function header(start: number[], at: number, value: number): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(start);
  bytes[at] = value;
  return bytes;
}
