import { constantAnswer } from "./constant_command.ts";

/** Whether a command says yes whatever the project is like: it verifies nothing. */
export function saysYes(run: string): boolean {
  return constantAnswer(run) === "yes";
}
