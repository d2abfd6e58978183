import { documentPath } from "../kernel/document_problem.ts";
import { type EditedHere, undoFile, type UndoneFile } from "./undo_file.ts";
import { isVersionStep } from "./undo_scope.ts";

/** What becomes of our configuration, and what of it is its owner's choice by now. */
export type UndoneConfig = UndoneFile & {
  /** Keys that we had set and somebody set to something else: theirs, and ours no longer. */
  yours: readonly string[];
};

/**
 * Takes marked steps of our configuration back. It is the one file that people are told to change
 * with this program: a key that they set since is their own choice, which stays and is no failure;
 * every other one of ours goes. What then is left is as if only they had written it: in a file that
 * we made the version stays with it, as it does where `config set` makes the file, for without one
 * a file is read as the Python original's. `force`: also what was changed.
 */
export function undoConfig(file: EditedHere, force: boolean): UndoneConfig {
  const undone = withTheirs(undoFile(file, force));
  const hasVersion = file.steps.some((one) => one.going && isVersionStep(one));
  if (!undone.ok || !file.made || !hasVersion) return undone;
  if (undone.bytes === null || undone.left.length > 0) return undone;
  const steps = file.steps.filter((one) => !isVersionStep(one));
  const kept = withTheirs(undoFile({ ...file, steps }, force));
  return kept.ok ? kept : undone;
}

function withTheirs(undone: UndoneFile): UndoneConfig {
  if (!undone.ok) return { ...undone, yours: [] };
  // A comment of theirs in the midst of ours keeps ours as well: that is more than their choice.
  if (undone.kept.some((one) => one.problem.code === "comment")) return { ...undone, yours: [] };
  return {
    ...undone,
    left: undone.left.filter((one) => !one.going),
    kept: [],
    yours: undone.kept.map(({ problem }) => documentPath(problem.path)),
  };
}
