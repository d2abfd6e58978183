import type { Pick } from "./pick.ts";

/** What a generated JSON file may hold. */
export interface JsonTextOptions {
  /** Comments and trailing commas. */
  comments: boolean;
}

/**
 * A JSON file in one of the many ways in which people and programs write them: packed, on one line,
 * with tabs, with other indentations and newlines, and (JSONC) with comments anywhere.
 */
export function jsonText(pick: Pick, options: JsonTextOptions): string {
  const style = pick.of(["lines", "lines", "lines", "line", "packed"] as const);
  const writer = new Writer(pick, options.comments, style, pick.of(["  ", "    ", "\t", " "]));
  const newline = pick.oneIn(4) ? "\r\n" : "\n";
  const head = style === "lines" ? writer.remarkLine("") : "";
  const root = pick.oneIn(12) ? pick.of(["{}", "{ }", "{\n}", ""]) : writer.root();
  const end = root !== "" && pick.oneIn(3) ? "" : pick.of(["\n", "\n\n"]);
  const text = (head + root + (style === "lines" ? writer.beside() : "") + end).replaceAll(
    "\n",
    newline,
  );
  return (pick.oneIn(8) ? "\ufeff" : "") + text;
}

class Writer {
  constructor(
    private readonly pick: Pick,
    private readonly comments: boolean,
    private readonly style: "lines" | "line" | "packed",
    private readonly unit: string,
  ) {}

  root(): string {
    const { pick } = this;
    const count = pick.upTo(4);
    const place = pick.upTo(count);
    const members = Array.from(
      { length: count + 1 },
      (_, at) => at === place ? this.servers() : this.member(1),
    );
    return this.wrap("{", members.filter((one) => one !== ""), "}", "");
  }

  remarkLine(indent: string): string {
    if (!this.comments || !this.pick.oneIn(4)) return "";
    const word = this.pick.word("remark");
    return indent + this.pick.of([`// ${word} {`, `/* ${word} } */`, `/* ${word}\n,*/`]) + "\n";
  }

  /** A comment behind something on its line. */
  beside(): string {
    if (!this.comments || this.style !== "lines" || !this.pick.oneIn(4)) return "";
    const word = this.pick.word("remark");
    return this.pick.of([` // ${word}, "`, ` /* ${word} */`, `// ${word}`]);
  }

  private servers(): string {
    const { pick } = this;
    const start = `"mcp":${this.space()}`;
    switch (pick.upTo(5)) {
      case 0:
        return "";
      case 1:
        return `${start}null`;
      case 2:
        return `${start}${pick.of(this.style === "lines" ? ["{}", "{ }", "{\n  }"] : ["{}"])}`;
      default: {
        const members = Array.from({ length: 1 + pick.upTo(2) }, () => this.member(2));
        return start + this.wrap("{", members, "}", this.unit);
      }
    }
  }

  private member(depth: number): string {
    const word = this.pick.word("key");
    const key = this.pick.of([word, word, `${word} \\"x\\"`, `//${word}`, `${word}é`]);
    return `"${key}":${this.space()}${this.value(depth)}`;
  }

  private value(depth: number): string {
    const { pick } = this;
    const indent = this.unit.repeat(depth);
    switch (pick.upTo(depth > 3 ? 6 : 9)) {
      case 0:
        return "null";
      case 1:
        return pick.of(["1", "-1.5e3", "0", "12345678901234567890"]);
      case 2:
        return pick.of(["true", "false"]);
      case 3:
        return pick.of(["{}", "[]"]);
      case 4:
      case 5:
      case 6:
        return pick.of(['"text"', '"// none"', '"a, }"', '"\\u00e9\\n\\\\"', '"é"', '""']);
      case 7: {
        const items = Array.from({ length: pick.upTo(3) }, () => this.value(depth + 1));
        return this.wrap("[", items, "]", indent);
      }
      default: {
        const members = Array.from({ length: pick.upTo(3) }, () => this.member(depth + 1));
        return this.wrap("{", members, "}", indent);
      }
    }
  }

  private wrap(open: string, members: readonly string[], close: string, indent: string): string {
    if (members.length === 0) return open + close;
    if (this.style === "packed") return open + members.join(",") + close;
    if (this.style === "line" || this.pick.oneIn(8)) {
      if (members.every((one) => !one.includes("\n"))) {
        return `${open} ${members.join(", ")} ${close}`;
      }
    }
    const inner = indent + this.unit;
    const lines = members.map((member, at) => {
      const last = at === members.length - 1;
      const comma = last ? this.comments && this.pick.oneIn(3) ? "," : "" : ",";
      const blank = this.pick.oneIn(8) ? "\n" : "";
      return blank + this.remarkLine(inner) + inner + member + comma + this.beside() + "\n";
    });
    return `${open}${this.beside()}\n${lines.join("")}${this.remarkLine(inner)}${indent}${close}`;
  }

  private space(): string {
    return this.style === "packed" ? "" : " ";
  }
}
