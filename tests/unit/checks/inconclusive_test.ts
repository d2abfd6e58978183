import { assertEquals } from "@std/assert";
import { inconclusive } from "../../../lib/checks/inconclusive.ts";

Deno.test("A check that is not meant to fail with its sources is told from one that is", () => {
  const certain = [
    "npx tsc --noEmit",
    "cargo clippy",
    "npm run lint",
    "set -e; CI=1 npm run lint",
    "sh -n tests/a.sh",
    "go vet ./...",
  ];
  for (const run of certain) assertEquals(inconclusive({ run })?.certain, true, run);
  for (const run of ["! sh a.sh", "true && ! sh a.sh", "if ! sh a.sh; then true; fi"]) {
    assertEquals(inconclusive({ run })?.certain, false, run);
  }
  const meant = [
    "npm test",
    "npx tsc && npm test",
    "CI=1 npm test && npx tsc",
    "go vet ./... && go test ./...",
    "sh lint_test.sh",
    "test a != b",
    "node check.mjs",
    "cargo build && cargo test",
  ];
  for (const run of meant) assertEquals(inconclusive({ run }), undefined, run);
  assertEquals(inconclusive({ run: "sh a.sh", expect: { exit: 3 } })?.certain, false);
  assertEquals(inconclusive({ run: "sh a.sh", expect: { contains: ["a"] } }), undefined);
});
