import type { Palette } from "./color.ts";
import { maskSecrets } from "./mask_secrets.ts";
import { printable, visible, wrap } from "./text.ts";

/** Unchanged lines around a change: the file is somebody's, and not all of it is to be shown. */
const CONTEXT = 2;
/**
 * Longer lines of somebody's are shown around what differs in them (some programs write a whole
 * file as one line), and cut where nothing does. What is written anew is shown whole.
 */
const LONG_LINE = 160;
/** Characters around a difference in a long line. */
const AROUND = 24;

/** How a diff is shown. */
export interface DiffStyle {
  paint: Palette;
  /** Takes known secrets out. */
  redact(text: string): string;
  /** Longer lines go on below; left out: they stay as they are. */
  columns?: number;
}

/**
 * The lines of a unified diff of two texts, without a file header; the diff library is loaded only
 * here. What looks like a secret is masked, and terminal codes of the file's are taken out.
 */
export async function diffLines(
  before: string,
  after: string,
  style: DiffStyle,
): Promise<string[]> {
  const { structuredPatch } = await import("diff");
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: CONTEXT });
  const { paint } = style;
  const clean = (line: string) => printable(maskSecrets(style.redact(line))).replace(/\r$/, "");
  return hunks.flatMap((hunk) => [
    paint.dim(
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ),
    // That a last line has no end is nothing that anybody decides by.
    ...shortened(hunk.lines.filter((line) => !line.startsWith("\\")).map(clean)).flatMap((line) =>
      broken(line, style)
    ).map((line) =>
      line.startsWith("+")
        ? paint.good(line)
        : line.startsWith("-")
        ? paint.bad(line)
        : paint.dim(line)
    ),
  ]);
}

/** A line in as many as the screen needs; each begins with its mark and keeps its indentation. */
function broken(line: string, { columns }: DiffStyle): string[] {
  if (columns === undefined || visible(line) <= columns) return [line];
  const [lead = ""] = /^.\s*/.exec(line) ?? [];
  const [first = "", ...rest] = wrap(line.slice(lead.length), columns - lead.length - 4);
  return [lead + first, ...rest.map((part) => `${lead}    ${part}`)];
}

/** Long lines around their difference, where a removed and an added one stand for each other. */
function shortened(lines: readonly string[]): string[] {
  const done = [...lines];
  for (let at = 0; at < lines.length;) {
    if (!lines[at]!.startsWith("-")) {
      if (!lines[at]!.startsWith("+")) done[at] = cut(lines[at]!);
      at++;
      continue;
    }
    const removed = runOf(lines, at, "-");
    const added = runOf(lines, at + removed, "+");
    for (let i = 0; i < Math.max(removed, added); i++) {
      const [old, now] = [at + i, at + removed + i];
      if (i < removed && i < added) {
        [done[old], done[now]] = aroundDifference(lines[old]!, lines[now]!);
      } else if (i < removed) done[old] = cut(lines[old]!);
    }
    at += removed + added;
  }
  return done;
}

function runOf(lines: readonly string[], from: number, mark: string): number {
  let count = 0;
  while (lines[from + count]?.startsWith(mark)) count++;
  return count;
}

function cut(line: string): string {
  return line.length > LONG_LINE ? `${line.slice(0, LONG_LINE - 1)}…` : line;
}

function aroundDifference(removed: string, added: string): [string, string] {
  if (removed.length <= LONG_LINE && added.length <= LONG_LINE) return [removed, added];
  const [a, b] = [removed.slice(1), added.slice(1)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end++;
  const part = (text: string) => {
    const from = Math.max(0, start - AROUND);
    const to = Math.min(text.length, text.length - end + AROUND);
    return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
  };
  return [`-${part(a)}`, `+${part(b)}`];
}
