import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseSkill } from "../../../lib/skills/parse_skill.ts";
import { renderSkill, type SkillHost, VERSION_STAMP } from "../../../lib/skills/render_skill.ts";
import type { Skill } from "../../../lib/skills/skill.ts";
import { createSkills } from "../../../lib/skills/skills.ts";

const HOST: SkillHost = {
  title: "Ants",
  prefix: "ouroboros-",
  guidance: ["Type `/SKILL`", "Wait for `spring`"],
  bundles: ["run", "status"],
  version: "1.2.3",
};

const RUN: Skill = {
  name: "run",
  description: 'Run: a "seed", don\'t # wait\nand two lines',
  license: "MIT",
  metadata: { "ouroboros-aliases": "execute: yes" },
  body: "# Run\n\nSee the skill `status`, the\nskill `run`, a skill `other`, `status`.\n",
  warnings: [],
};

function parsed(skill: Skill, host = HOST): Skill {
  const { name, text } = renderSkill(skill, host);
  const result = parseSkill(new TextEncoder().encode(text), name);
  assert(result.ok, JSON.stringify(result));
  return result.skill;
}

Deno.test("a rendered bundle is valid under its prefixed name and keeps every fact", () => {
  const skill = parsed(RUN);
  assertEquals(skill.name, "ouroboros-run");
  assertEquals(skill.description, RUN.description);
  assertEquals(skill.license, "MIT");
  assertEquals(skill.warnings, []);
  assertEquals(skill.metadata, { ...RUN.metadata, [VERSION_STAMP]: "1.2.3" });
});

Deno.test("references to bundles get the prefix, other words stay as they are", () => {
  const { body } = parsed(RUN);
  assertStringIncludes(
    body,
    "See the skill `ouroboros-status`, the\nskill `ouroboros-run`, a skill `other`, `status`.",
  );
});

Deno.test("the host's own lines stand at the end, and none where it has none", () => {
  assertMatch(parsed(RUN).body, /\n\n## In Ants\n\n- Type `\/SKILL`\n- Wait for `spring`\n$/);
  assert(!parsed(RUN, { ...HOST, guidance: [] }).body.includes("##"));
});

Deno.test("without a prefix the name stays, and rendering twice gives the same bytes", () => {
  const host = { ...HOST, prefix: "" };
  assertEquals(renderSkill(RUN, host).name, "run");
  assertStringIncludes(renderSkill(RUN, host).text, "skill `status`");
  assertEquals(renderSkill(RUN, host), renderSkill(structuredClone(RUN), host));
});

Deno.test("every bundle of the program can be rendered", async () => {
  const dir = decodeURIComponent(new URL("../../../skills", import.meta.url).pathname);
  const found = await createSkills({ dir }).list();
  const bundles = found.map((one) => one.name);
  for (const { result } of found) {
    assert(result.ok);
    const skill = parsed(result.skill, { ...HOST, bundles });
    assertEquals(skill.name, `ouroboros-${result.skill.name}`);
  }
});
