import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { appendItem, type Bracketed, removeItem } from "./bracketed.ts";
import type { EditValue, Splice } from "./change.ts";
import type { EditProblem } from "./edit_problem.ts";
import type { Plain } from "./plain.ts";
import type { Reading, ReadingResult } from "./reading.ts";
import { renderYamlFlow, renderYamlLines, renderYamlText } from "./render_yaml.ts";
import { rangeOf } from "./yaml_range.ts";
import { tagStart, withTagged } from "./yaml_tags.ts";
import { isBlockText, YamlBlocks } from "./yaml_blocks.ts";
import { indentAt, lineColumn } from "./text_lines.ts";

/** Reads one YAML document; several in a file, or doubled keys, are a problem. */
export function readYaml(text: string): ReadingResult {
  // The parser compares each key with every other one: minutes for a few ten thousand of them.
  const options = { merge: true, uniqueKeys: false, lineCounter: new LineCounter() };
  const document = parseDocument(text, options);
  const [error] = document.errors;
  if (error) return { ok: false, problem: yamlProblem(text, error) };
  const doubled = doubledKey(document);
  if (doubled) return { ok: false, problem: yamlProblem(text, doubled) };
  const value: unknown = document.contents === null
    ? undefined
    : withTagged(document, text).toJS({ mapAsMap: true, maxAliasCount: 100 });
  if (isLoop(value, new Set())) throw new RangeError("an alias inside its own anchor");
  return { ok: true, reading: new YamlReading(text, document, value as Plain | undefined) };
}

/** The first key that its mapping has twice, as the parser would say it. */
function doubledKey(document: Document): YamlError | undefined {
  let found: YamlError | undefined;
  visit(document, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          const at = rangeOf(key)?.[0] ?? 0;
          found = { code: "DUPLICATE_KEY", message: "Map keys must be unique", pos: [at, at] };
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** What is told of the parser's error. */
type YamlError = Pick<YAMLError, "code" | "message" | "pos">;

function isLoop(value: unknown, above: Set<unknown>): boolean {
  if (typeof value !== "object" || value === null || value instanceof Date) return false;
  if (above.has(value)) return true;
  above.add(value);
  const members = value instanceof Map ? [...value].flat() : Array.isArray(value) ? value : [];
  const loop = members.some((member) => isLoop(member, above));
  above.delete(value);
  return loop;
}

class YamlReading implements Reading {
  private readonly blocks: YamlBlocks;

  constructor(
    private readonly text: string,
    private readonly document: Document,
    readonly value: Plain | undefined,
  ) {
    this.blocks = new YamlBlocks(text);
  }

  placeOf(path: readonly string[]): number | undefined {
    if (path.length === 0) return rangeOf(this.document.contents)?.[0];
    return rangeOf(this.pair(path)?.key)?.[0];
  }

  insert(path: readonly string[], value: EditValue): Splice[] {
    const key = path.at(-1)!;
    const lines = (indent: string) => renderYamlLines(key, value, { indent, unit: this.unit() });
    if (path.length === 1 && !isMap(this.document.contents)) {
      return this.blocks.intoNothing(rangeOf(this.document.contents), lines(""));
    }
    const parentPath = path.slice(0, -1);
    const parent = this.node(parentPath);
    if (!isMap(parent)) return [];
    const there = this.pair(path);
    if (there) return this.fill(there, value);
    if (!parent.flow) return this.blocks.appendLines(parent, lines);
    const member = `${renderYamlText(key, "plain")}: ${renderYamlFlow(value)}`;
    const flow = appendItem(this.bracketed(parent), inline(member));
    const above = this.pair(parentPath);
    if (parent.items.length > 0) return [flow];
    if (above === undefined) return [...this.blocks.insteadOf(parent, lines("")), flow];
    const indent = indentAt(this.text, rangeOf(above.key)![0]) + this.unit();
    return [...this.blocks.below(above, lines(indent), parent), flow];
  }

  replace(path: readonly string[], value: EditValue): Splice[] {
    const node = this.node(path);
    const range = rangeOf(node);
    if (!range) return [];
    if (isSeq(node) && !node.flow && Array.isArray(value)) {
      return [this.blocks.replaceItems(node, value.map(renderYamlFlow))];
    }
    const block = isBlockText(node);
    const quote = !isScalar(node) || block
      ? "double"
      : node.type === "QUOTE_SINGLE"
      ? "single"
      : node.type === "PLAIN"
      ? "plain"
      : "double";
    const text = typeof value === "string" ? renderYamlText(value, quote) : renderYamlFlow(value);
    const end = block ? this.blocks.contentEnd(node) : range[1];
    const start = tagStart(node, this.text, range[0]);
    // A tag stays where it fits the new value, else it goes with the value that it was made for.
    return [range[0], ...start === undefined ? [] : [start]].map((at) => ({
      start: at,
      end,
      text,
    }));
  }

  remove(path: readonly string[]): Splice[] {
    const parent = this.node(path.slice(0, -1));
    const pair = this.pair(path);
    if (!isMap(parent) || !pair) return [];
    const index = parent.items.indexOf(pair);
    if (parent.flow) return [removeItem(this.bracketed(parent), index)];
    const above = this.pair(path.slice(0, -1));
    return parent.items.length === 1 && above
      ? [this.blocks.emptied(above, parent, "{}")]
      : [this.blocks.removeLines(parent, index)];
  }

  addItem(path: readonly string[], item: EditValue): Splice[] {
    const list = this.node(path);
    if (!isSeq(list)) return [];
    const text = renderYamlFlow(item);
    return list.flow
      ? [appendItem(this.bracketed(list), inline(text))]
      : this.blocks.appendItem(list, text);
  }

  removeItem(path: readonly string[], index: number): Splice[] {
    const list = this.node(path);
    if (!isSeq(list)) return [];
    if (list.flow) return [removeItem(this.bracketed(list), index)];
    const above = this.pair(path);
    return list.items.length === 1 && above
      ? [this.blocks.emptied(above, list, "[]")]
      : [this.blocks.removeLines(list, index)];
  }

  /** A key that stands there without a value. */
  private fill(pair: Pair, value: EditValue): Splice[] {
    const range = rangeOf(pair.value);
    const single = typeof value !== "object" || Array.isArray(value);
    const written = range !== undefined && range[1] > range[0];
    const flow = written
      ? { start: range[0], end: range[1], text: renderYamlFlow(value) }
      : this.blocks.behindColon(pair, renderYamlFlow(value));
    if (single) return [flow];
    const indent = indentAt(this.text, rangeOf(pair.key)![0]) + this.unit();
    const lines = Object.entries(value).flatMap(([key, member]) =>
      renderYamlLines(key, member, { indent, unit: this.unit() })
    );
    if (lines.length === 0) return [flow];
    return [...this.blocks.below(pair, lines, written ? pair.value : undefined), flow];
  }

  private bracketed(node: YAMLMap | YAMLSeq): Bracketed {
    const [start, end] = rangeOf(node)!;
    const items = node.items.map((item) => {
      const first = rangeOf(isPair(item) ? item.key : item);
      const last = isPair(item) ? rangeOf(item.value) ?? first : first;
      return { start: first?.[0] ?? start, end: last?.[1] ?? end };
    });
    return { text: this.text, open: start + 1, close: end - 1, items, comments: "#" };
  }

  /** How much deeper the first nested mapping stands. */
  private unit(): string {
    const { contents } = this.document;
    if (!isMap(contents) || contents.flow) return "  ";
    for (const pair of contents.items) {
      if (!isMap(pair.value) || pair.value.flow || pair.value.items.length === 0) continue;
      const own = indentAt(this.text, rangeOf(pair.value.items[0]!.key)?.[0] ?? 0);
      const outer = indentAt(this.text, rangeOf(pair.key)?.[0] ?? 0);
      if (own.length > outer.length) return " ".repeat(own.length - outer.length);
    }
    return "  ";
  }

  private node(path: readonly string[]): unknown {
    return path.length === 0 ? this.document.contents : this.pair(path)?.value;
  }

  private pair(path: readonly string[]): Pair | undefined {
    let node: unknown = this.document.contents;
    let pair: Pair | undefined;
    for (const key of path) {
      if (!isMap(node)) return undefined;
      pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      node = pair?.value;
    }
    return pair;
  }
}

function inline(member: string) {
  return { render: () => member, unit: "  ", inline: true, padding: "", space: " " };
}

function yamlProblem(text: string, error: YamlError): EditProblem {
  const duplicate = error.code === "DUPLICATE_KEY";
  const [said = ""] = error.message.split("\n");
  const words = said.replace(/ at line \d+, column \d+:?$/, "");
  const at = Math.min(error.pos[0], text.length);
  const key = /^[^:\s]+/.exec(text.slice(at))?.[0];
  return {
    code: duplicate ? "duplicate_key" : "syntax",
    path: [],
    found: duplicate
      ? `the key ${JSON.stringify(key ?? "")} a second time`
      : error.code === "MULTIPLE_DOCS"
      ? "several documents"
      : `an error (${words})`,
    expected: duplicate ? "it once" : error.code === "MULTIPLE_DOCS" ? "one" : "valid YAML",
    ...lineColumn(text, at),
    hint: duplicate
      ? "Remove one of the two; a host reads only one of them"
      : "Correct that place, then run the same command again",
  };
}
