import { withoutEscapes } from "../kernel/escape_sequences.ts";

// deno-lint-ignore no-control-regex -- these are the control characters that are taken away
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/g;

/** A line of output as people read it: no escape sequences, no control characters but tab. */
export function plainText(line: string): string {
  return withoutEscapes(line).replace(CONTROLS, "");
}

/** Cuts a text to `max` characters, with an ellipsis where something is missing. */
export function shortened(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max - 1).trimEnd() + "…";
}
