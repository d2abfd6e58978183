import { assertStringIncludes } from "@std/assert";
import type { ShownSeed } from "../../../../lib/app/seeds/show_seed.ts";
import { seedHeadText } from "../../../../lib/cli/render/seed_head.ts";

Deno.test("what a warning says to type is not cut off", () => {
  const typed = "ouroboros interview --resume interview_0123456789abcdefgh";
  const shown = {
    id: "seed_x",
    path: "/shop/seed.yaml",
    from: null,
    interview: null,
    seed: { criteria: [], digest: "0123456789abcdef" },
    warnings: [{ path: "file", message: `${"It was changed since. ".repeat(12)}Type: ${typed}` }],
  } as unknown as ShownSeed;
  const text = seedHeadText(shown, { color: false, columns: 60 });
  assertStringIncludes(text, `Type: ${typed}\n`);
});
