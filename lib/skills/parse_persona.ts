import { readFrontMatter } from "./front_matter.ts";
import type { PersonaResult } from "./persona.ts";

/**
 * Reads one persona: front matter with `name` (that of its file) and `description`, a title, a text,
 * and the sections `## Approach` and `## Questions`, each a list.
 */
export function parsePersona(bytes: Uint8Array, name: string): PersonaResult {
  const front = readFrontMatter(bytes);
  if (!front.ok) return wrong(front.problem.detail);
  const { facts, body } = front;
  if (facts.name !== name) return wrong(`"name" is not "${name}", as its file is called`);
  const { description } = facts;
  if (typeof description !== "string" || description.trim() === "") {
    return wrong('"description" is no text');
  }
  const [lead = "", ...sections] = body.split(/^## /m);
  const items = (title: string) =>
    listItems(sections.find((one) => one.split("\n", 1)[0]?.trim() === title) ?? "");
  const approach = items("Approach");
  const questions = items("Questions");
  if (approach.length === 0) return wrong('It has no list under "## Approach"');
  if (questions.length === 0) return wrong('It has no list under "## Questions"');
  const stance = oneLine(lead.replace(/^# .*$/m, ""));
  if (stance === "") return wrong("It says nothing before its lists");
  const persona = { name, description: oneLine(description), stance, approach, questions };
  return { ok: true, persona };
}

/** The items of a Markdown list; a line that is indented belongs to the item above it. */
function listItems(section: string): string[] {
  const items: string[] = [];
  for (const line of section.split("\n").slice(1)) {
    const item = /^(?:[-*]|\d+\.)\s+(.*)$/.exec(line);
    if (item) items.push(item[1]!);
    else if (/^\s+\S/.test(line) && items.length > 0) items.push(`${items.pop()} ${line}`);
  }
  return items.map(oneLine).filter((item) => item !== "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function wrong(detail: string): PersonaResult {
  return { ok: false, detail };
}
