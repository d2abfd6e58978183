/** What the bundles tell agents is true of the program. */
import { assert, assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { REGISTRY } from "../../lib/runtimes/mod.ts";
import { dispatch } from "../../lib/skills/dispatch/dispatch.ts";
import { dispatchFacts, FACT_KEYS } from "../../lib/skills/dispatch/dispatch_facts.ts";
import { NOT_HERE } from "../../lib/skills/dispatch/not_here.ts";
import { skillIndex } from "../../lib/skills/dispatch/skill_index.ts";
import { listPersonas } from "../../lib/skills/personas.ts";
import { z } from "zod";
import { createSkills } from "../../lib/skills/skills.ts";

const DIR = decodeURIComponent(new URL("../../skills", import.meta.url).pathname);

const MOST_LINES = 60;

/** Hermes cuts descriptions at 60 characters: what a person would type has to stand before that. */
const TRIGGER_CHARACTERS = 60;

/** Words of the program that stand in backticks and belong to no tool. */
const NO_ARGUMENTS: ReadonlySet<string> = new Set([
  ...["pending", "working", "claimed", "checking", "passed", "accepted", "failed", "unverified"],
  ...["blocked", "skipped", "interrupted", "cancelled"],
  ...["read", "edit", "full", "all"],
  // Stands in an interview's answer where there are any; its schema lists only what always does.
  "problems",
]);

const LIST = await createSkills({ dir: DIR }).list();

const BUNDLES = await Promise.all(
  LIST.map(async ({ name, result }) => {
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

Deno.test("what starts a paid agent unasked is typed with the word that stands for the user's yes", () => {
  const guidance = REGISTRY.all.map((one) => ({ name: one.id, text: one.guidance.join("\n") }));
  let typed = 0;
  for (const { name, text } of [...BUNDLES, ...guidance]) {
    for (const [line] of text.matchAll(/(?<=`)ouroboros [^`]+(?=`)/g)) {
      if (!line.includes("--detach")) continue;
      typed++;
      assert(line.includes("--yes"), `${name}: "${line}"`);
    }
  }
  assert(typed >= 3, `${typed}`);
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

Deno.test("every argument and part of an answer that a bundle names is one of its tools'", () => {
  let named = 0;
  for (const { name, text } of BUNDLES) {
    const tools = TOOLS.filter((tool) => text.includes(tool.name));
    const schemas = tools.flatMap((tool) => [tool.input, tool.output])
      .map((schema) => JSON.stringify(z.toJSONSchema(schema, { io: "input" })));
    for (const [, word = ""] of text.matchAll(/`([a-z]+(?:_[a-z]+)*)(?:: true)?`/g)) {
      if (
        word.startsWith("ouroboros_") || NO_ARGUMENTS.has(word) ||
        LIST.some((one) => one.name === word)
      ) continue;
      named++;
      assert(schemas.some((schema) => schema.includes(`"${word}"`)), `${name}: ${word}`);
    }
  }
  assert(named > 30, `${named}`);
});

Deno.test("a persona that a bundle names exists, and each of them is named", async () => {
  const names = (await listPersonas(DIR)).map((one) => one.name);
  const text = BUNDLES.find((one) => one.name === "unstuck")?.text ?? "";
  const linked = [...text.matchAll(/\]\(personas\/([a-z-]+)\.md\)/g)].map((match) => match[1]!);
  assertEquals([...new Set(linked)].sort(), names);
  for (const name of names) assert(text.split("---")[1]?.includes(name), `description: ${name}`);
});

Deno.test("no word behind ooo names two bundles, and none that is here is told to be missing", () => {
  const { words, duplicates } = skillIndex(LIST);
  assertEquals(duplicates, []);
  const missing = NOT_HERE.flatMap((one) => one.words);
  assertEquals(missing.filter((word) => words.has(word)), []);
  assertEquals(missing.filter((word, index) => missing.indexOf(word) !== index), []);
  for (const [word, skill] of words) assert(skill.ok, `${word}: ${JSON.stringify(skill)}`);
});

Deno.test("the tool that answers for a bundle exists and takes what is typed, and nothing", () => {
  const index = skillIndex(LIST);
  const around = { cwd: "/project", isFile: () => false };
  for (const { name, skill, text } of BUNDLES) {
    const facts = dispatchFacts(skill);
    assert(facts.ok, name);
    const unread = Object.keys(skill.metadata).filter((key) =>
      !FACT_KEYS.some((one) => one === key)
    );
    assertEquals(unread, [], name);
    if (facts.facts.call === undefined) continue;
    const verbs = [...facts.facts.verbs.keys()].map((verb) => `ooo ${verb} abcdef`);
    for (const prompt of [`ooo ${name} abcdef`, `ooo ${name}`, ...verbs]) {
      const found = dispatch(prompt, index, around);
      // What ends or goes on with something names it.
      if (found.kind === "invalid_skill" && prompt === `ooo ${name}`) {
        assert(found.reason === "invalid_command" && /"\$1!"/.test(text), prompt);
        continue;
      }
      assert(found.kind === "resolved", `${prompt}: ${JSON.stringify(found)}`);
      const tool = TOOLS.find((one) => one.name === found.tool);
      assert(tool !== undefined, `${prompt}: there is no tool ${found.tool}`);
      const read = tool.input.safeParse(found.args);
      // What has to be typed may be missing: the tool asks for it, and guesses nothing.
      const wrong = read.error?.issues.filter((one) =>
        prompt !== `ooo ${name}` || one.code !== "invalid_type"
      );
      assertEquals(wrong ?? [], [], prompt);
    }
  }
});

Deno.test("what is told in place of a word of the earlier system is a command that exists", () => {
  for (const { words, instead } of NOT_HERE) {
    if (instead === undefined) continue;
    const name = instead.split(" ")[1] ?? "";
    assert(COMMANDS.some((one) => one.name === name), `${words[0]}: ${instead}`);
  }
});

Deno.test("a bundle is for every host: it names no way of calling that only one has", () => {
  for (const { name, text } of BUNDLES) {
    assert(!/mcp__|\$ouroboros|\/ouroboros/.test(text), name);
  }
});
