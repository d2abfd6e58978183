import { isGlob } from "@std/path";
import { documentPath } from "../../kernel/document_problem.ts";
import { pathGlob } from "../../kernel/path_glob.ts";
import { nearestName } from "../../kernel/nearest_name.ts";
import type { Remarks } from "./resolve_check.ts";
import type { Criterion } from "./seed.ts";

/** Globs and artifacts of a whole seed: each glob is held against each artifact. */
const MAX_GLOBS = 1000;
const MAX_ARTIFACTS = 2000;
/** From so many problems on, no nearest name is looked for: it takes time, and nobody reads them all. */
const SUGGESTED_PROBLEMS = 50;

/** A criterion and its place in the document. */
export interface PlacedCriterion {
  criterion: Criterion;
  index: number;
}

/** Puts down what is wrong between criteria: ids, dependencies, protected files that others make. */
export function relateCriteria(placed: readonly PlacedCriterion[], remarks: Remarks): void {
  const at = (index: number) => documentPath(["acceptance_criteria", index]);
  const ids = new Map<string, PlacedCriterion>();
  for (const one of placed) {
    // Worktrees bear these names, and some file systems do not tell case apart.
    const earlier = ids.get(one.criterion.id.toLowerCase());
    if (earlier) {
      const same = earlier.criterion.id === one.criterion.id;
      remarks.problems.push({
        path: `${at(one.index)}.id`,
        message: same
          ? `must differ from that of ${at(earlier.index)}, both are "${one.criterion.id}"`
          : `must differ from "${earlier.criterion.id}" by more than case`,
      });
    } else ids.set(one.criterion.id.toLowerCase(), one);
  }
  const known = placed.map((one) => one.criterion.id);
  for (const { criterion, index } of placed) {
    for (const id of criterion.dependsOn) {
      const path = `${at(index)}.depends_on`;
      if (id === criterion.id) {
        remarks.problems.push({ path, message: `must not hold the criterion's own id "${id}"` });
      } else if (!known.includes(id)) {
        const near = remarks.problems.length < SUGGESTED_PROBLEMS
          ? nearestName(id, known)
          : undefined;
        const question = near ? `; did you mean "${near}"?` : "";
        remarks.problems.push({
          path,
          message: `must name a criterion, "${id}" is none${question}`,
        });
      }
    }
  }
  const globs = placed.reduce((sum, one) => sum + globsOf(one.criterion).length, 0);
  const artifacts = placed.reduce((sum, one) => sum + one.criterion.artifacts.length, 0);
  if (globs > MAX_GLOBS || artifacts > MAX_ARTIFACTS) {
    remarks.problems.push({
      path: "acceptance_criteria",
      message: `must have at most ${MAX_GLOBS.toLocaleString("en-US")} protected globs and ` +
        `${MAX_ARTIFACTS.toLocaleString("en-US")} artifacts in all`,
    });
    return;
  }
  for (const one of placed) protectedArtifacts(one, placed, remarks);
}

function globsOf(criterion: Criterion): string[] {
  const globs = criterion.checks.flatMap((one) => one.kind === "command" ? one.protect : []);
  return [...new Set(globs)];
}

function protectedArtifacts(
  { criterion, index }: PlacedCriterion,
  placed: readonly PlacedCriterion[],
  remarks: Remarks,
): void {
  const path = documentPath(["acceptance_criteria", index, "check"]);
  for (const glob of globsOf(criterion)) {
    for (const other of placed) {
      const artifact = other.criterion.artifacts.find((one) => overlaps(glob, one));
      if (artifact === undefined) continue;
      if (other.index === index) {
        remarks.warnings.push({
          path,
          message:
            `protects "${glob}": its own artifact "${artifact}" is put back before the check`,
        });
      } else {
        remarks.problems.push({
          path,
          message:
            `must not protect "${glob}": criterion "${other.criterion.id}" makes "${artifact}"`,
        });
      }
    }
  }
}

/** Whether a file can both match `glob` and be `artifact` or lie below it. */
export function overlaps(glob: string, artifact: string): boolean {
  if (artifact === ".") return true;
  if (pathGlob(glob).test(artifact)) return true;
  if (!isGlob(glob)) return below(glob, artifact) || below(artifact, glob);
  // The part before the first wildcard tells where matches lie.
  const fixed = glob.split("/").slice(0, glob.split("/").findIndex((part) => isGlob(part)));
  return fixed.length > 0 && below(fixed.join("/"), artifact);
}

function below(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
