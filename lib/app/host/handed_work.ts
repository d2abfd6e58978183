import { OuroborosError } from "../../kernel/error.ts";
import type { HandedWork, HostTry } from "./host_work.ts";

/** What a try is called to whoever does it: "greet#2". */
export function workName({ criterion, attempt }: HostTry): string {
  return `${criterion}#${attempt}`;
}

/**
 * Reads what is handed in: the name of the work and what whoever did it says. Undefined: nothing is.
 * Errors: usage.
 */
export function handedWork(
  work: string | undefined,
  claim: string | undefined,
): HandedWork | undefined {
  if (work === undefined && claim === undefined) return undefined;
  const [, criterion, number] = /^(.+)#([1-9]\d{0,5})$/.exec(work ?? "") ?? [];
  if (criterion === undefined || claim === undefined || claim.trim() === "") {
    throw new OuroborosError({
      code: "usage",
      message: "Hand in work: work and submit come together",
      hint: 'work as it was handed out, for example "1#1", and submit: what was done',
    });
  }
  return { criterion, attempt: Number(number), claim };
}
