import { assertEquals } from "@std/assert";
import { failingAssertions } from "../../../lib/checks/assertions.ts";
import { poisonable } from "../../../lib/checks/poison.ts";

function found(path: string, text: string) {
  return failingAssertions({ text, poison: poisonable(path, text)! });
}

Deno.test("Each assertion is made to fail where it is called, the most used one first", () => {
  const text = "class T:\n    def test_a(self): self.assertTrue(f())\n    def test_b(self):\n" +
    "        self.assertEqual(1, f())  # self.assertEqual(\n        self.assertEqual(2, f())\n";
  const [most, other] = found("test_a.py", text);
  assertEquals([most?.name, other?.name], ["assertEqual", "assertTrue"]);
  assertEquals(most?.failing.split("self.assertEqual(0, 1); ").length, 3);
  assertEquals(
    other?.failing.includes("def test_a(self): self.assertTrue(False); self.assertTrue(f())"),
    true,
  );
  assertEquals(most?.stopped.split("raise AssertionError").length, 3);
});

Deno.test("A shell's commands are tried before a last exit, and a word in a string is no call", () => {
  const text = "set -e\n. ./lib.sh\necho 'diff a b'\ngrep -q x out\nexit 0";
  const [grep, ...others] = found("a.sh", text);
  assertEquals(others, []);
  assertEquals(
    grep?.failing,
    "set -e\n. ./lib.sh\necho 'diff a b'\ngrep -q x out\ngrep -q x /dev/null || exit 97\nexit 0",
  );
});

Deno.test("An expression stays one, and what is not known is left alone", () => {
  const text = 'import assert from "node:assert";\ntest("a", () => assert.equal(f(), 1));\n';
  assertEquals(
    found("a.test.mjs", text)[0]?.failing.includes(
      "() => Number(assert.equal(0, 1)) || assert.equal(f(), 1));",
    ),
    true,
  );
  assertEquals(found("a_test.go", "package a\nfunc TestA(t *testing.T) { t.Fatal() }\n"), []);
});
