import { canonicalJson } from "../kernel/canonical_json.ts";
import type { CheckRun, ControlRun } from "../kernel/check_run.ts";
import { sha256 } from "../kernel/digest.ts";
import {
  comparesWith,
  needsHandedIn,
  readsSources,
  replacesAssertions,
  restsOnOutside,
  wantsFailure,
} from "./beside_failing.ts";
import { checkDigest } from "./check_digest.ts";
import type { CommandInput } from "./check_input.ts";
import { type ControlOptions, ControlRuns, type Finding } from "./control_runs.ts";
import { failingSources } from "./failing_sources.ts";
import { inconclusive } from "./inconclusive.ts";

/** Raised when a poison changes, so that old results are not reused. */
const FORMAT = "ouroboros-control-3";

const NOTHING_KNOWN: Finding = {
  state: "none",
  reason: "Nothing in its sources could be made to fail",
};

/**
 * Confirms a pass: the check runs again in checkouts in which its own sources are made to fail, and
 * must notice. First each test function at its start, so that a filtered run meets one too; a plain
 * program at its start and, in a further checkout, at its end. Where that says nothing, what it
 * compares with says something else, what it reads cannot be read, or what must fail does not.
 * Before all of that, links out of the project lead nowhere; after it, a build result that the work
 * handed in is taken away. `pass` is the run to be confirmed.
 * Throws OuroborosError: cancelled, depth_exceeded, and those of the workspace.
 */
export async function runControl(
  check: CommandInput,
  pass: CheckRun,
  options: ControlOptions,
): Promise<ControlRun> {
  const runs = new ControlRuns(check, pass, options);
  const { state, reason, file } = await decided(runs);
  const named = runs.sources.map(({ path, text }) => [path, sha256(text)]).sort();
  return {
    checkDigest: checkDigest(check),
    tree: pass.tree,
    state,
    reason,
    ...(state === "none" || file === undefined ? {} : { file }),
    sources: named.length === 0
      ? null
      : { count: named.length, digest: sha256(canonicalJson([FORMAT, named])) },
    runs: runs.count,
    durationMs: runs.durationMs,
  };
}

async function decided(runs: ControlRuns): Promise<Finding> {
  const outside = await restsOnOutside(runs);
  if (outside) return outside;
  // A checkout that cannot be made ready without the links says nothing of those that have them.
  runs.unable = undefined;
  const why = inconclusive(runs.check);
  let found: Finding = why?.certain ? { state: "none", reason: why.line } : NOTHING_KNOWN;
  /** Takes what a step finds, unless it says less than what is known. */
  const look = async (step: (runs: ControlRuns) => Promise<Finding | undefined>) => {
    if (runs.unable !== undefined) return;
    const next = await step(runs);
    if (next && (found.state === "none" || next.state === "partial")) found = next;
    if (runs.unable !== undefined) found = { state: "none", reason: runs.unable };
  };
  await look(why?.certain ? readsSources : failingSources);
  if (why?.certain === false && found.state === "none") await look(wantsFailure);
  if (found.state === "none" || found.state === "full") await look(comparesWith);
  if (runs.options.thorough && found.state === "full") await look(replacesAssertions);
  if (found.state === "none" || found.state === "full") await look(needsHandedIn);
  return found;
}
