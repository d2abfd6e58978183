import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { guardPrompt } from "../../../../lib/runtimes/_parts/prompt_guard.ts";

Deno.test("prompt guard: counts bytes, not characters, and lets the limit itself through", () => {
  const limits = { title: "It", promptBytes: 6 };
  guardPrompt({ prompt: "abcdef" }, limits);
  guardPrompt({ prompt: "üüü" }, limits);
  const error = assertThrows(() => guardPrompt({ prompt: "üüüa" }, limits), OuroborosError);
  assertEquals(error.code, "prompt_too_large");
  assertStringIncludes(error.message, "the prompt has 7 bytes, it takes 6");
});

Deno.test("prompt guard: a limit in characters is one of its own", () => {
  const limits = { title: "It", promptBytes: 100, promptUnits: 3 };
  guardPrompt({ prompt: "üüü" }, limits);
  assertThrows(() => guardPrompt({ prompt: "abcd" }, limits), OuroborosError, "4 characters");
});

Deno.test("prompt guard: white space is no prompt", () => {
  for (const prompt of ["", "  ", "\n"]) {
    const error = assertThrows(
      () => guardPrompt({ prompt }, { title: "It", promptBytes: 10 }),
      OuroborosError,
    );
    assertEquals(error.code, "prompt_empty");
  }
});
