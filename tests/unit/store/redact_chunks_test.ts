import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { createRedactor } from "../../../lib/store/redact.ts";
import { chunkRedactors } from "../../../lib/store/redact_chunks.ts";

const SECRETS = ["sk-abcab", "sk-abcabd-and-more", 'q"uote-\\x', "ünïcode-key", "aaaaaa"];
const TEXT = 'sk-abcabd {"k":"sk-abcabd-and-more"} sk-abcabsk-abcab q\\"uote-\\\\x ünïcode-key ' +
  "aaaaaaaaaaaaaaa sk-abc sk- ünïcode %C3%BCn%C3%AFcode-key\nsk-abcab\naaaaa";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function inChunks(secrets: string[], chunks: Uint8Array[]): string {
  const redactor = chunkRedactors(secrets)();
  // Each chunk in the same buffer, as a pipe's reader may give it.
  const buffer = new Uint8Array(65_536);
  const out = chunks.map((chunk) => {
    buffer.set(chunk);
    return redactor.push(buffer.subarray(0, chunk.length)).slice();
  });
  const all = [...out, redactor.end()].flatMap((part) => [...part]);
  return new TextDecoder().decode(new Uint8Array(all));
}

Deno.test("a stream is redacted as its whole text would be, wherever its chunks end", () => {
  const wanted = createRedactor(SECRETS)(TEXT);
  assert(wanted.includes("[redacted]") && !wanted.includes("sk-abcab"));
  const bytes = bytesOf(TEXT);
  for (let first = 0; first <= bytes.length; first++) {
    const two = [bytes.subarray(0, first), bytes.subarray(first)];
    assertEquals(inChunks(SECRETS, two), wanted, `cut at ${first}`);
  }
  for (const size of [1, 2, 3, 5, 7]) {
    const many = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, index) => bytes.subarray(index * size, (index + 1) * size),
    );
    assertEquals(inChunks(SECRETS, many), wanted, `chunks of ${size}`);
  }
});

Deno.test("what holds no secret is handed on as it is, bytes that are no text included", () => {
  const chunk = new Uint8Array([0xff, 0x00, 0x73, 0x6b, 0xfe]);
  assertStrictEquals(chunkRedactors([])().push(chunk), chunk);
  const redactor = chunkRedactors(["sk-secret"])();
  assertStrictEquals(redactor.push(chunk).buffer, chunk.buffer);
  assertEquals([...redactor.push(bytesOf("\nline sk-sec"))], [...bytesOf("\nline ")]);
  assertEquals(new TextDecoder().decode(redactor.push(bytesOf("ond\n"))), "sk-second\n");
  assertEquals(redactor.end().length, 0);
});

Deno.test("a secret of digits leaves a line of JSON readable", () => {
  const line = inChunks(["12345678"], [bytesOf('{"n":12345678,"s":"x 123456789"}')]);
  assertEquals(JSON.parse(line), { n: 11111111, s: "x 111111119" });
});
