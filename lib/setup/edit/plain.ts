import type { EditValue } from "./change.ts";

/**
 * What a document says, without how it is written: scalars as they come from the parser (dates and
 * big numbers included), lists as arrays, mappings as maps.
 */
export type Plain =
  | null
  | string
  | number
  | boolean
  | bigint
  | Date
  | Tagged
  | readonly Plain[]
  | ReadonlyMap<unknown, Plain>;

/**
 * A value of YAML under a tag that says another kind than what it was read as, or one that only
 * its host knows: what it means there is not known here. Two are the same when they are written so.
 */
export class Tagged {
  constructor(readonly tag: string, readonly written: string) {}
}

/** A mapping of {@link Plain}. */
export type PlainMap = ReadonlyMap<unknown, Plain>;

/** Whether a value is a mapping. */
export function isPlainMap(value: Plain | undefined): value is PlainMap {
  return value instanceof Map;
}

/** Whether a value is a list. */
export function isPlainList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

/** A value to set, in the form in which documents are compared. */
export function plainOf(value: EditValue): Plain {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object") return value;
  return new Map(Object.entries(value).map(([key, member]) => [key, plainOf(member)]));
}

/** The value in the form in which it can be set again; undefined when it holds what has none. */
export function editValueOf(value: Plain): EditValue | undefined {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (isPlainList(value)) {
    const items = value.map(editValueOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isPlainMap(value)) return undefined;
  const members = [...value].map(([key, member]) => [key, editValueOf(member)] as const);
  const kept = members.every(([key, member]) => typeof key === "string" && member !== undefined);
  return kept ? Object.fromEntries(members) : undefined;
}

/** One text for equal values; the order of members makes no difference, that of items does. */
export function fingerprint(value: Plain | undefined): string {
  if (value === undefined) return "-";
  if (value === null) return "null";
  if (value instanceof Date) return `date:${JSON.stringify(value)}`;
  if (value instanceof Tagged) return `tag:${JSON.stringify([value.tag, value.written])}`;
  if (isPlainList(value)) return `[${value.map(fingerprint).join(",")}]`;
  if (isPlainMap(value)) {
    const members = [...value].map(([key, member]) =>
      `${fingerprint(key as Plain)}=${fingerprint(member)}`
    );
    return `{${members.sort().join(",")}}`;
  }
  return typeof value === "string"
    ? JSON.stringify(value)
    : `${typeof value}:${Object.is(value, -0) ? "-0" : value}`;
}

/** The value at a path; undefined when a part of the path is not there. */
export function valueAt(root: Plain | undefined, path: readonly string[]): Plain | undefined {
  let value = root;
  for (const key of path) value = isPlainMap(value) ? value.get(key) : undefined;
  return value;
}

/** The document with one value set; mappings on the way that are missing or null are made. */
export function withValue(
  root: Plain | undefined,
  path: readonly string[],
  value: Plain,
): Plain {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const map = new Map(isPlainMap(root) ? root : []);
  return map.set(key, withValue(map.get(key), rest, value));
}

/** The document without what is at a path. */
export function withoutValue(root: Plain | undefined, path: readonly string[]): Plain | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (!isPlainMap(root) || !root.has(key)) return root;
  const map = new Map(root);
  const inner = withoutValue(map.get(key), rest);
  if (inner === undefined) map.delete(key);
  else map.set(key, inner);
  return map;
}

/** What kind of value it is, in words for people. */
export function kindOf(value: Plain | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (isPlainList(value)) return "a list";
  if (isPlainMap(value)) return "a mapping";
  if (value instanceof Date) return "a date";
  if (value instanceof Tagged) return `a value with the tag ${JSON.stringify(value.tag)}`;
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "true or false" : "a number";
}
