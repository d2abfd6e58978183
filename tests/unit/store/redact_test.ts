import { assertEquals, assertStrictEquals } from "@std/assert";
import { createRedactor, redactBytes, redactValue } from "../../../lib/store/redact.ts";

Deno.test("a secret is replaced wherever it stands, as often as it stands", () => {
  const redact = createRedactor(["sk-123456"]);
  assertEquals(redact("a sk-123456 b sk-123456"), "a [redacted] b [redacted]");
  assertEquals(redact("sk-12345"), "sk-12345");
});

Deno.test("a secret is found inside JSON, and inside JSON inside JSON", () => {
  const secret = 'quo"te\\back\nline';
  const redact = createRedactor([secret]);
  const once = JSON.stringify({ key: secret });
  assertEquals(redact(once), '{"key":"[redacted]"}');
  assertEquals(
    redact(JSON.stringify({ line: once })),
    JSON.stringify({ line: '{"key":"[redacted]"}' }),
  );
});

Deno.test("a secret is found in a URL", () => {
  assertEquals(
    createRedactor(["p/w d?&x"])("http://u:p%2Fw%20d%3F%26x@h"),
    "http://u:[redacted]@h",
  );
});

Deno.test("the longer of two secrets goes whole", () => {
  const redact = createRedactor(["secret", "secret-and-more"]);
  assertEquals(redact("secret-and-more secret"), "[redacted] [redacted]");
});

Deno.test("characters with a meaning in patterns mean themselves", () => {
  const redact = createRedactor(["a.c*(e)[1]^$|\\"]);
  assertEquals(redact("a.c*(e)[1]^$|\\ abcccc"), "[redacted] abcccc");
});

Deno.test("values too short to be secrets are left alone, and so is text without secrets", () => {
  const redact = createRedactor(["", "     ", "yes", "12345"]);
  assertEquals(redact("yes 12345"), "yes 12345");
  const bytes = Uint8Array.from([1, 2, 3]);
  assertStrictEquals(redactBytes(bytes, redact), bytes);
});

Deno.test("a lone surrogate in a secret does not throw", () => {
  assertEquals(createRedactor(["abc\ud800def"])("x abc\ud800def"), "x [redacted]");
});

Deno.test("a value keeps its shape: numbers stay numbers, keys and strings are redacted", () => {
  const redact = createRedactor(["12345678"]);
  assertEquals(
    redactValue({ n: 12345678, "k12345678": ["12345678", null, true] }, redact),
    { n: 12345678, "k[redacted]": ["[redacted]", null, true] },
  );
});

Deno.test("bytes that are no UTF-8 are redacted byte for byte, the others kept", () => {
  const redact = createRedactor(["sk-123456"]);
  const bytes = Uint8Array.from([0xff, ...new TextEncoder().encode("sk-123456"), 0xfe]);
  const clean = redactBytes(bytes, redact);
  assertEquals(clean, Uint8Array.from([0xff, ...new TextEncoder().encode("[redacted]"), 0xfe]));
});

Deno.test("a byte order mark is no reason to change bytes", () => {
  const bytes = new TextEncoder().encode("\ufeffplain");
  assertStrictEquals(redactBytes(bytes, createRedactor(["sk-123456"])), bytes);
});
