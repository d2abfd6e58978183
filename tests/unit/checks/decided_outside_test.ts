import { assert, assertEquals } from "@std/assert";
import { decidedOutside } from "../../../lib/checks/decided_outside.ts";

Deno.test("What decides outside of the work's process is told from what decides within it", () => {
  for (
    const run of [
      "grep -q x README",
      "test -f a && grep -q '^## B' a",
      "sh hello.sh | diff - tests/golden.txt",
      "make -s bin/shop && ./bin/shop | grep -qx 'shop 2'",
      "! grep -rq TODO src",
      'test "$(cat VERSION)" = 2',
      'out=$(sh hello.sh Ada); test "$out" = Hello',
      "want=2; grep -qx $want VERSION",
    ]
  ) assert(decidedOutside({ run }) !== undefined, run);
  for (
    const run of [
      "npm test",
      "npm test | grep -q passing",
      "make check | grep -q ok",
      "sh tests/run.sh | grep -q ok",
      "python3 app.py && grep -q x README",
      "CI=1 npm test && test -f dist/app.js",
      "! sh run.sh tests/bad.sh",
      "true",
      "",
    ]
  ) assertEquals(decidedOutside({ run }), undefined, run);
});

Deno.test("An expectation on output or on a failure is compared by us, on success by the work", () => {
  assert(decidedOutside({ run: "sh run.sh", expect: { stdout: "2" } }) !== undefined);
  assert(decidedOutside({ run: "sh run.sh", expect: { contains: ["2"] } }) !== undefined);
  assert(decidedOutside({ run: "sh run.sh -x", expect: { exit: 3 } }) !== undefined);
  assertEquals(decidedOutside({ run: "sh run.sh", expect: { exit: 0 } }), undefined);
  assertEquals(decidedOutside({ run: "sh run.sh", expect: { excludes: ["no"] } }), undefined);
  // What a runner says of itself can be said by anyone.
  assertEquals(decidedOutside({ run: "npm test", expect: { contains: ["ok"] } }), undefined);
});
