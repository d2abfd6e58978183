import { duplicateKey } from "../../kernel/duplicate_key.ts";

/** So many places of a text are tried as the start of a value: prose may be full of braces. */
const MOST_STARTS = 200;

/**
 * The JSON objects and lists that a model's answer may hold, the likeliest first: the whole text,
 * what stands in fences, then what stands between prose, the longest first. None that gives a key
 * twice. Linear but for the tries.
 */
export function jsonCandidates(text: string): unknown[] {
  const whole = parsed(text.trim());
  if (whole !== undefined) return [whole];
  const fenced = [...text.matchAll(/^[ \t]*(```+|~~~+)[^\n]*\n([\s\S]*?)\n[ \t]*\1[ \t]*$/gm)]
    .map((match) => parsed(match[2]!.trim()))
    .filter((value) => value !== undefined);
  return [...fenced.reverse(), ...between(text)];
}

function parsed(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text);
    // Which of the two was meant is not known.
    return duplicateKey(text) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Values in prose, none of them inside another. */
function between(text: string): unknown[] {
  const found: { value: unknown; length: number }[] = [];
  let at = 0;
  for (let starts = 0; starts < MOST_STARTS; starts++) {
    const start = nextStart(text, at);
    if (start === -1) break;
    const end = endOf(text, start);
    const value = end === -1 ? undefined : parsed(text.slice(start, end));
    if (value !== undefined) found.push({ value, length: end - start });
    at = value === undefined ? start + 1 : end;
  }
  return found.sort((a, b) => b.length - a.length).map((one) => one.value);
}

function nextStart(text: string, from: number): number {
  const found = text.slice(from).search(/[{[]/);
  return found === -1 ? -1 : from + found;
}

/** Behind the bracket that closes the one at `start`, brackets in strings not counted; -1: none. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (--depth === 0) return at + 1;
    }
  }
  return -1;
}
