import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { parseDocument } from "../../../../lib/engine/seed/parse_document.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function refusal(bytes: Uint8Array | string): OuroborosError {
  const input = typeof bytes === "string" ? bytesOf(bytes) : bytes;
  return assertThrows(() => parseDocument(input, "s.yaml"), OuroborosError);
}

Deno.test("a byte-order mark and CRLF change nothing", () => {
  const plain = parseDocument(bytesOf("goal: |\n  a\n  b\nx: 1\n"), "s.yaml");
  const dos = parseDocument(bytesOf("\ufeffgoal: |\r\n  a\r\n  b\r\nx: 1\r\n"), "s.yaml");
  assertEquals(dos.document, plain.document);
  assertEquals(dos.document.goal, "a\nb\n");
  assertEquals(dos.source, "goal: |\r\n  a\r\n  b\r\nx: 1\r\n");
});

Deno.test("empty, binary, UTF-16 and non-UTF-8 files are called what they are", () => {
  assertStringIncludes(refusal(new Uint8Array(0)).message, "0 bytes");
  assertStringIncludes(refusal(" \n\n").message, "it is empty");
  assertStringIncludes(refusal("# only a comment\n").message, "is empty");
  assertStringIncludes(refusal("goal: a\0b").message, "zero byte at offset 7");
  assertStringIncludes(refusal(new Uint8Array([0xff, 0xfe, 0x67, 0])).message, "UTF-16");
  const latin = new Uint8Array([...bytesOf("goal: x\ntask_type: caf"), 0xe9, ...bytesOf(" y\n")]);
  assertStringIncludes(refusal(latin).message, "offset 23, line 2");
});

Deno.test("a file above the limit is refused unread, one at the limit is not", () => {
  const limit = bytesOf(`goal: ${"x".repeat(1_000_000 - 7)}\n`);
  assertEquals(limit.length, 1_000_000);
  parseDocument(limit, "s.yaml");
  assertEquals(refusal(bytesOf(`goal: ${"x".repeat(2_000_000)}\n`)).code, "seed_too_large");
});

Deno.test("broken YAML is told with line, column and a way out", () => {
  const colon = refusal("goal: reject: all\n");
  assertStringIncludes(colon.message, "line 1, column");
  assertStringIncludes(colon.hint ?? "", "quotes");
  const duplicate = refusal("goal: a\nconstraints: []\ngoal: b\n");
  assertStringIncludes(duplicate.message, "line 3");
  assertStringIncludes(duplicate.message, "duplicated key");
  const open = refusal("goal: [a\n");
  assertStringIncludes(open.message, "flow collection");
  assertStringIncludes(open.hint ?? "", "brackets");
  assertStringIncludes(refusal("goal: a\n---\ngoal: b\n").message, "line 2");
  assertStringIncludes(refusal('{"goal": "a", "goal": "b"}').message, "duplicated key");
});

Deno.test("a list, a text and a number at the top are refused", () => {
  assertStringIncludes(refusal("- a\n").message, "is a list");
  const plain = refusal("just text\n");
  assertStringIncludes(plain.message, "is plain text");
  assertEquals(plain.hint, "ouroboros seed schema");
});

Deno.test("JSON is read, tabs and escapes included", () => {
  const text =
    '{\n\t"goal": "caf\\u00e9 \\/ \\ud83d\\ude00",\n\t"list": [\n\t\t1, true, null\n\t]\n}';
  assertEquals(parseDocument(bytesOf(text), "s.json").document, JSON.parse(text));
});

Deno.test("dates, yes and versions stay as written", () => {
  const { document } = parseDocument(
    bytesOf("a: 2026-01-02\nb: yes\nc: 1.0.0\nd: 0o17\n"),
    "s.yaml",
  );
  assertEquals(document, { a: "2026-01-02", b: "yes", c: "1.0.0", d: "0o17" });
});

Deno.test("merge keys fill in what a mapping leaves out", () => {
  const text = "base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\n";
  assertEquals(parseDocument(bytesOf(text), "s.yaml").document.one, { x: 1, y: 3 });
});

Deno.test("alias bombs, loops and deep nesting end in an error, not in a full memory", () => {
  const letters = "abcdefghij";
  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (let i = 1; i < letters.length; i++) {
    bomb.push(`${letters[i]}: &${letters[i]} [${Array(9).fill(`*${letters[i - 1]}`).join(",")}]`);
  }
  assertStringIncludes(refusal(bomb.join("\n")).message, "more than 100,000 values");
  assertStringIncludes(refusal("goal: &g [*g]\n").message, "nested deeper");
  assertStringIncludes(refusal("goal: " + "[".repeat(200_000)).message, "nested too deeply");
});

Deno.test("what JSON cannot hold and what would change an object's nature is refused", () => {
  assertStringIncludes(refusal("goal: x\nn: .nan\n").message, "n: must be a finite number");
  assertStringIncludes(refusal("goal: x\nm:\n  __proto__: {a: 1}\n").message, "m.__proto__");
  assertStringIncludes(refusal("goal: !!js/function x\n").message, "unknown tag");
});

Deno.test("tabs as indentation are refused where they would move a key", () => {
  for (
    const text of ["goal: a\nlist:\n  - x:\n\t\ty: 1\n", "a:\n\tb: 1\n", "a:\n  b: 1\n\tc: 2\n"]
  ) {
    const error = refusal(text);
    assertStringIncludes(error.message, "begins with a tab");
    assertStringIncludes(error.hint ?? "", "spaces");
  }
});

Deno.test("tabs that YAML allows are read: in flows, in quotes, in block texts", () => {
  const text = 'a: [\n\t1,\n\t2]\nb: |\n  all:\n  \tmake\nc:\t3\nd: "x\n\ty"\n';
  assertEquals(parseDocument(bytesOf(text), "s.yaml").document, {
    a: [1, 2],
    b: "all:\n\tmake\n",
    c: 3,
    d: "x y",
  });
});
