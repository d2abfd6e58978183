import type { Decision } from "../kernel/check_run.ts";
import { baseToRepeat, decide, type DecideInput } from "./decide.ts";

/**
 * The decision of a criterion, for which checks that could not run on the base for a reason that may
 * have gone away are run there once more: `again` runs the criterion's checks on it.
 */
export async function decideAgain(
  input: DecideInput,
  again: () => Promise<DecideInput["base"]>,
): Promise<Decision> {
  const repeat = baseToRepeat(input);
  if (repeat.length === 0) return decide(input);
  const now = await again();
  return decide({
    ...input,
    base: input.base.map((run, index) => repeat.includes(index) ? now[index] ?? run : run),
    baseRepeated: repeat,
  });
}
