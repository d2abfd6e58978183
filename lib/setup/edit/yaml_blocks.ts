import { isCollection, isPair, isScalar, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Splice } from "./change.ts";
import {
  indentAt,
  lineEnd,
  linesAt,
  lineStart,
  newlineOf,
  nextLine,
  startsLine,
} from "./text_lines.ts";
import { rangeOf } from "./yaml_range.ts";

/** Edits of YAML's block style, by lines. Proposals only: see `Reading`. */
export class YamlBlocks {
  constructor(private readonly text: string) {}

  /** One more pair at the end of a mapping, at the column of the others. */
  appendLines(map: YAMLMap, lines: (indent: string) => string[]): Splice[] {
    const first = this.startOf(map.items[0]);
    if (first === undefined) return [];
    const indent = indentAt(this.text, first);
    const blank = indent === "" && this.blankBefore(map.items.at(-1)) ? [""] : [];
    const end = this.endOfLines(map);
    const start = this.insertLines(lineStart(this.text, first), lines(indent));
    if (this.endsOpen(map)) return [start];
    return [
      this.insertLines(this.pastComments(end, indent.length), [...blank, ...lines(indent)]),
      this.insertLines(end, lines(indent)),
      start,
    ];
  }

  /** One more item at the end of a list, at the column of the others' dashes. */
  appendItem(list: YAMLSeq, item: string): Splice[] {
    const dash = this.startOf(list.items[0]);
    if (dash === undefined || this.endsOpen(list)) return [];
    const line = `${indentAt(this.text, dash)}- ${item}`;
    return [this.insertLines(this.endOfLines(list), [line])];
  }

  /** All items of a list anew, the first one where the first one stood. */
  replaceItems(list: YAMLSeq, items: readonly string[]): Splice {
    const start = rangeOf(list)![0];
    const indent = indentAt(this.text, start);
    const end = this.contentEnd(list);
    if (items.length === 0) return { start, end, text: `${indent === "" ? "  " : ""}[]` };
    const lines = items.map((item) => `- ${item}`).join(newlineOf(this.text) + indent);
    return { start, end, text: lines };
  }

  /**
   * Lines below a key that has no value, or one that goes (null, or an empty mapping, on its line).
   */
  below(pair: Pair, lines: readonly string[], instead: unknown): Splice[] {
    const colon = this.colonEnd(pair);
    if (colon === undefined) return [];
    const key = rangeOf(pair.key)![0];
    const end = lineEnd(this.text, colon);
    const newline = newlineOf(this.text);
    const range = rangeOf(instead);
    if (range === undefined) {
      const at = this.pastComments(nextLine(this.text, colon), indentAt(this.text, key).length + 1);
      return [this.insertLines(at, lines), this.insertLines(nextLine(this.text, colon), lines)];
    }
    if (range[1] > end || this.text.slice(colon, range[0]).trim() !== "") return [];
    const comment = this.text.slice(range[1], end).trimEnd();
    return [{ start: colon, end, text: comment + newline + lines.join(newline) }];
  }

  /** Lines in place of a document that is one empty mapping. */
  insteadOf(map: YAMLMap, lines: readonly string[]): Splice[] {
    const [start, end] = rangeOf(map)!;
    if (lineStart(this.text, start) !== start) return [];
    return [{ start, end, text: lines.join(newlineOf(this.text)) }];
  }

  /** Lines in a document that says nothing: in place of its null, else before its end. */
  intoNothing(range: readonly [number, number] | undefined, lines: readonly string[]): Splice[] {
    const { text } = this;
    if (range !== undefined && range[1] > range[0]) {
      const [start, end] = range;
      const fresh = lineStart(text, start) === start ? "" : newlineOf(text);
      return [{ start, end, text: fresh + lines.join(newlineOf(text)) }];
    }
    const stop = /^\.\.\.(?=\s|$)/m.exec(text)?.index;
    const places = [...stop === undefined ? [] : [stop], text.length, 0];
    return places.map((at) => this.insertLines(at, lines));
  }

  /** A value behind a key's colon, before the comment of that line. */
  behindColon(pair: Pair, value: string): Splice {
    const colon = this.colonEnd(pair) ?? this.text.length;
    return { start: colon, end: colon, text: ` ${value}` };
  }

  /** The lines of a member, away. */
  removeLines(collection: YAMLMap | YAMLSeq, index: number): Splice {
    const item = collection.items[index];
    const start = lineStart(this.text, this.startOf(item) ?? 0);
    const end = this.endOfLines(item);
    const last = end === this.text.length && !this.text.endsWith("\n");
    return last && start > 0 && !isBlockText(lastLeaf(collection.items[index - 1]))
      ? { start: lineEnd(this.text, start - 1), end, text: "" }
      : { start, end, text: "" };
  }

  /** Empty brackets in place of a collection that loses its only member; comments stay. */
  emptied(above: Pair, collection: YAMLMap | YAMLSeq, brackets: string): Splice {
    const colon = this.colonEnd(above) ?? 0;
    const first = lineStart(this.text, this.startOf(collection.items[0]) ?? 0);
    const end = lineEnd(this.text, Math.max(colon, this.contentEnd(collection) - 1));
    const between = this.text.slice(colon, Math.max(colon, first)).trimEnd();
    return { start: colon, end, text: ` ${brackets}${between}` };
  }

  /** Where what a node says ends, a comment behind it left out. */
  contentEnd(node: unknown): number {
    if (isPair(node)) {
      const value = isCollection(node.value) || isScalar(node.value) ? node.value : undefined;
      const end = value === undefined ? rangeOf(node.value)?.[1] : this.contentEnd(value);
      return end ?? this.contentEnd(node.key);
    }
    const range = rangeOf(node);
    if (range === undefined) return 0;
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      return last === undefined ? range[0] : this.contentEnd(last);
    }
    return isBlockText(node) && this.text[range[1] - 1] === "\n"
      ? lineEnd(this.text, lineStart(this.text, range[1] - 1))
      : range[1];
  }

  /**
   * Whether a block text ends the file without a newline: parsers do not agree on its value
   * (PyYAML, @std/yaml), and to some a line below it would give it one more.
   */
  private endsOpen(node: unknown): boolean {
    return isBlockText(lastLeaf(node)) && !this.text.endsWith("\n") &&
      this.text.slice(this.endOfLines(node)).trim() === "";
  }

  /** The beginning of the line behind the last one that a node has a part in. */
  private endOfLines(node: unknown): number {
    return nextLine(this.text, this.contentEnd(node));
  }

  private startOf(item: unknown): number | undefined {
    const node = isPair(item) ? item.key : item;
    if (isCollection(node) && !node.flow && node.items.length > 0) {
      return this.startOf(node.items[0]);
    }
    return rangeOf(node)?.[0];
  }

  /** Over comment lines at this column or deeper: they belong to what stands above. */
  private pastComments(from: number, column: number): number {
    let end = from;
    for (let at = from; at < this.text.length; at = nextLine(this.text, at)) {
      const line = this.text.slice(at, lineEnd(this.text, at));
      if (line.trim() === "") continue;
      if (!line.trimStart().startsWith("#") || /^\s*/.exec(line)![0].length < column) break;
      end = nextLine(this.text, at);
    }
    return end;
  }

  private blankBefore(pair: Pair | undefined): boolean {
    const start = pair && this.startOf(pair);
    if (start === undefined || !startsLine(this.text, start)) return false;
    const line = lineStart(this.text, start);
    return line > 1 && this.text.slice(lineStart(this.text, line - 1), line).trim() === "";
  }

  private insertLines(at: number, lines: readonly string[]): Splice {
    return { start: at, end: at, text: linesAt(this.text, at, lines) };
  }

  /** Offset behind the colon of a pair whose key is on one line. */
  private colonEnd(pair: Pair): number | undefined {
    const end = rangeOf(pair.key)?.[1];
    if (end === undefined || !isScalar(pair.key)) return undefined;
    const colon = /^[ \t]*:/.exec(this.text.slice(end, lineEnd(this.text, end)));
    return colon ? end + colon[0].length : undefined;
  }
}

/** Whether a node is a text in block style, `|` or `>`. */
export function isBlockText(node: unknown): boolean {
  return isScalar(node) && /^BLOCK/.test(node.type ?? "");
}

function lastLeaf(node: unknown): unknown {
  if (isPair(node)) return lastLeaf(node.value);
  return isCollection(node) && !node.flow ? lastLeaf(node.items.at(-1)) : node;
}
