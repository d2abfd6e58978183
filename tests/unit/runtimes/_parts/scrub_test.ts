import { assertEquals } from "@std/assert";
import { scrub } from "../../../../lib/runtimes/_parts/scrub.ts";

Deno.test("keys are cut to their first letters, in every dress that providers give them", () => {
  for (
    const [text, clean] of [
      ["Incorrect API key provided: sk-proj-abcdefgh12345.", "Incorrect API key provided: sk-…"],
      ["with sk-ant-api03-abcdefghijkl in it", "with sk-… in it"],
      ["Authorization: Bearer abcdefgh12345678", "Authorization: Bearer …"],
      ["token ghp_abcdefghij1234", "token ghp_…"],
      ["api_key=abcdef123456", "api_key=…"],
      ["AIzaSyA1234567890", "AIza…"],
    ]
  ) assertEquals(scrub(text!), clean);
});

Deno.test("plain words about keys stay", () => {
  const text = "The key documentation: press a key, use risk-free keyboards, task-management";
  assertEquals(scrub(text), text);
});
