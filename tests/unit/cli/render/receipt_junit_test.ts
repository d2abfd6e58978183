import { assertEquals, assertStringIncludes } from "@std/assert";
import { type JunitCase, junitReport } from "../../../../lib/cli/render/receipt_junit.ts";

const CASE: JunitCase = { suite: "s", name: "n", seconds: 0.5, result: "passed" };

Deno.test("a report counts its cases, whole and by suite", () => {
  const text = junitReport("all", [
    CASE,
    { ...CASE, result: "failed", message: "no" },
    { ...CASE, suite: "t", result: "error", message: "broken" },
    { ...CASE, suite: "t", result: "skipped", message: "later" },
  ]);
  const all = 'name="all" tests="4" failures="1" errors="1" skipped="1" time="2.000"';
  assertStringIncludes(text, `<testsuites ${all}>`);
  assertStringIncludes(text, '<testsuite name="t" tests="2" failures="0" errors="1" skipped="1"');
});

Deno.test("a time that nobody knows is not 0", () => {
  const { seconds: _, ...untimed } = CASE;
  const text = junitReport("r", [CASE, { ...untimed, suite: "t" }]);
  assertStringIncludes(
    text,
    '<testsuite name="s" tests="1" failures="0" errors="0" skipped="0" time="0.500">',
  );
  assertStringIncludes(text, '<testsuite name="t" tests="1" failures="0" errors="0" skipped="0">');
  assertStringIncludes(text, '<testcase classname="t" name="n"/>');
});

Deno.test("text of others stays text: markup, quotes and what XML cannot hold", () => {
  const evil = "</failure>\"<x a='1'>&\u0000\u001b[31m\uD800]]>";
  const text = junitReport("r", [{ ...CASE, result: "failed", message: evil, detail: evil }]);
  const inside = "&lt;/failure&gt;&quot;&lt;x a='1'&gt;&amp;\ufffd\ufffd[31m\ufffd]]&gt;";
  assertStringIncludes(text, `<failure message="${inside}">${inside}</failure>`);
});

Deno.test("no case gives a report that can be read", () => {
  assertEquals(junitReport("r", []).split("\n").length, 4);
});
