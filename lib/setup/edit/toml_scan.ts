/** A value of a TOML text by its place, with the members or items inside it. */
export interface TomlValue {
  kind: "inline" | "array" | "scalar";
  start: number;
  end: number;
  /** Of an inline table. */
  members: readonly TomlMember[];
  /** Of an array. */
  items: readonly TomlValue[];
}

/** `key = value`, the key in its dotted parts. */
export interface TomlMember {
  key: readonly string[];
  start: number;
  value: TomlValue;
}

/**
 * A statement of a TOML text. `path` leads from the top of the document; a number in it is the
 * place in an array of tables.
 */
export type TomlStatement =
  & { path: readonly (string | number)[]; start: number; end: number }
  & ({ kind: "table" | "array_table" } | { kind: "pair"; value: TomlValue });

/**
 * The places of everything in a TOML text that a parser has found valid. Of an invalid one it gives
 * something, and ends.
 */
export function scanToml(text: string): TomlStatement[] {
  const scan = new Scan(text);
  const statements: TomlStatement[] = [];
  const counts = new Map<string, number>();
  let table: readonly (string | number)[] = [];
  for (scan.skipToStatement(); scan.at < text.length; scan.skipToStatement()) {
    const start = scan.at;
    if (text[start] === "[") {
      const array = text.startsWith("[[", start);
      scan.at += array ? 2 : 1;
      const key = scan.key();
      scan.skipBlanks();
      scan.at += array ? 2 : 1;
      table = tablePath(key, counts, array);
      statements.push({ kind: array ? "array_table" : "table", path: table, start, end: scan.at });
    } else {
      const { key, value } = scan.member();
      statements.push({ kind: "pair", path: [...table, ...key], start, end: value.end, value });
      if (scan.at === start) scan.at++;
    }
  }
  return statements;
}

/** The full path of a header: each array of tables on the way means its newest table. */
function tablePath(key: readonly string[], counts: Map<string, number>, array: boolean) {
  const path: (string | number)[] = [];
  key.forEach((part, index) => {
    path.push(part);
    const name = JSON.stringify(path);
    const last = index === key.length - 1;
    if (last && array) counts.set(name, (counts.get(name) ?? -1) + 1);
    const count = counts.get(name);
    if (count !== undefined) path.push(count);
  });
  return path;
}

class Scan {
  at = 0;
  constructor(private readonly text: string) {}

  skipBlanks(): void {
    while (this.text[this.at] === " " || this.text[this.at] === "\t") this.at++;
  }

  /** Over blanks, newlines and comments. */
  skipToStatement(): void {
    for (; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === "#") this.skipLine();
      else if (!/[ \t\r\n]/.test(this.text[this.at]!)) return;
    }
  }

  member(): TomlMember {
    const start = this.at;
    const key = this.key();
    this.skipBlanks();
    if (this.text[this.at] === "=") this.at++;
    this.skipBlanks();
    return { key, start, value: this.value() };
  }

  key(): string[] {
    const parts: string[] = [];
    do {
      if (parts.length > 0) this.at++;
      this.skipBlanks();
      parts.push(this.keyPart());
      this.skipBlanks();
    } while (this.text[this.at] === ".");
    return parts;
  }

  private keyPart(): string {
    const start = this.at;
    if (this.text[start] === '"' || this.text[start] === "'") {
      this.skipString();
      return unquote(this.text.slice(start, this.at));
    }
    while (this.at < this.text.length && !/[\s.=\]#]/.test(this.text[this.at]!)) this.at++;
    return this.text.slice(start, this.at);
  }

  private value(): TomlValue {
    const start = this.at;
    const members: TomlMember[] = [];
    const items: TomlValue[] = [];
    const sign = this.text[start];
    if (sign === "[" || sign === "{") {
      const close = sign === "[" ? "]" : "}";
      this.at++;
      for (this.skipToItem(); this.at < this.text.length; this.skipToItem()) {
        const before = this.at;
        if (this.text[this.at] === close) break;
        if (sign === "[") items.push(this.value());
        else members.push(this.member());
        if (this.at === before) this.at++;
      }
      this.at++;
      const kind = sign === "[" ? "array" : "inline";
      return { kind, start, end: this.at, members, items };
    }
    if (sign === '"' || sign === "'") this.skipString();
    else this.skipBare();
    return { kind: "scalar", start, end: this.at, members, items };
  }

  private skipToItem(): void {
    this.skipToStatement();
    while (this.text[this.at] === ",") {
      this.at++;
      this.skipToStatement();
    }
  }

  private skipString(): void {
    const quote = this.text[this.at]!;
    const long = quote.repeat(3);
    const multiLine = this.text.startsWith(long, this.at);
    const end = multiLine ? long : quote;
    this.at += end.length;
    while (this.at < this.text.length && !this.text.startsWith(end, this.at)) {
      this.at += quote === '"' && this.text[this.at] === "\\" ? 2 : 1;
    }
    this.at += end.length;
    // Two quotes more may belong to the text: `""""` ends with one of its own.
    for (let more = 0; multiLine && more < 2 && this.text[this.at] === quote; more++) this.at++;
  }

  /** A number, a date (with a blank in it) or a word. */
  private skipBare(): void {
    const start = this.at;
    while (this.at < this.text.length && !/[,\]}#\r\n]/.test(this.text[this.at]!)) this.at++;
    this.at = start + this.text.slice(start, this.at).trimEnd().length;
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end === -1 ? this.text.length : end;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\x1b",
};

/** A key without its quotes. */
function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith("'")) return inner;
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))/g,
    (_, four, eight, two, sign) => {
      const code = four ?? eight ?? two;
      return code ? String.fromCodePoint(parseInt(code, 16)) : ESCAPES[sign] ?? sign;
    },
  );
}
