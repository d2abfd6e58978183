import { assertEquals } from "@std/assert";
import { validateSkill } from "../../../lib/skills/validate_skill.ts";

function verdictOf(lines: string, body = "Do it.\n", files: readonly string[] = ["SKILL.md"]) {
  const text = `---\nname: demo\ndescription: Shows it\n${lines}\n---\n\n${body}`;
  return validateSkill({ directory: "demo", bytes: new TextEncoder().encode(text), files });
}

Deno.test("a bundle by the specification is valid, and nothing is advised against", () => {
  assertEquals(verdictOf("license: MIT\nmetadata: { a: b }"), { errors: [], advice: [] });
});

Deno.test("a key that the specification does not know is an error, whoever knows it", () => {
  const { errors } = verdictOf("version: 1\nmcp_tool: t\nLicense: MIT");
  assertEquals(errors.map((one) => [one.reason, one.detail.split(" is ")[0]]), [
    ["unknown_key", '"version"'],
    ["unknown_key", '"mcp_tool"'],
    ["unknown_key", '"License"'],
  ]);
});

Deno.test("front matter that cannot be read is the only error", () => {
  const { errors } = verdictOf("metadata: [");
  assertEquals(errors.map((one) => one.reason), ["invalid_yaml"]);
});

Deno.test("a body that is long is advised against by lines and by tokens", () => {
  assertEquals(verdictOf("", "x\n".repeat(500)).advice, []);
  assertEquals(verdictOf("", "x\n".repeat(501)).advice, ["Its body has 501 lines: at most 500"]);
  assertEquals(verdictOf("", `${"x".repeat(20_000)}\n`).advice, [
    "Its body has about 5001 tokens: at most 5000",
  ]);
});

Deno.test("links lead to files of the bundle, at most one folder deep", () => {
  const body = [
    "[a](a.md) [b](./docs/b.md#part) [site](https://example.com/x/y/z) [here](#part)",
    "`[code](none.md)`",
    "```\n[code](none.md)\n```",
    "[up](../c.md) [root](/d.md) [deep](a/b/c.md) [none](none.md) [none](none.md)",
  ].join("\n\n");
  assertEquals(verdictOf("", body, ["SKILL.md", "a.md", "docs/b.md", "a/b/c.md"]).advice, [
    '"../c.md" leads out of the bundle',
    '"/d.md" leads out of the bundle',
    '"a/b/c.md" lies more than one folder deep',
    '"none.md" is no file of the bundle',
  ]);
});
