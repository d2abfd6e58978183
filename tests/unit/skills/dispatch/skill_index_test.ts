import { assertEquals } from "@std/assert";
import { skillIndex } from "../../../../lib/skills/dispatch/skill_index.ts";
import type { SkillBundle } from "../../../../lib/skills/skills.ts";

function bundle(name: string, aliases: string): SkillBundle {
  const metadata = { "ouroboros-aliases": aliases };
  const skill = { name, description: "d", metadata, body: "", warnings: [] };
  return { name, files: [], result: { ok: true, skill } };
}

Deno.test("a name comes before an alias, the first bundle before the second, and both are told", () => {
  const index = skillIndex([bundle("a", "b x"), bundle("b", "x"), bundle("a", "")]);
  const named = [...index.words].map(([word, skill]) => [word, skill.name]);
  assertEquals(named, [["a", "a"], ["b", "b"], ["x", "a"]]);
  assertEquals(index.duplicates, [
    '"a" names "a" and "a"',
    '"b" names "b" and "a"',
    '"x" names "a" and "b"',
  ]);
});

Deno.test("a broken bundle keeps its name and its reason", () => {
  const problem = { reason: "invalid_yaml" as const, detail: "no YAML" };
  const index = skillIndex([
    { name: "a", files: [], result: { ok: false, problem } },
    bundle("b", "c/d"),
  ]);
  assertEquals(index.words.get("a"), { name: "a", ok: false, problem });
  const odd = { reason: "invalid_alias" as const, detail: '"c/d" cannot be typed as a word' };
  assertEquals(index.words.get("b"), { name: "b", ok: false, problem: odd });
});
