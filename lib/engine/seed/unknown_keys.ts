import { documentPath } from "../../kernel/document_problem.ts";
import { nearestName } from "../../kernel/nearest_name.ts";
import type { SeedWarning } from "./seed.ts";
import {
  CheckDocument,
  CriterionDocument,
  SeedDocument,
  WorkspaceDocument,
} from "./seed_document.ts";

/** Words that people write from habit, too far from the right key to be a slip. */
const MEANT: Readonly<Record<string, string>> = {
  criteria: "acceptance_criteria",
  acs: "acceptance_criteria",
  requirements: "acceptance_criteria",
  title: "goal",
  command: "run",
  cmd: "run",
  test: "check",
  tests: "check",
  files_changed: "artifacts",
  directory: "dir",
};

/** Warnings about one seed; a document that is no seed at all can hold thousands of keys. */
const MAX_WARNINGS = 100;

const EXPECT = ["exit", "contains", "excludes", "matches", "stdout"];
const PREPARE = ["run", "when", "timeout"];

/** A warning for each key that this version does not know, where a slip would lose meaning. */
export function unknownKeys(document: Record<string, unknown>): SeedWarning[] {
  const warnings: SeedWarning[] = [];
  const look = (value: unknown, known: readonly string[], path: readonly PropertyKey[]) => {
    if (!isMapping(value)) return;
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      if (warnings.length >= MAX_WARNINGS) return;
      const habit = MEANT[key.toLowerCase()];
      const near = nearestName(key, known) ?? (habit && known.includes(habit) ? habit : undefined);
      const question = near ? `; did you mean "${near}"?` : "";
      warnings.push({
        path: documentPath([...path, key]),
        message: `is not known to this version, and not acted on${question}`,
      });
    }
  };
  look(document, Object.keys(SeedDocument.shape), []);
  look(document.workspace, Object.keys(WorkspaceDocument.shape), ["workspace"]);
  if (isMapping(document.workspace)) {
    look(document.workspace.prepare, PREPARE, ["workspace", "prepare"]);
  }
  const criteria = Array.isArray(document.acceptance_criteria) ? document.acceptance_criteria : [];
  criteria.forEach((criterion, index) => {
    const at = ["acceptance_criteria", index];
    look(criterion, Object.keys(CriterionDocument.shape), at);
    if (!isMapping(criterion)) return;
    for (const key of ["check", "checks", "verify"]) {
      for (const [check, path] of entries(criterion[key], [...at, key])) {
        look(check, Object.keys(CheckDocument.shape), path);
        if (isMapping(check)) look(check.expect, EXPECT, [...path, "expect"]);
      }
    }
  });
  return warnings;
}

/** The members of a list, or the one value that stands for it, each with its path. */
export function entries(
  value: unknown,
  path: readonly PropertyKey[],
): [unknown, readonly PropertyKey[]][] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value)
    ? value.map((one, index) => [one, [...path, index]])
    : [[value, path]];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
