import { assertEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { Chooser, type Setting } from "../../../lib/config/chooser.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";

const text = (parts: Partial<Setting<string>> = {}): Setting<string> => ({
  key: "k",
  env: ["NEW", "OLD"],
  file: [["a", "new"], ["a", "old"]],
  defaultValue: "d",
  read: (written) => written === "bad" ? { problem: "must be good" } : { value: String(written) },
  ...parts,
});

function chosen(env: Record<string, string>, document: Record<string, unknown>, flag?: string) {
  const chooser = new Chooser(fixedEnvironment(env), document, "/c.yaml");
  const value = chooser.choose(text({ flag: { name: "--k", value: flag } }));
  return [value, chooser.origins.k?.source, chooser.origins.k?.name];
}

Deno.test("each level is asked in its turn, and within a level the first name that is set", () => {
  const both = { a: { new: "n", old: "o" } };
  assertEquals(chosen({ NEW: "1", OLD: "2" }, both, "f"), ["f", "flag", "--k"]);
  assertEquals(chosen({ NEW: "1", OLD: "2" }, both), ["1", "environment", "NEW"]);
  assertEquals(chosen({ NEW: " ", OLD: " 2 " }, both), ["2", "environment", "OLD"]);
  assertEquals(chosen({}, both), ["n", "file", "a.new"]);
  assertEquals(chosen({}, { a: { new: null, old: "o" } }), ["o", "file", "a.old"]);
  assertEquals(chosen({}, { a: "text" }), ["d", "default", ""]);
  assertEquals(chosen({}, {}), ["d", "default", ""]);
});

Deno.test("a value that cannot be used is told with its place, and hides none behind it", () => {
  const refusal = (...from: Parameters<typeof chosen>) => {
    const { code, message } = assertThrows(() => chosen(...from), OuroborosError);
    return [code, message];
  };
  assertEquals(refusal({ NEW: "1" }, {}, "bad"), ["usage", "Cannot use --k: must be good"]);
  assertEquals(refusal({ NEW: "bad", OLD: "1" }, {}), [
    "config_invalid",
    "Cannot use NEW: must be good",
  ]);
  assertEquals(refusal({}, { a: { new: "bad", old: "o" } }), [
    "config_invalid",
    'Cannot use "/c.yaml": a.new: must be good',
  ]);
});
