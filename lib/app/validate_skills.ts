import { basename, dirname, resolve } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { type DispatchFacts, dispatchFacts } from "../skills/dispatch/dispatch_facts.ts";
import { skillIndex } from "../skills/dispatch/skill_index.ts";
import { createSkills, type SkillBundle } from "../skills/skills.ts";
import { validateSkill } from "../skills/validate_skill.ts";
import type { App } from "./app.ts";
import type { ToolTable } from "./dispatch_prompt.ts";
import { ownSkillsDir } from "./own_skills_dir.ts";

/** What is to be said of one bundle. */
export interface SkillReport {
  name: string;
  /** Absolute. */
  folder: string;
  /** What the specification forbids, and what dispatch cannot use. */
  errors: readonly string[];
  /** What is advised against, and words that another bundle has. */
  advice: readonly string[];
}

/**
 * Judges bundles by the Agent Skills specification and by what `ooo` reads of them: those in the
 * folders that are named, else the user's own. Errors: not_found, unreadable.
 */
export async function validateSkills(
  app: App,
  folders: readonly string[],
  tools: Pick<ToolTable, "argumentsOf">,
): Promise<SkillReport[]> {
  const embedded = await createSkills({ dir: app.skillsDir }).list();
  const found = folders.length === 0
    ? await bundlesIn(ownSkillsDir(app))
    : await Promise.all(folders.map((folder) => namedBundle(resolve(app.cwd, folder))));
  return await Promise.all(
    found.map(({ folder, bundle }) => {
      // One of ours, or a copy of it, is not judged against itself.
      const others = embedded.filter((one) =>
        one.name !== bundle.name ||
        JSON.stringify(one.result) !== JSON.stringify(bundle.result)
      );
      return report(folder, bundle, { others, tools });
    }),
  );
}

interface FoundBundle {
  folder: string;
  bundle: SkillBundle;
}

async function bundlesIn(dir: string): Promise<FoundBundle[]> {
  const bundles = await createSkills({ dir }).list();
  return bundles.map((bundle) => ({ folder: `${dir}/${bundle.name}`, bundle }));
}

async function namedBundle(folder: string): Promise<FoundBundle> {
  const bundle = await createSkills({ dir: dirname(folder) }).find(basename(folder));
  if (bundle !== undefined) return { folder, bundle };
  const isThere = await Deno.stat(folder).then(() => true, () => false);
  throw new OuroborosError({
    code: "not_found",
    message: `Judge "${folder}": ${isThere ? "it is no folder" : "there is no such folder"}`,
    hint: "Give the folder that holds SKILL.md",
  });
}

async function report(
  folder: string,
  bundle: SkillBundle,
  { others, tools }: { others: readonly SkillBundle[]; tools: Pick<ToolTable, "argumentsOf"> },
): Promise<SkillReport> {
  const { name, result, files } = bundle;
  const about = { name, folder };
  if (!result.ok && ["missing", "unreadable"].includes(result.problem.reason)) {
    return { ...about, errors: [result.problem.detail], advice: [] };
  }
  const bytes = await readBytes(`${folder}/SKILL.md`);
  const verdict = validateSkill({ directory: name, bytes, files: files.map((file) => file.path) });
  const facts = result.ok ? dispatchFacts(result.skill) : undefined;
  return {
    ...about,
    errors: [
      ...verdict.errors.map((one) => one.detail),
      ...facts?.ok === false ? [facts.detail] : [],
      ...facts?.ok ? callProblems(facts.facts, tools) : [],
    ],
    advice: [
      ...verdict.advice,
      ...skillIndex([...others, bundle]).duplicates.map((line) => `${line}: the first has it`),
    ],
  };
}

/** What would be refused at each call: a tool that is not there, arguments that it does not take. */
function callProblems(
  { call, verbs }: DispatchFacts,
  { argumentsOf }: Pick<ToolTable, "argumentsOf">,
): string[] {
  if (call === undefined) return [];
  const known = argumentsOf(call.tool);
  if (known === undefined) return [`There is no tool "${call.tool}"`];
  const given = new Set([call.args, ...verbs.values()].flatMap((args) => Object.keys(args)));
  return [...given].filter((name) => !known.includes(name))
    .map((name) => `The tool "${call.tool}" takes no argument "${name}"`);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new OuroborosError({
      code: "unreadable",
      message: `Read "${path}": ${messageOf(cause)}`,
      cause,
    });
  }
}
