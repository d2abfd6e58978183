import { constantAnswer } from "./constant_command.ts";

/** Whether a command says no whatever the project is like: no work can pass it. */
export function saysNo(run: string): boolean {
  return constantAnswer(run) === "no";
}
