import { assertEquals, assertThrows } from "@std/assert";
import { readTar, writeTar } from "../../../../lib/app/receipts/tar.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const FILES = [
  { name: "a.json", bytes: bytes("{}") },
  { name: "receipts/1.json", bytes: bytes("x".repeat(1000)) },
  { name: "empty", bytes: new Uint8Array() },
  { name: "block", bytes: bytes("y".repeat(512)) },
];

Deno.test("an archive gives back what was put in, in order, and is the same each time", () => {
  const archive = writeTar(FILES);
  assertEquals([...readTar(archive)], FILES.map((one) => [one.name, one.bytes]));
  assertEquals(writeTar(FILES), archive);
});

Deno.test("the system's own tar reads it", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(`${dir.path}/a.tar`, writeTar(FILES));
  const { success } = await new Deno.Command("tar", { args: ["xf", "a.tar"], cwd: dir.path })
    .output();
  assertEquals(success, true);
  assertEquals(await Deno.readFile(`${dir.path}/receipts/1.json`), FILES[1]!.bytes);
});

const broken: Record<string, (archive: Uint8Array) => Uint8Array> = {
  "cut off": (archive) => archive.subarray(0, archive.length - 512),
  "cut off in a file": (archive) => archive.subarray(0, 1600),
  "with something behind its end": (archive) =>
    new Uint8Array([...archive, ...new Uint8Array(512)]),
  "with a byte behind a file": (archive) => {
    archive[512 + 2] = 65;
    return archive;
  },
  "with another owner in a header": (archive) => {
    archive[110] = 49;
    return archive;
  },
  empty: () => new Uint8Array(),
};

for (const [name, spoil] of Object.entries(broken)) {
  Deno.test(`an archive is refused: ${name}`, () => {
    const error = assertThrows(() => readTar(spoil(writeTar(FILES))), OuroborosError);
    assertEquals(error.code, "receipt_invalid");
  });
}

for (const name of ["../out", "/etc/x", "a/../../b", "a b", ""]) {
  Deno.test(`a file of the name ${JSON.stringify(name)} is refused`, () => {
    assertThrows(() => readTar(writeTar([{ name, bytes: bytes("x") }])), OuroborosError);
  });
}

Deno.test("a file that is there twice is refused", () => {
  const twice = [FILES[0]!, FILES[0]!];
  assertThrows(() => readTar(writeTar(twice)), OuroborosError, "twice");
});
