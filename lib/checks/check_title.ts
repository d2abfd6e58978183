import type { CheckInput } from "./check_input.ts";

/** What a command is called while it runs; of a hidden one only its number, counted from 1. */
export function checkTitle(checks: readonly CheckInput[], index: number): string {
  const check = checks[index];
  return check?.kind === "command" && !check.hidden ? check.run : `hidden check ${index + 1}`;
}
