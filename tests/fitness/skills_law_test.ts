/** What the bundles tell agents is true of the program. */
import { assert, assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { createSkills } from "../../lib/skills/skills.ts";

const DIR = decodeURIComponent(new URL("../../skills", import.meta.url).pathname);

const MOST_LINES = 60;

/** Hermes cuts descriptions at 60 characters: what a person would type has to stand before that. */
const TRIGGER_CHARACTERS = 60;

const BUNDLES = await Promise.all(
  (await createSkills({ dir: DIR }).list()).map(async ({ name, result }) => {
    assert(result.ok, `${name}: ${JSON.stringify(result)}`);
    return { name, skill: result.skill, text: await Deno.readTextFile(`${DIR}/${name}/SKILL.md`) };
  }),
);

Deno.test("a bundle's first words are what a person would type, and end before a host cuts them", () => {
  for (const { name, skill } of BUNDLES) {
    const [first = ""] = skill.description.split(". ");
    assert(first.length < TRIGGER_CHARACTERS, `${name}: "${first}" is ${first.length} long`);
    assert(first.endsWith(`ooo ${name}`), `${name}: "${first}"`);
  }
});

Deno.test("a bundle is short", () => {
  const long = BUNDLES.filter(({ text }) => text.trimEnd().split("\n").length > MOST_LINES);
  assertEquals(long.map((one) => one.name), []);
});

Deno.test("every command that a bundle types exists, with each option behind it", async () => {
  let typed = 0;
  for (const { name, text } of BUNDLES) {
    for (const [line] of text.matchAll(/(?<=`)ouroboros [^`]+(?=`)/g)) {
      const words = line.split(/\s+/).slice(1);
      const entry = [2, 1].map((count) => words.slice(0, count).join(" "))
        .flatMap((word) => COMMANDS.filter((one) => one.name === word))[0];
      if (!entry) {
        assert(words[0] === "COMMAND", `${name}: "${line}"`);
        continue;
      }
      typed++;
      const { options } = await entry.load();
      for (const [, option = ""] of line.replaceAll(/"[^"]*"/g, "").matchAll(/--([a-z-]+)/g)) {
        assert(option === "help" || option in options, `${name}: "${line}": --${option}`);
      }
    }
  }
  assert(typed > 20);
});

Deno.test("every skill and tool that a bundle names exists", () => {
  const tools = TOOLS.map((tool) => tool.name);
  const skills = BUNDLES.map((bundle) => bundle.name);
  for (const { name, text } of BUNDLES) {
    for (const [, tool = ""] of text.matchAll(/`(ouroboros_[a-z_]+)`/g)) {
      assert(tools.includes(tool), `${name}: ${tool}`);
    }
    for (const [, skill = ""] of text.matchAll(/skill\s+`([a-z-]+)`/g)) {
      assert(skills.includes(skill), `${name}: the skill ${skill}`);
    }
  }
});

Deno.test("a bundle is for every host: it names no way of calling that only one has", () => {
  for (const { name, text } of BUNDLES) {
    assert(!/mcp__|\$ouroboros|\/ouroboros/.test(text), name);
  }
});
