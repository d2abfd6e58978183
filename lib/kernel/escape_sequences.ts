// deno-lint-ignore no-control-regex -- these are the characters that begin and end a sequence
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[@-Z\\-_=>])/g;

/**
 * Text without terminal control sequences (colours, cursor moves, titles): what a program printed,
 * for decoding, for messages and for the journal. A sequence that is not ended goes to its line's end.
 */
export function withoutEscapes(text: string): string {
  return text.includes("\x1b") ? text.replace(SEQUENCES, "") : text;
}
