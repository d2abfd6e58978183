import { type Document, isAlias, isMap, isNode, isScalar, isSeq, Scalar, visit } from "yaml";
import { Tagged } from "./plain.ts";
import { rangeOf } from "./yaml_range.ts";

const STANDARD = "tag:yaml.org,2002:";

/** Kinds of a scalar that a standard tag may say, by what the parser makes of it. */
const FITTING: Readonly<Record<string, (value: unknown) => boolean>> = {
  str: (value) => typeof value === "string",
  int: (value) => typeof value === "number" || typeof value === "bigint",
  float: (value) => typeof value === "number",
  bool: (value) => typeof value === "boolean",
  null: (value) => value === null,
  timestamp: (value) => value instanceof Date,
  merge: () => true,
};

/**
 * The document with a {@link Tagged} for each value whose tag does not fit what the parser made of
 * it. The parser passes over such a tag (`!!float "3"` is text to it, and `!!null` before a mapping
 * nothing), and other parsers do not: an edit that leaves one before a value of ours would be read
 * as another value, or refused as a whole. The same document where there is none.
 */
export function withTagged(document: Document, text: string): Document {
  let copy: Document | undefined;
  visit(document, {
    Node: (_, node) => {
      if (!isTaggedOtherwise(node)) return undefined;
      copy = document.clone();
      return visit.BREAK;
    },
  });
  if (copy === undefined) return document;
  visit(copy, {
    Node: (_, node) => {
      if (isAlias(node) || !isTaggedOtherwise(node)) return undefined;
      const [start, end] = rangeOf(node) ?? [0, 0];
      const tagged = new Scalar(new Tagged(shortTag(node.tag!), text.slice(start, end).trimEnd()));
      if (node.anchor !== undefined) tagged.anchor = node.anchor;
      tagged.range = node.range ?? null;
      return tagged;
    },
  });
  return copy;
}

/** Offset of the tag directly before a value that begins at `start`; undefined where there is none. */
export function tagStart(node: unknown, text: string, start: number): number | undefined {
  if (!isNode(node) || isAlias(node) || node.tag === undefined) return undefined;
  return /!\S*[ \t]+$/.exec(text.slice(0, start))?.index;
}

function isTaggedOtherwise(node: unknown): boolean {
  if (!isNode(node) || isAlias(node) || node.tag === undefined) return false;
  const { tag } = node;
  if (isScalar(node) && tag === "!") return typeof node.value !== "string";
  const name = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : undefined;
  if (name === undefined) return true;
  if (isScalar(node)) return !(FITTING[name]?.(node.value) ?? false);
  return !((isMap(node) && name === "map") || (isSeq(node) && name === "seq"));
}

function shortTag(tag: string): string {
  return tag.startsWith(STANDARD) ? `!!${tag.slice(STANDARD.length)}` : tag;
}
