/**
 * Whether a text is as a pattern wants it, line ends aside. In a pattern `[WILDCARD]` stands for
 * any text, `[WILDLINE]` for any text within a line, `[# …]` on a line of its own for nothing, and
 * the lines between `[UNORDERED_START]` and `[UNORDERED_END]` may come in any order. (After the
 * patterns of Deno's own spec tests.) Gives undefined for a match, else what is wrong.
 */
export function mismatch(text: string, pattern: string): string | undefined {
  const wanted = normal(pattern).split("\n").filter((line) => !/^\[# .*\]$/.test(line)).join("\n");
  const parts = wanted.split(/^\[UNORDERED_START\]\n([\s\S]*?)\n\[UNORDERED_END\]$/m);
  const found = normal(text);
  if (parts.length === 1) return matches(found, wanted) ? undefined : difference(found, wanted);
  const sources = parts.map((part, index) => index % 2 === 0 ? source(part) : "([\\s\\S]*?)");
  const groups = new RegExp(`^${sources.join("")}$`).exec(found);
  if (!groups) return difference(found, wanted);
  const unordered = parts.filter((_, index) => index % 2 === 1);
  for (const [index, lines] of unordered.entries()) {
    const problem = unorderedMismatch(groups[index + 1] ?? "", lines);
    if (problem) return `${problem}\n${difference(found, wanted)}`;
  }
  return undefined;
}

function unorderedMismatch(text: string, pattern: string): string | undefined {
  const left = text.split("\n");
  // The most specific first, so that a wide pattern does not take a narrow one's line.
  const wanted = pattern.split("\n").sort((a, b) => wildness(a) - wildness(b));
  for (const line of wanted) {
    const at = left.findIndex((one) => matches(one, line));
    if (at < 0) return `No line matches: ${line}`;
    left.splice(at, 1);
  }
  return left.length > 0 ? `Lines that nothing wants: ${left.join(" | ")}` : undefined;
}

function matches(text: string, pattern: string): boolean {
  return new RegExp(`^${source(pattern)}$`).test(text);
}

function wildness(pattern: string): number {
  return pattern.split(/\[WILD(?:CARD|LINE)\]/).length;
}

function source(pattern: string): string {
  return pattern.split(/(\[WILDCARD\]|\[WILDLINE\])/).map((part) => {
    if (part === "[WILDCARD]") return "[\\s\\S]*";
    if (part === "[WILDLINE]") return "[^\\n]*";
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  }).join("");
}

function normal(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}

function difference(found: string, wanted: string): string {
  return `-- wanted\n${wanted}\n-- found\n${found}\n--`;
}
