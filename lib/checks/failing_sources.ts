import type { CheckSource } from "./check_sources.ts";
import type { ControlRuns, Finding } from "./control_runs.ts";
import { firstDose, functions, namesOf, programs, scripts, withFunctions } from "./dose.ts";
import { inconclusive } from "./inconclusive.ts";

/**
 * Whether a check notices when its own sources fail: first each test function at its start, so that
 * a filtered run meets one too; a plain program at its start and, in a further checkout, at its end.
 * Undefined where that could not be tried.
 */
export async function failingSources(runs: ControlRuns): Promise<Finding | undefined> {
  // The first checkout shows what there is; the sources are found in it.
  const head = await runs.noticed(({ sources }) => firstDose(sources));
  if (runs.unable !== undefined) return undefined;
  const { sources } = runs;
  if (sources.length === 0) {
    return { state: "none", reason: "No source of the check is known that could be made to fail" };
  }
  if (head === undefined) return undefined;
  const tested = withFunctions(sources);
  if (tested.length === 0) return await afterScript(runs, head, programs(sources));
  if (head) return await afterFunctions(runs, tested);
  const rest = programs(sources).filter((one) => one.named || one.startable);
  if (rest.length === 0) return missed(runs, tested);
  const again = await runs.noticed(() => scripts(rest, "head"));
  if (again === undefined) return undefined;
  if (!again) return missed(runs, tested);
  // Something of the check ran, but no test function did.
  const found = await afterScript(runs, again, rest);
  if (found?.state !== "full" && found?.state !== "partial") return found;
  const reason = `It notices a failing "${rest[0]!.path}", but no failing test function`;
  return { state: "partial", reason, file: tested[0]!.path };
}

/** A failing start of test functions was noticed: does a run also come to their ends? */
async function afterFunctions(
  runs: ControlRuns,
  tested: readonly CheckSource[],
): Promise<Finding | undefined> {
  const { pass, options } = runs;
  const count = tested.reduce((sum, one) => sum + one.poison.functions, 0);
  const { row } = tested[0]!.poison;
  const names = namesOf(tested);
  const file = tested[0]!.path;
  const full = {
    state: "full" as const,
    reason: `It notices failing test functions in ${names}`,
    file,
  };
  const done = !options.thorough && row.finished?.(pass, count) === true;
  const end = functions(tested, "end");
  if (done || end.size === 0) return full;
  const noticed = await runs.noticed(() => end);
  if (noticed !== false) return noticed && full;
  const reason = `No test function in ${names} seems to come to its end`;
  return { state: "partial", reason, file };
}

async function afterScript(
  runs: ControlRuns,
  head: boolean,
  sources: readonly CheckSource[],
): Promise<Finding | undefined> {
  const file = sources[0]?.path;
  const names = namesOf(sources);
  if (!head) return missed(runs, sources);
  const end = scripts(sources, "end");
  if (end.size === 0) return { state: "full", reason: `It notices a failing ${names}`, file };
  const noticed = await runs.noticed(() => end);
  if (noticed === undefined) return undefined;
  return noticed
    ? { state: "full", reason: `It notices a failing start and end of ${names}`, file }
    : {
      state: "partial",
      reason: `It notices a failing start of ${names}, but no failing end`,
      file,
    };
}

function missed({ check }: ControlRuns, sources: readonly CheckSource[]): Finding {
  const why = inconclusive(check);
  if (why) return { state: "none", reason: why.line };
  const own = sources.filter((one) => one.own);
  if (own.length === 0) {
    return { state: "none", reason: `It does not seem to run ${namesOf(sources)}` };
  }
  const reason = `It passes also when ${namesOf(own)} must fail, so it never ran it`;
  return { state: "missed", reason, file: own[0]!.path };
}
