import { assertEquals, assertRejects } from "@std/assert";
import { verifyChecksum } from "../../../../lib/app/update/checksum.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";

const BYTES = new TextEncoder().encode("abc");
/** Of "abc", as FIPS 180-2 has it. */
const HASH = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Deno.test("the right checksum is found in every form of the list", async () => {
  const lists = [
    `${HASH}  a\n`,
    `${HASH} *a`,
    `${HASH.toUpperCase()}  a\r\n`,
    `${"0".repeat(64)}  b\n${HASH}  a\n${HASH}  a\n`,
  ];
  for (const list of lists) assertEquals(await verifyChecksum(BYTES, { list, name: "a" }), HASH);
});

Deno.test("anything but one right checksum is refused", async () => {
  const lists: [string, string][] = [
    ["", "not_found"],
    [`${HASH}  b\n`, "not_found"],
    [`${HASH}  a.sig\n`, "not_found"],
    [`<p>${HASH} a</p>`, "not_found"],
    [`${HASH.slice(1)}  a\n`, "checksum_mismatch"],
    [`${HASH}  a\n${"0".repeat(64)}  a\n`, "checksum_mismatch"],
    [`${"0".repeat(64)}  a\n`, "checksum_mismatch"],
  ];
  for (const [list, code] of lists) {
    const error = await assertRejects(
      () => verifyChecksum(BYTES, { list, name: "a" }),
      OuroborosError,
    );
    assertEquals([list, error.code], [list, code]);
  }
});
