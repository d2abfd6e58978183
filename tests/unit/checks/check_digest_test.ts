import { assertEquals, assertNotEquals } from "@std/assert";
import { checkDigest } from "../../../lib/checks/check_digest.ts";
import { commandCheck } from "../../helpers/check_bench.ts";

const BASE = commandCheck("npm test", { protect: ["a", "b"], files: { x: "1", y: "2" } });

Deno.test("The digest is the same for what does the same, whatever the order and role", () => {
  assertEquals(checkDigest(BASE).length, 64);
  assertEquals(
    checkDigest({ ...BASE, protect: ["b", "a"], files: { y: "2", x: "1" } }),
    checkDigest(BASE),
  );
  assertEquals(checkDigest({ ...BASE, hidden: true, preserve: true }), checkDigest(BASE));
});

Deno.test("The digest changes with everything that can change a verdict", () => {
  const others = [
    { ...BASE, run: "npm  test" },
    { ...BASE, timeoutMs: 1 },
    { ...BASE, protect: ["a"] },
    { ...BASE, files: { x: "1", y: "3" } },
    { ...BASE, expect: { exit: 0 } },
    { kind: "human" as const, human: "npm test" },
  ];
  const digests = new Set(others.map(checkDigest));
  assertEquals(digests.size, others.length);
  for (const digest of digests) assertNotEquals(digest, checkDigest(BASE));
});

Deno.test("The digest of a known check does not move: journals and receipts hold it", () => {
  assertEquals(
    checkDigest(commandCheck("true")),
    "45babdc22c60c2f445554faeadb35a6f5480d9faa73cf6b21fa87f8c5dee8225",
  );
});
