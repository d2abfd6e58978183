import { assertEquals } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";

/** Numbers that repeat from run to run, so that a failure can be looked at. */
function repeatable(seed: number): (below: number) => number {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
}

Deno.test("a damaged seed loads or is refused, and never fails in any other way", () => {
  const names = ["bug-fix", "document", "python-library", "tiny-cli"];
  const files = names.map((name) =>
    Deno.readFileSync(new URL(`../../../../docs/examples/${name}/seed.yaml`, import.meta.url))
  );
  const scraps = [
    "- ",
    ": ",
    "[",
    "{",
    "*a",
    "&a ",
    "<<: ",
    "\t",
    "null",
    "'",
    '"',
    "|\n",
    "\0",
    "é",
    "9",
    "\n",
  ]
    .map((text) => new TextEncoder().encode(text));
  const random = repeatable(42);
  const refused: Record<string, number> = {};
  let loaded = 0;
  for (let round = 0; round < 600; round++) {
    let bytes = [...files[random(files.length)]!];
    for (let hits = 1 + random(4); hits > 0; hits--) {
      const at = random(bytes.length);
      const scrap = scraps[random(scraps.length)]!;
      bytes = random(2) === 0
        ? [...bytes.slice(0, at), ...scrap, ...bytes.slice(at)]
        : [...bytes.slice(0, at), ...bytes.slice(at + 1 + random(40))];
    }
    try {
      const { seed } = loadSeed(new Uint8Array(bytes), { name: "s.yaml" });
      assertEquals(/^[0-9a-f]{64}$/.test(seed.digest), true);
      loaded++;
    } catch (error) {
      if (!(error instanceof OuroborosError)) throw error;
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
  }
  // Both happen, or this test looks at nothing.
  assertEquals(loaded > 50, true, `${loaded} loaded`);
  assertEquals(Object.keys(refused), ["seed_invalid"]);
  assertEquals((refused.seed_invalid ?? 0) > 50, true);
});
