import { assertEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { seedFromText } from "../../../../lib/engine/seed/seed_from_text.ts";

const TEXTS = [
  "reject expired coupons",
  "yes",
  "1.10",
  "null",
  "- dash: colon # hash",
  "two\nlines\n\n  indented",
  "quotes ' and \" and \\ and \t tab",
  "ünïcode 🐍",
  "2026-01-01",
  "x".repeat(300) + " " + "y".repeat(300),
];

Deno.test("any text and any command survive being saved and loaded, digest included", () => {
  for (const text of TEXTS) {
    const made = seedFromText(text, {
      checks: [text, "true"],
      protect: ["tests/**"],
      constraints: [text],
    });
    assertEquals(made.seed.goal, text);
    assertEquals(made.seed.criteria[0]?.description, text);
    assertEquals(
      made.seed.criteria[0]?.checks.map((one) =>
        one.kind === "command" ? [one.run, one.protect] : one
      ),
      [[text, ["tests/**"]], ["true", ["tests/**"]]],
    );
    assertEquals(made.seed.constraints, [text]);
    const saved = loadSeed(new TextEncoder().encode(made.source), { name: "saved.yaml" });
    assertEquals(saved.seed, made.seed);
  }
});

Deno.test("without a check the seed says that nothing can decide it", () => {
  const made = seedFromText("do it", { checks: [] });
  assertEquals(made.seed.criteria[0]?.checks, []);
  assertEquals(made.warnings.map((one) => one.path), ["acceptance_criteria[0]"]);
});

Deno.test("a blank text is a usage error", () => {
  const error = assertThrows(() => seedFromText("  \n", { checks: [] }), OuroborosError);
  assertEquals(error.code, "usage");
});
