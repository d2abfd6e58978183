import type { TestCollector, TestEnd } from "./test_results.ts";

const LINE = /^( *)(not )?ok\b(?: +\d+)?(?: +-)?[ \t]*(.*)$/;

/**
 * Reads a TAP report, versions 12 to 14. Subtests stand before the line of the test that holds
 * them: such a line counts by itself only where it fails and none of them does. Gives whether there
 * was a line of TAP.
 */
export function readTap(text: string, into: TestCollector): boolean {
  /** Tests of each indentation that wait for the line of what holds them. */
  const waiting = new Map<number, { name: string; end: TestEnd }[]>();
  let yaml: string | null = null;
  let seen = false;
  for (const line of text.split(/\r?\n/)) {
    if (yaml !== null) {
      if (line.trimEnd() === `${yaml}...`) yaml = null;
      continue;
    }
    const block = /^( +)---\s*$/.exec(line);
    if (block) {
      yaml = block[1]!;
      continue;
    }
    const match = LINE.exec(line);
    if (!match) continue;
    seen = true;
    const depth = match[1]!.length;
    const { name, end } = described(match[3]!, match[2] !== undefined);
    const deeper = [...waiting.keys()].filter((one) => one > depth);
    const children = deeper.flatMap((one) => waiting.get(one)!);
    for (const one of deeper) waiting.delete(one);
    const own = children.length === 0 ||
      (end === "failed" && !children.some((child) => child.end === "failed"));
    const list = waiting.get(depth) ?? [];
    list.push(...children.map((child) => ({ ...child, name: `${name} > ${child.name}` })));
    if (own) list.push({ name, end });
    waiting.set(depth, list);
  }
  for (const list of waiting.values()) for (const { name, end } of list) into.add(name, end);
  return seen;
}

/** A description and what its directive makes of the result. */
function described(text: string, failed: boolean): { name: string; end: TestEnd } {
  const directive = /(?:^|\s)#\s*(skip|todo)\b.*$/i.exec(text);
  const name = (directive ? text.slice(0, directive.index) : text).replace(/\\([#\\])/g, "$1")
    .trim();
  return { name: name || "(unnamed)", end: directive ? "skipped" : failed ? "failed" : "passed" };
}
