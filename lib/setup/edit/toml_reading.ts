import { parse, TomlDate, TomlError } from "smol-toml";
import { appendItem, type Bracketed, type NewItem, removeItem } from "./bracketed.ts";
import type { EditValue, Splice } from "./change.ts";
import type { Plain } from "./plain.ts";
import type { Reading, ReadingResult } from "./reading.ts";
import { renderTomlKey, renderTomlTable, renderTomlValue } from "./render_toml.ts";
import { indentAt, lineEnd, linesAt, lineStart, nextLine } from "./text_lines.ts";
import { scanToml, type TomlStatement, type TomlValue } from "./toml_scan.ts";

/** Reads TOML: a whole parser says what is there, the scan only where. */
export function readToml(text: string): ReadingResult {
  try {
    const value = plainOfToml(parse(text, { integersAsBigInt: "asNeeded" }));
    return { ok: true, reading: new TomlReading(text, value) };
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    const said = thrown.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    const twice = /redefin|duplicate|already/i.test(said);
    return {
      ok: false,
      problem: {
        code: twice ? "duplicate_key" : "syntax",
        path: [],
        found: `an error (${said})`,
        expected: twice ? "each key once" : "valid TOML",
        line: thrown.line,
        column: thrown.column,
        hint: "Correct that place, then run the same command again",
      },
    };
  }
}

/** Where a value is written: as one value, as a member of an inline table, or in statements. */
type Found =
  | { kind: "value"; value: TomlValue; statement: TomlStatement }
  | { kind: "member"; value: TomlValue; table: TomlValue; index: number }
  | { kind: "statements"; statements: readonly TomlStatement[] };

class TomlReading implements Reading {
  private readonly statements: readonly TomlStatement[];

  constructor(private readonly text: string, readonly value: Plain) {
    this.statements = scanToml(text);
  }

  placeOf(path: readonly string[]): number | undefined {
    const found = this.find(path);
    if (found?.kind === "statements") return found.statements[0]?.start;
    if (found?.kind === "member") return found.table.members[found.index]!.start;
    return found?.statement.start;
  }

  insert(path: readonly string[], value: EditValue): Splice[] {
    const parentPath = path.slice(0, -1);
    const parent = this.find(parentPath);
    if (parent?.kind === "value" || parent?.kind === "member") {
      const member = `${renderTomlKey(path.slice(-1))} = ${renderTomlValue(value)}`;
      return [appendItem(this.bracketed(parent.value), inline(member, true))];
    }
    const pairs = this.pairWays(path, value);
    if (typeof value !== "object" || Array.isArray(value)) return pairs;
    return [...this.tableWays(path, value as Record<string, EditValue>), ...pairs];
  }

  replace(path: readonly string[], value: EditValue): Splice[] {
    const found = this.find(path);
    if (found === undefined || found.kind === "statements") return [];
    const { start, end } = found.value;
    return [{ start, end, text: renderTomlValue(value) }];
  }

  remove(path: readonly string[]): Splice[] {
    const found = this.find(path);
    if (found === undefined) return [];
    if (found.kind === "member") return [removeItem(this.bracketed(found.table), found.index)];
    return this.removeStatements(
      found.kind === "value" ? [found.statement] : found.statements,
    );
  }

  addItem(path: readonly string[], item: EditValue): Splice[] {
    const found = this.find(path);
    if (found === undefined || found.kind === "statements") return [];
    return [appendItem(this.bracketed(found.value), inline(renderTomlValue(item), false))];
  }

  removeItem(path: readonly string[], index: number): Splice[] {
    const found = this.find(path);
    if (found === undefined || found.kind === "statements") return [];
    return [removeItem(this.bracketed(found.value), index)];
  }

  /** A table with a header of its own, behind the last of its neighbours or at the end. */
  private tableWays(path: readonly string[], value: Record<string, EditValue>): Splice[] {
    const lines = renderTomlTable(path, value);
    const neighbours = this.below(path.slice(0, -1));
    const last = path.length === 1 ? undefined : neighbours.at(-1);
    const end = this.text.length;
    const behind = last && this.statements.indexOf(last) < this.statements.length - 1
      ? nextLine(this.text, last.end)
      : end;
    const before = this.text.slice(0, behind).trim() === "" ? [] : [""];
    const way = (at: number) => {
      const next = this.text.slice(at, lineEnd(this.text, at)).trim();
      const after = next === "" ? [] : [""];
      const text = linesAt(this.text, at, [...before, ...lines, ...after]);
      return { start: at, end: at, text };
    };
    return behind === end ? [way(end)] : [way(behind), way(end)];
  }

  /** A pair behind the last one of the nearest table that is written out. */
  private pairWays(path: readonly string[], value: EditValue): Splice[] {
    const ways: Splice[] = [];
    for (let length = path.length - 1; length >= 0; length--) {
      const table = path.slice(0, length);
      const line = (indent: string) =>
        `${indent}${renderTomlKey(path.slice(length))} = ${renderTomlValue(value)}`;
      const anchor = this.lastOwn(table);
      if (anchor !== undefined) {
        const at = nextLine(this.text, anchor.end);
        const indent = indentAt(this.text, anchor.start);
        ways.push({ start: at, end: at, text: linesAt(this.text, at, [line(indent)]) });
      } else if (length === 0) {
        const at = this.topOfRoot();
        const blank = this.text.slice(at).trim() === "" ? [] : [""];
        ways.push({ start: at, end: at, text: linesAt(this.text, at, [line(""), ...blank]) });
      } else if (length === path.length - 1) {
        // A table that is only there because there are tables in it gets its header.
        ways.push(...this.tableWays(table, { [path.at(-1)!]: value }));
      }
    }
    return ways;
  }

  /** The last pair of a table's own section, or its header. */
  private lastOwn(table: readonly string[]): TomlStatement | undefined {
    let own: TomlStatement | undefined;
    let inside = table.length === 0;
    for (const statement of this.statements) {
      if (statement.kind !== "pair") {
        inside = statement.kind === "table" && samePath(statement.path, table);
        if (inside) own = statement;
      } else if (inside) own = statement;
    }
    return own;
  }

  /** Above the first table, below the comment that heads the file. */
  private topOfRoot(): number {
    const head = /^(?:[ \t]*#[^\n]*\n)+[ \t]*\r?\n/.exec(this.text);
    return head ? head[0].length : 0;
  }

  /** Statements with their lines, one piece for all of them: what stands between them is kept. */
  private removeStatements(statements: readonly TomlStatement[]): Splice[] {
    const gone = new Set(statements);
    const pieces: { start: number; end: number }[] = [];
    let piece: { start: number; end: number } | undefined;
    for (const statement of this.statements) {
      if (!gone.has(statement)) piece = undefined;
      else {
        const end = nextLine(this.text, statement.end);
        if (piece) piece.end = end;
        else pieces.push(piece = { start: lineStart(this.text, statement.start), end });
      }
    }
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (first === undefined || last === undefined) return [];
    for (const one of pieces) this.takeBlankLines(one);
    let kept = "";
    let at = first.start;
    for (const one of pieces) {
      kept += this.text.slice(at, Math.max(at, one.start));
      at = one.end;
    }
    return [{ start: first.start, end: last.end, text: kept }];
  }

  /** The blank line above a table leaves with it, and a text still ends as it did. */
  private takeBlankLines(piece: { start: number; end: number }): void {
    const { text } = this;
    const above = piece.start === 0 ? 0 : lineStart(text, piece.start - 1);
    if (text[piece.start] === "[" && text.slice(above, piece.start).trim() === "") {
      piece.start = above;
    }
    if (piece.end === text.length && !text.endsWith("\n") && piece.start > 0) {
      piece.start = lineEnd(text, lineStart(text, piece.start - 1));
    }
  }

  private bracketed(value: TomlValue): Bracketed {
    const items = value.kind === "inline"
      ? value.members.map(({ start, value }) => ({ start, end: value.end }))
      : value.items.map(({ start, end }) => ({ start, end }));
    return { text: this.text, open: value.start + 1, close: value.end - 1, items, comments: "#" };
  }

  /** Every statement that says something about what is at a path. */
  private below(path: readonly string[]): TomlStatement[] {
    return this.statements.filter((one) =>
      one.path.length >= path.length && path.every((part, index) => one.path[index] === part)
    );
  }

  private find(path: readonly string[]): Found | undefined {
    for (const statement of this.statements) {
      if (statement.kind !== "pair" || statement.path.length > path.length) continue;
      if (!statement.path.every((part, index) => part === path[index])) continue;
      const rest = path.slice(statement.path.length);
      if (rest.length === 0) return { kind: "value", value: statement.value, statement };
      const found = findMember(statement.value, rest);
      if (found) return found;
    }
    const statements = this.below(path);
    return statements.length === 0 ? undefined : { kind: "statements", statements };
  }
}

function findMember(table: TomlValue, path: readonly string[]): Found | undefined {
  for (const [index, { key, value }] of table.members.entries()) {
    if (key.length > path.length || !key.every((part, at) => part === path[at])) continue;
    const rest = path.slice(key.length);
    if (rest.length === 0) return { kind: "member", value, table, index };
    const found = findMember(value, rest);
    if (found) return found;
  }
  return undefined;
}

function samePath(one: readonly (string | number)[], other: readonly string[]): boolean {
  return one.length === other.length && other.every((part, index) => one[index] === part);
}

function inline(member: string, padded: boolean): NewItem {
  return {
    render: () => member,
    unit: "  ",
    inline: true,
    padding: padded ? " " : "",
    space: " ",
  };
}

function plainOfToml(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(plainOfToml);
  // A local date and an instant may be the same moment and are not the same value.
  if (value instanceof TomlDate) return `date ${value.toISOString()}`;
  if (typeof value !== "object" || value === null) return value as Plain;
  return new Map(Object.entries(value).map(([key, member]) => [key, plainOfToml(member)]));
}
