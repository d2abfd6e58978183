import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { appendItem, type Bracketed, type NewItem, removeItem } from "./bracketed.ts";
import type { EditValue, Splice } from "./change.ts";
import type { EditProblem } from "./edit_problem.ts";
import type { Plain } from "./plain.ts";
import type { Reading, ReadingResult } from "./reading.ts";
import { renderJson } from "./render_json.ts";
import { indentAt, lineColumn, linesAt, newlineOf, startsLine } from "./text_lines.ts";

/** Reads JSON; with `comments` also comments and trailing commas, as hosts that read JSONC do. */
export function readJson(text: string, options: { comments: boolean }): ReadingResult {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, {
    allowTrailingComma: options.comments,
    disallowComments: !options.comments,
    allowEmptyContent: true,
  });
  const [error] = errors;
  if (error !== undefined) return { ok: false, problem: syntaxProblem(text, error) };
  const state: Conversion = { text };
  const value = root && plainOfNode(root, [], state);
  if (state.problem) return { ok: false, problem: state.problem };
  return { ok: true, reading: new JsonReading(text, root, value) };
}

class JsonReading implements Reading {
  constructor(
    private readonly text: string,
    private readonly root: Node | undefined,
    readonly value: Plain | undefined,
  ) {}

  placeOf(path: readonly string[]): number | undefined {
    return this.node(path)?.offset;
  }

  insert(path: readonly string[], value: EditValue): Splice[] {
    const parent = this.node(path.slice(0, -1));
    const key = path.at(-1)!;
    if (parent === undefined || parent.type === "null") return this.intoNothing(key, value);
    const there = findNodeAtLocation(parent, [key]);
    if (there) return this.replace(path, value);
    return [
      appendItem(
        this.list(parent),
        this.member((indent) =>
          `${JSON.stringify(key)}:${this.space()}${this.render(value, indent)}`
        ),
      ),
    ];
  }

  replace(path: readonly string[], value: EditValue): Splice[] {
    const node = this.node(path);
    if (!node) return [];
    const indent = this.oneLine() ? null : indentAt(this.text, node.offset);
    const text = this.render(value, indent);
    return [{ start: node.offset, end: node.offset + node.length, text }];
  }

  remove(path: readonly string[]): Splice[] {
    const property = this.node(path)?.parent;
    const parent = property?.parent;
    if (!property || !parent) return [];
    return [removeItem(this.list(parent), parent.children!.indexOf(property))];
  }

  addItem(path: readonly string[], item: EditValue): Splice[] {
    const node = this.node(path);
    if (!node) return [];
    const member = this.member((indent) => this.render(item, indent));
    return [appendItem(this.list(node), member)];
  }

  removeItem(path: readonly string[], index: number): Splice[] {
    const node = this.node(path);
    return node ? [removeItem(this.list(node), index)] : [];
  }

  private intoNothing(key: string, value: EditValue): Splice[] {
    const text = this.render({ [key]: value }, "");
    if (this.root) {
      const { offset, length } = this.root;
      return [{ start: offset, end: offset + length, text }];
    }
    const at = this.text.length;
    return [{ start: at, end: at, text: linesAt(this.text, at, [text]) }];
  }

  private member(render: NewItem["render"]): NewItem {
    const inline = this.oneLine();
    return { render, unit: this.unit(), inline, padding: "", space: this.space() };
  }

  private render(value: EditValue, indent: string | null): string {
    if (indent === null && this.space() === "") return JSON.stringify(value);
    return renderJson(value, { indent, unit: this.unit() })
      .replaceAll("\n", newlineOf(this.text));
  }

  private list(node: Node): Bracketed {
    const children = node.children ?? [];
    return {
      text: this.text,
      open: node.offset + 1,
      close: node.offset + node.length - 1,
      items: children.map(({ offset, length }) => ({ start: offset, end: offset + length })),
      comments: "//",
    };
  }

  /** Indentation of the first member that stands on a line of its own, less its parent's. */
  private unit(): string {
    const first = this.root?.children?.[0];
    if (first === undefined || !startsLine(this.text, first.offset)) return "  ";
    const own = indentAt(this.text, first.offset);
    const outer = indentAt(this.text, this.root!.offset);
    return own.length > outer.length ? own.slice(outer.length) : "  ";
  }

  /** Whether everything stands on one line, which an edit keeps so. */
  private oneLine(): boolean {
    const { root, text } = this;
    return root !== undefined && (root.children?.length ?? 0) > 0 &&
      !text.slice(root.offset, root.offset + root.length).includes("\n");
  }

  /** The blank behind a colon or comma; none in a text that is packed. */
  private space(): string {
    return this.oneLine() && !/[:,]\s/.test(this.text) ? "" : " ";
  }

  private node(path: readonly string[]): Node | undefined {
    return this.root && (path.length === 0 ? this.root : findNodeAtLocation(this.root, [...path]));
  }
}

interface Conversion {
  text: string;
  problem?: EditProblem;
}

function plainOfNode(node: Node, path: readonly string[], state: Conversion): Plain {
  if (node.type === "array") {
    return (node.children ?? []).map((child, index) =>
      plainOfNode(child, [...path, `${index}`], state)
    );
  }
  if (node.type !== "object") return node.value;
  const map = new Map<unknown, Plain>();
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children!;
    const key: string = keyNode!.value;
    if (map.has(key)) state.problem ??= duplicate([...path, key], state.text, keyNode!.offset);
    map.set(key, valueNode ? plainOfNode(valueNode, [...path, key], state) : null);
  }
  return map;
}

function duplicate(path: readonly string[], text: string, at: number): EditProblem {
  return {
    code: "duplicate_key",
    path,
    found: "the key a second time",
    expected: "it once",
    ...lineColumn(text, at),
    hint: "Remove one of the two; a host reads only one of them",
  };
}

function syntaxProblem(text: string, error: ParseError): EditProblem {
  const words = printParseErrorCode(error.error).replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return {
    code: "syntax",
    path: [],
    found: error.offset >= text.length ? `the end of the file (${words})` : words,
    expected: "valid JSON",
    ...lineColumn(text, error.offset),
    hint: "Correct that place, then run the same command again",
  };
}
