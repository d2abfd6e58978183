/** Whatever a `SKILL.md` holds, there is a bundle or a typed reason, and nothing is thrown. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { dispatch } from "../../../lib/skills/dispatch/dispatch.ts";
import { skillIndex } from "../../../lib/skills/dispatch/skill_index.ts";
import { readFrontMatter } from "../../../lib/skills/front_matter.ts";
import { parseSkill } from "../../../lib/skills/parse_skill.ts";
import { renderSkill } from "../../../lib/skills/render_skill.ts";
import type { SkillReason } from "../../../lib/skills/skill.ts";
import { validateSkill } from "../../../lib/skills/validate_skill.ts";

const CASES = 10_000;
const SEED = 20_261_130;

const bytes = (text: string) => new TextEncoder().encode(text);

/** Lines that are right, wrong, or right only in some places. */
const LINES = [
  "name: demo",
  "name: &n demo",
  "name: Demo",
  "name: other",
  "description: Shows it",
  'description: "Shows: it" # so',
  "description: >-\n  Shows\n  it",
  "description: *n",
  "description:",
  "license: MIT",
  "compatibility: 1",
  "allowed-tools: [a, b]",
  'metadata: { ouroboros-tool: a_tool, ouroboros-args: \'{"a": "$1"}\' }',
  "metadata:\n  a: b\n  a: c",
  "metadata: { ouroboros-aliases: 'x y' }",
  "metadata: { n: 1 }",
  "mcp_tool: a_tool",
  "mcp_tool: [a]",
  'mcp_args: { a: "$1", b: ["$CWD"], c: 2024-01-01 }',
  "mcp_args: { a: .nan, b: !!binary aGk= }",
  "mcp_args: &m { a: *m }",
  "<<: { name: demo }",
  "__proto__: { name: demo }",
  "constructor: 1",
  "? { a: b }\n: c",
  "1: one",
  "- a",
  "\tname: demo",
  "metadata:\n\ta: b",
  "&a [*a]",
  "!!js/function 'x'",
  "%YAML 1.2",
  "...",
  "key: |\n  ---\n  not the end",
  "\u0000",
  "\ud800",
  "[".repeat(200),
  "{a: ".repeat(200),
  `many: [${"x, ".repeat(3_000)}]`,
  `license: ${"x".repeat(70_000)}`,
];

const block = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...LINES), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.array(fc.string({ unit: "binary" }), { maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.string({ unit: fc.constantFrom(..."ab:-[]{}&*!|>'\"#,? \t\n") })),
  },
).map((lines) =>
  ["name: demo\ndescription: Shows it", ...lines].slice(lines.length % 2).join("\n")
);

/** The first in four of five cases. */
function mostly(usual: string, ...others: string[]) {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

const source = fc.record({
  block,
  open: mostly("---\n", "--- \n", "\ufeff---\n", "", "----\n", "\n---\n"),
  close: mostly("\n---\n", "\n--- \n", "\n", "\n...\n", "\n----\n"),
  body: fc.oneof(
    { weight: 99, arbitrary: fc.constantFrom("Do it.\n", "", "---\n", "\u0000") },
    { weight: 1, arbitrary: fc.constant(`${"x".repeat(1_000_000)}\n`) },
  ),
  newline: mostly("\n", "\r\n", "\r"),
  /** Where it is cut off, in thousandths; 1,000 and more: nowhere. */
  cut: fc.nat(4_000),
  /** A byte that is put somewhere. */
  stray: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(1_000), fc.nat(255)) },
  ),
}).map(({ block, open, close, body, newline, cut, stray }) => {
  const lead = bytes(`${open}${block}${close}`.replaceAll("\n", newline));
  const head = cut < 1_000 ? lead.slice(0, Math.floor(lead.length * cut / 1_000)) : lead;
  const all = [...head];
  if (stray) all.splice(Math.floor(head.length * stray[0] / 1_000), 0, stray[1]);
  return Uint8Array.from(cut < 1_000 ? all : [...all, ...bytes(body)]);
});

/** Every reason that a text alone can have. */
const REASONS: readonly SkillReason[] = [
  "not_utf8",
  "no_front_matter",
  "unclosed_front_matter",
  "too_large",
  "invalid_yaml",
  "not_a_map",
  "invalid_key",
  "invalid_field",
  "name_mismatch",
];

Deno.test(`${CASES.toLocaleString("en-US")} broken and whole front matters give a bundle or a reason`, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(source, (given) => {
      const result = parseSkill(given, "demo");
      const reason = result.ok ? "ok" : result.problem.reason;
      seen.set(reason, (seen.get(reason) ?? 0) + 1);
      const { errors } = validateSkill({ directory: "demo", bytes: given, files: [] });
      const index = skillIndex([{ name: "demo", files: [], result }]);
      const found = dispatch("ooo demo a b", index, { cwd: "/here", isFile: () => false });
      if (!result.ok) {
        assert(REASONS.includes(result.problem.reason));
        assert(result.problem.detail !== "" && !result.problem.detail.includes("\n"));
        // What cannot be read is not valid, and the reason is among those that the validator tells.
        assert(errors.some((one) => one.reason === result.problem.reason));
        assertEquals(found.kind, "invalid_skill");
        return;
      }
      const { skill } = result;
      for (const text of [skill.description, skill.body, ...Object.values(skill.metadata)]) {
        assertEquals(typeof text, "string");
      }
      if (found.kind === "resolved") JSON.stringify(found.args);
      const rendered = renderSkill(skill, {
        title: "Ants",
        prefix: "our-",
        guidance: [],
        bundles: ["demo"],
        version: "1.0.0",
      });
      const again = parseSkill(bytes(rendered.text), rendered.name);
      assert(again.ok, JSON.stringify(again));
      assertEquals(again.skill.description, skill.description);
    }),
    { numRuns: CASES, seed: SEED },
  );
  const counts = [...seen].sort().map(([reason, count]) => `${reason} ${count}`).join(", ");
  console.log(`front matter: ${CASES.toLocaleString("en-US")} cases, seed ${SEED}: ${counts}`);
  for (const reason of ["ok", ...REASONS]) assert(seen.has(reason), `never seen: ${reason}`);
});

Deno.test("a text that is too large is refused before it is decoded", () => {
  const front = readFrontMatter(new Uint8Array(2_000_000).fill(0xff));
  assert(!front.ok);
  assertEquals(front.problem.reason, "too_large");
});

Deno.test("nesting without end is a reason, and not a full stack", () => {
  for (const open of ["[", "{a: ", "- ", "? "]) {
    const front = readFrontMatter(bytes(`---\n${open.repeat(15_000)}\n---\n`));
    assert(!front.ok, open);
    assert(["invalid_yaml", "too_large", "not_a_map"].includes(front.problem.reason), open);
    assert(!front.problem.detail.includes("call stack"), front.problem.detail);
  }
});
