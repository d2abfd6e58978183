import type { SkillProblem, SkillReason } from "../skill.ts";
import type { SkillBundle } from "../skills.ts";
import { type DispatchFacts, dispatchFacts, type FactsReason } from "./dispatch_facts.ts";

/** A bundle that a word names. */
export type NamedSkill =
  | { name: string; ok: true; facts: DispatchFacts }
  | { name: string; ok: false; problem: { reason: SkillReason | FactsReason; detail: string } };

/** Words and the bundles that they name. */
export interface SkillIndex {
  words: ReadonlyMap<string, NamedSkill>;
  /** Words that two bundles claim, one line each; the first of them has it. */
  duplicates: readonly string[];
}

/**
 * The words by which bundles are called: their names first, then their other words, so that none of
 * those hides a bundle. Of two the earlier one counts: the program's own are given first.
 */
export function skillIndex(bundles: readonly SkillBundle[]): SkillIndex {
  const words = new Map<string, NamedSkill>();
  const duplicates: string[] = [];
  const claim = (word: string, skill: NamedSkill) => {
    const there = words.get(word);
    if (there === undefined) words.set(word, skill);
    else duplicates.push(`"${word}" names "${there.name}" and "${skill.name}"`);
  };
  const named = bundles.map(namedSkill);
  for (const skill of named) claim(skill.name.toLowerCase(), skill);
  for (const skill of named) {
    if (!skill.ok) continue;
    const { aliases, verbs, call } = skill.facts;
    for (const alias of aliases) claim(alias, skill);
    for (const [verb, args] of verbs) {
      claim(verb, { ...skill, facts: { ...skill.facts, call: { tool: call!.tool, args } } });
    }
  }
  return { words, duplicates };
}

function namedSkill({ name, result }: SkillBundle): NamedSkill {
  if (!result.ok) return broken(name, result.problem);
  const facts = dispatchFacts(result.skill);
  return facts.ok ? { name, ok: true, facts: facts.facts } : broken(name, facts);
}

function broken(
  name: string,
  { reason, detail }: SkillProblem | { reason: FactsReason; detail: string },
): NamedSkill {
  return { name, ok: false, problem: { reason, detail } };
}
