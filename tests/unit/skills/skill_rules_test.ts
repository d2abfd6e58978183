import { assertEquals } from "@std/assert";
import { skillProblems } from "../../../lib/skills/skill_rules.ts";

const LEAD = { name: "demo", description: "Shows it" };

const detailsOf = (facts: Record<string, unknown>, directory = "demo") =>
  skillProblems(facts, directory).map((one) => one.detail);

Deno.test("what the specification allows has no problem", () => {
  assertEquals(detailsOf(LEAD), []);
  assertEquals(
    detailsOf({
      ...LEAD,
      license: "MIT",
      compatibility: "x".repeat(500),
      description: "é".repeat(1024),
      "allowed-tools": "Read Bash(git:*)",
      metadata: { a: "b" },
      other: 1,
    }),
    [],
  );
  for (const name of ["a", "a-b", "1", "café", "ключ", "技能", "x".repeat(64)]) {
    assertEquals(detailsOf({ ...LEAD, name }, name), [], name);
  }
  // The same letters, put together in another way.
  assertEquals(detailsOf({ ...LEAD, name: "cafe\u0301" }, "café"), []);
});

Deno.test("a name has its rules", () => {
  for (const name of ["Demo", "-demo", "demo-", "de--mo", "de_mo", "de mo", "de.mo", "Ключ"]) {
    const [detail = ""] = detailsOf({ ...LEAD, name }, name);
    assertEquals(detail, `"name" may hold small letters, digits and single hyphens: "${name}"`);
  }
  const long = "x".repeat(65);
  assertEquals(detailsOf({ ...LEAD, name: long }, long), ['"name" is longer than 64 characters']);
  assertEquals(detailsOf(LEAD, "other"), ['"name" is "demo", its directory is "other"']);
});

Deno.test("all that is wrong is told at once", () => {
  assertEquals(
    detailsOf({
      "1": "x",
      description: " ",
      license: 1,
      compatibility: "x".repeat(501),
      metadata: { a: 1, b: "c", d: null },
      mcp_tool: 1,
      mcp_args: [],
    }),
    [
      '"1" is no key of words',
      '"name" is missing',
      '"description" is empty',
      '"license" is no text',
      '"compatibility" is longer than 500 characters',
      '"metadata.a" is no text: put it in quotes',
      '"metadata.d" is no text: put it in quotes',
      '"mcp_tool" is no text',
      '"mcp_args" is no map',
    ],
  );
});
