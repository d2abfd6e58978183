import type { EditResult, UndoStep } from "./change.ts";
import type { EditProblem } from "./edit_problem.ts";
import { EDIT_BYTES, tooLarge } from "./decode_text.ts";
import { lineColumn, lineEnd, linesAt, newlineOf, nextLine } from "./text_lines.ts";

/** The lines between which a block of ours stands in a person's Markdown. */
export interface BlockMarkers {
  /** As `<!-- ouroboros:start -->`, alone on its line. */
  start: string;
  end: string;
}

/**
 * Puts a block between its markers, or at the end of the text with a blank line before it. The
 * rest stays to the byte; the same block again changes nothing. `body` is lines with `\n`.
 */
export function setBlock(text: string, markers: BlockMarkers, body: string): EditResult {
  const found = findBlock(text, markers);
  if (!found.ok) return found;
  const newline = newlineOf(text);
  const lines = [markers.start, ...body.replace(/\n$/, "").split("\n"), markers.end];
  const block = lines.join(newline);
  if (found.block) {
    const { start, end } = found.block;
    const removed = text.slice(start, end);
    if (removed === block) return { ok: true, text, changed: false, undo: [] };
    return done(text, start, removed, block);
  }
  const at = text.length;
  const blank = text.trim() === "" || /\n[ \t]*\r?\n$/.test(text) ? [] : [""];
  return done(text, at, "", linesAt(text, at, [...blank, ...lines]));
}

/**
 * Takes a block out: the way that `undo` says where its text still stands, else its lines. With
 * `undo` a body that somebody changed is the problem `changed`, unless `force` is set. Of half a
 * block `force` takes what is ours for sure: its marker, and the lines of `body` behind it.
 */
export function removeBlock(
  text: string,
  markers: BlockMarkers,
  options: { undo?: readonly UndoStep[]; force?: boolean; body?: string } = {},
): EditResult {
  const found = findBlock(text, markers);
  if (!found.ok) {
    if (!options.force || text.length > EDIT_BYTES) return found;
    return removeRemains(text, markers, options.body ?? options.undo?.at(-1)?.added ?? "");
  }
  if (!found.block) return { ok: true, text, changed: false, undo: [] };
  if (options.undo && options.undo.length > 0) {
    const former = putBack(text, options.undo);
    if (former !== undefined) return { ok: true, text: former, changed: true, undo: [] };
    if (!options.force) return { ok: false, problem: changed(text, found.block.start, markers) };
  }
  const { start, end } = found.block;
  return done(text, start, text.slice(start, nextLine(text, end)), "");
}

/** Takes marker lines out, and behind a start those lines that are the body's, in its order. */
function removeRemains(text: string, markers: BlockMarkers, body: string): EditResult {
  const ours = body.trimEnd().split(/\r?\n/).filter((line) =>
    line !== markers.start && line !== markers.end
  );
  const kept: string[] = [];
  /** How many of our lines were seen behind a start; null: none is expected. */
  let seen: number | null = null;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const own = line.replace(/\r?\n$/, "");
    // What is added before a block, a blank line, is no line of its body.
    if (own.trim() === markers.start) seen = ours[0] === "" ? 1 : 0;
    else if (own.trim() === markers.end) seen = null;
    else if (seen !== null && own === ours[seen]) seen++;
    else {
      seen = null;
      kept.push(line);
    }
  }
  const after = kept.join("");
  return { ok: true, text: after, changed: after !== text, undo: [] };
}

/** The text before the steps; undefined when one of them does not stand as it was written. */
function putBack(text: string, undo: readonly UndoStep[]): string | undefined {
  let former = text;
  for (const step of undo.toReversed()) {
    const at = placeOf(former, step);
    if (at === undefined) return undefined;
    former = former.slice(0, at) + step.removed + former.slice(at + step.added.length);
  }
  return former;
}

/** Where the text of a step stands: where it was written, else the only place where it is. */
function placeOf(text: string, { at, added }: UndoStep): number | undefined {
  if (text.startsWith(added, at)) return at;
  const first = text.indexOf(added);
  return first !== -1 && text.indexOf(added, first + 1) === -1 ? first : undefined;
}

function done(text: string, at: number, removed: string, added: string): EditResult {
  const after = text.slice(0, at) + added + text.slice(at + removed.length);
  const undo: UndoStep = {
    did: removed === "" ? "insert" : added === "" ? "remove" : "replace",
    path: [],
    made: 0,
    wasNull: false,
    at,
    fromEnd: after.length - at,
    added,
    removed,
  };
  return { ok: true, text: after, changed: true, undo: [undo] };
}

type Block = { start: number; end: number };

/**
 * The block of these markers, without the newline behind it; none is no problem, half a one is.
 * What stands in a fenced code block is an example and no marker.
 */
export function findBlock(
  text: string,
  markers: BlockMarkers,
): { ok: true; block?: Block } | { ok: false; problem: EditProblem } {
  if (text.length > EDIT_BYTES) return { ok: false, problem: tooLarge(text.length) };
  let fence: { sign: string; at: number } | undefined;
  let start: number | undefined;
  let block: Block | undefined;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at)).replace(/^\ufeff/, "").trim();
    const sign = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      if (sign?.startsWith(fence.sign) && line === sign) fence = undefined;
    } else if (line === markers.start) {
      if (start !== undefined || block) return broken(text, at, markers.start, "it once");
      start = at;
    } else if (line === markers.end) {
      if (start === undefined) return broken(text, at, markers.end, `${markers.start} before it`);
      block = { start, end: lineEnd(text, at) };
      start = undefined;
    } else if (sign && start === undefined) fence = { sign, at };
  }
  if (start !== undefined) return broken(text, start, markers.start, `${markers.end} after it`);
  if (fence && !block) return broken(text, fence.at, fence.sign, "the end of that code block");
  return { ok: true, ...(block ? { block } : {}) };
}

function broken(text: string, at: number, found: string, expected: string) {
  const problem: EditProblem = {
    code: "shape",
    path: [],
    found: JSON.stringify(found),
    expected,
    ...lineColumn(text, at),
    hint: "Correct or remove that line, then run the same command again",
  };
  return { ok: false as const, problem };
}

function changed(text: string, at: number, markers: BlockMarkers): EditProblem {
  return {
    code: "changed",
    path: [],
    found: `other text than was written behind ${JSON.stringify(markers.start)}`,
    expected: "it unchanged",
    ...lineColumn(text, at),
    hint: "Remove the block by hand, or have it removed as it is now: --force",
  };
}
