import type { Pick } from "./pick.ts";

/** A generated YAML file, and how a mapping of servers stands in it. */
export interface GeneratedYaml {
  text: string;
  parent: "absent" | "null" | "block" | "flow" | "empty";
}

/**
 * A YAML file in one of the many ways in which people write them: comments, blank lines, block and
 * flow style, quotes, block texts, anchors and aliases, other indentations and newlines.
 */
export function yamlText(pick: Pick): GeneratedYaml {
  const writer = new Writer(pick, " ".repeat(1 + pick.upTo(3)));
  if (pick.oneIn(6)) writer.lines.push(pick.of(["---", "--- # begins", "%YAML 1.2\n---"]));
  const count = pick.upTo(4);
  const place = pick.upTo(count);
  let parent: GeneratedYaml["parent"] = "absent";
  for (let at = 0; at <= count; at++) {
    writer.between("");
    if (at !== place) writer.pair("", 0);
    else parent = writer.servers();
  }
  writer.between("");
  if (parent === "absent" && writer.lines.every((line) => /^\s*(#|$|---|%)/.test(line))) {
    if (pick.oneIn(2)) writer.lines.push(pick.of(["{}", "null", "~"]));
  }
  if (pick.oneIn(8)) writer.lines.push("...");
  const newline = pick.oneIn(4) ? "\r\n" : "\n";
  const text = writer.lines.join("\n").replaceAll("\n", newline);
  const end = text === "" || pick.oneIn(4) ? "" : newline.repeat(1 + (pick.oneIn(4) ? 1 : 0));
  return { text: (pick.oneIn(8) ? "\ufeff" : "") + text + end, parent };
}

class Writer {
  readonly lines: string[] = [];
  private readonly anchors: string[] = [];
  constructor(private readonly pick: Pick, private readonly unit: string) {}

  between(indent: string): void {
    const { pick } = this;
    if (pick.oneIn(4)) this.lines.push(pick.of(["", "  "]).slice(0, pick.upTo(2)));
    if (pick.oneIn(3)) this.lines.push(`${indent}# ${pick.word("remark")}: [x`);
  }

  servers(): GeneratedYaml["parent"] {
    const { pick } = this;
    const key = pick.of(["mcp_servers", "mcp_servers", '"mcp_servers"', "'mcp_servers'"]);
    switch (pick.upTo(5)) {
      case 0:
        return "absent";
      case 1:
        this.lines.push(`${key}:${pick.of(["", " null", " ~", " Null"])}${this.comment()}`);
        return "null";
      case 2:
        this.lines.push(`${key}: ${this.flowServers()}${this.comment()}`);
        return "flow";
      case 3:
        this.lines.push(`${key}: ${pick.of(["{}", "{ }"])}${this.comment()}`);
        return "empty";
      default:
        this.lines.push(`${key}:${this.comment()}`);
        for (let at = pick.upTo(2); at >= 0; at--) {
          this.between(this.unit);
          this.pair(this.unit, 1);
        }
        return "block";
    }
  }

  pair(indent: string, depth: number): void {
    const { pick } = this;
    const word = pick.word("key");
    const key = pick.of([
      word,
      word,
      `"${word} x"`,
      `'${word}'`,
      `${word}.a-b`,
      `${pick.upTo(9)}${word}`,
    ]);
    const start = `${indent}${key}:`;
    const inner = indent + this.unit;
    switch (pick.upTo(depth > 2 ? 7 : 9)) {
      case 0:
        return this.line(`${start}${pick.of(["", " null", " &" + this.anchor() + " x"])}`);
      case 1:
        return this.line(`${start} ${this.scalar()}`);
      case 2:
        return this.block(start, inner);
      case 3:
        return this.line(`${start} ${this.flow()}`);
      case 4:
        return this.line(
          this.anchors.length > 0 ? `${start} *${pick.of(this.anchors)}` : `${start} !!str 12`,
        );
      case 5: {
        this.line(start);
        const dash = pick.oneIn(2) ? indent : inner;
        for (let at = pick.upTo(2); at >= 0; at--) this.line(`${dash}- ${this.scalar()}`);
        return;
      }
      case 6:
        if (pick.oneIn(2)) this.lines.push(`${start} "two # x`, `${inner}lines"`);
        else this.lines.push(`${start} plain two`, `${inner}lines`);
        return;
      case 7:
        return this.line(`${start} ${this.scalar()}`);
      default: {
        const anchor = pick.oneIn(4) ? ` &${this.anchor()}` : "";
        this.line(start + anchor);
        for (let at = pick.upTo(2); at >= 0; at--) {
          this.between(inner);
          this.pair(inner, depth + 1);
        }
      }
    }
  }

  private block(start: string, inner: string): void {
    const { pick } = this;
    this.lines.push(`${start} ${pick.of(["|", ">", "|-", ">-", "|+"])}`);
    for (let at = pick.upTo(2); at >= 0; at--) {
      this.lines.push(
        pick.oneIn(4) ? "" : `${inner}${pick.of(["text", "# none", "a: 1", "mcp_servers:"])}`,
      );
    }
    this.lines.push(`${inner}end`);
  }

  private line(text: string): void {
    this.lines.push(text + this.comment());
  }

  private comment(): string {
    return this.pick.oneIn(4) ? `${this.pick.of([" ", "   "])}# ${this.pick.word("remark")}` : "";
  }

  private scalar(): string {
    return this.pick.of([
      "text",
      "two words",
      "12",
      "1.50",
      "true",
      "yes",
      '"a # b"',
      "'it''s'",
      '"\\u00e9\\n"',
      "2024-01-02",
      "é — ü",
      "http://x/y",
      "0o17",
      ".inf",
      '""',
      "~",
    ]);
  }

  private flow(): string {
    return this.pick.of([
      "{}",
      "[]",
      "[a, 'b', 1]",
      "{a: 1, b: [x, y]}",
      "{ a: {b: c}, }",
      '["a", ]',
    ]);
  }

  private flowServers(): string {
    const { pick } = this;
    const one = `a: ${pick.of(["{}", "{command: x}", '{"command": "x", args: [y]}'])}`;
    return pick.of([
      `{${one}}`,
      `{ ${one}, }`,
      `{${one}, b: null}`,
      `{\n${this.unit}${one}\n${this.unit}}`,
      `{\n${this.unit}${one}, # ${pick.word("remark")}\n${this.unit}b: {} # ${
        pick.word("remark")
      }\n }`,
    ]);
  }

  private anchor(): string {
    const name = this.pick.word("anchor");
    this.anchors.push(name);
    return name;
  }
}
