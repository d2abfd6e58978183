import { EXIT } from "../kernel/exit_code.ts";
import { writeAll } from "./write_all.ts";
import { writeProblem } from "./write_problem.ts";

/**
 * Prints a text to stdout where nothing else of the program is loaded. What cannot be written ends
 * the program with its reason; a reader that is gone is none.
 */
export function printText(text: string): void {
  try {
    writeAll(Deno.stdout, new TextEncoder().encode(text));
  } catch (error) {
    writeAll(Deno.stderr, new TextEncoder().encode(`Error: ${writeProblem(error).message}\n`));
    Deno.exit(EXIT.failed);
  }
}
