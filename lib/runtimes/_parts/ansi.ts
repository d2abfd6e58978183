// deno-lint-ignore no-control-regex
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_=>])/g;

/** Text without terminal control sequences (colours, cursor moves, titles). */
export function stripAnsi(text: string): string {
  return text.includes("\x1b") ? text.replace(SEQUENCES, "") : text;
}
