import { assert, assertEquals } from "@std/assert";
import { parseSkill } from "../../../lib/skills/parse_skill.ts";
import type { SkillReason } from "../../../lib/skills/skill.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const LEAD = "name: demo\ndescription: Shows it";

/** A skill with these lines between its fences, and the body "Do it.". */
const withLines = (lines: string) => bytes(`---\n${lines}\n---\n\nDo it.\n`);

function reasonOf(source: Uint8Array): SkillReason | "none" {
  const result = parseSkill(source, "demo");
  return result.ok ? "none" : result.problem.reason;
}

Deno.test("a skill has its facts and its body", () => {
  const lines = `${LEAD}\nlicense: MIT\ncompatibility: git\nallowed-tools: Bash(git:*) Read\n` +
    'metadata:\n  ouroboros-aliases: "a b"';
  assertEquals(parseSkill(withLines(lines), "demo"), {
    ok: true,
    skill: {
      name: "demo",
      description: "Shows it",
      license: "MIT",
      compatibility: "git",
      allowedTools: "Bash(git:*) Read",
      metadata: { "ouroboros-aliases": "a b" },
      body: "Do it.\n",
      warnings: [],
    },
  });
});

Deno.test("a byte order mark and CRLF line ends change nothing", () => {
  const plain = parseSkill(withLines(LEAD), "demo");
  const text = new TextDecoder().decode(withLines(LEAD));
  assertEquals(parseSkill(bytes(`\ufeff${text.replaceAll("\n", "\r\n")}`), "demo"), plain);
});

Deno.test("anchors and aliases are unfolded", () => {
  const result = parseSkill(
    withLines(`name: &n demo\ndescription: Shows it\nmetadata:\n  title: *n`),
    "demo",
  );
  assert(result.ok);
  assertEquals(result.skill.metadata, { title: "demo" });
});

Deno.test("keys of the earlier system are accepted, unknown ones are warned about", () => {
  const result = parseSkill(
    withLines(`${LEAD}\nmcp_tool: t\nmcp_args: { a: "1" }\nversion: 2`),
    "demo",
  );
  assert(result.ok);
  assertEquals(result.skill.warnings, ['Unknown key "version" is ignored']);
});

const bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" +
  [..."bcdefgh"].map((key, index) => {
    const before = `*${"abcdefg"[index]}`;
    return `${key}: &${key} [${Array(10).fill(before).join(", ")}]`;
  }).join("\n");

const BROKEN: Record<string, [source: Uint8Array, reason: SkillReason]> = {
  "an empty file": [bytes(""), "no_front_matter"],
  "no front matter": [bytes("# Title\n"), "no_front_matter"],
  "no closing line": [bytes(`---\n${LEAD}\n`), "unclosed_front_matter"],
  "truncated YAML": [withLines('name: demo\ndescription: "Shows'), "invalid_yaml"],
  "a list at the root": [withLines("- name: demo"), "not_a_map"],
  "a scalar at the root": [withLines("demo"), "not_a_map"],
  "nothing at the root": [withLines(""), "not_a_map"],
  "bytes that are no UTF-8": [
    Uint8Array.from([...bytes(`---\n${LEAD} `), 0xff, ...bytes("\n---\n")]),
    "not_utf8",
  ],
  "aliases that unfold without end": [withLines(`${LEAD}\n${bomb}`), "too_large"],
  "a key twice": [withLines(`${LEAD}\nname: demo`), "invalid_yaml"],
  "tabs as indentation": [withLines(`${LEAD}\nmetadata:\n\ta: "1"`), "invalid_yaml"],
  "a block of 1 MB": [withLines(`${LEAD}\nlicense: ${"x".repeat(1_000_000)}`), "too_large"],
  "mcp_args as a list": [withLines(`${LEAD}\nmcp_args: [a]`), "invalid_field"],
  "mcp_tool as a map": [withLines(`${LEAD}\nmcp_tool: { a: b }`), "invalid_field"],
  "a number as a key": [withLines(`${LEAD}\n1: one`), "invalid_key"],
  "a map as a key": [withLines(`${LEAD}\n? { a: b }\n: one`), "invalid_key"],
  "no name": [withLines("description: Shows it"), "invalid_field"],
  "no description": [withLines("name: demo"), "invalid_field"],
  "an empty description": [withLines('name: demo\ndescription: "  "'), "invalid_field"],
  "a description that is too long": [
    withLines(`name: demo\ndescription: ${"x".repeat(1025)}`),
    "invalid_field",
  ],
  "a number as a description": [withLines("name: demo\ndescription: 1"), "invalid_field"],
  "a name of another directory": [withLines("name: other\ndescription: d"), "name_mismatch"],
  "a name in capitals": [withLines("name: Demo\ndescription: d"), "invalid_field"],
  "a name with two hyphens": [withLines("name: de--mo\ndescription: d"), "invalid_field"],
  "metadata as a list": [withLines(`${LEAD}\nmetadata: [a]`), "invalid_field"],
  "a number in metadata": [withLines(`${LEAD}\nmetadata: { a: 1 }`), "invalid_field"],
};

for (const [name, [source, reason]] of Object.entries(BROKEN)) {
  Deno.test(`a skill with ${name} is refused as ${reason}`, () => {
    assertEquals(reasonOf(source), reason);
  });
}
