import { documentPath } from "../../kernel/document_problem.ts";
import { plainPath } from "./portable_path.ts";
import { listOf, type Remarks, resolveCheck } from "./resolve_check.ts";
import type { Check, Criterion } from "./seed.ts";
import { CriterionDocument, MAX_CHECKS } from "./seed_document.ts";
import { entries } from "./unknown_keys.ts";

const SPELLINGS = {
  description: ["description", "criterion", "content"],
  dependsOn: ["depends_on", "dependencies", "blocked_by", "after", "requires", "prerequisites"],
  checks: ["check", "checks", "verify", "verify_command"],
  artifacts: ["artifacts", "expected_artifacts"],
} as const;

/** A criterion as written → with aliases resolved; null after problems were put down. */
export function resolveCriterion(
  written: string | CriterionDocument,
  index: number,
  remarks: Remarks,
): Criterion | null {
  const path = ["acceptance_criteria", index];
  const document: CriterionDocument = typeof written === "string"
    ? { description: written }
    : written;
  const before = remarks.problems.length;
  const problem = (key: string | null, message: string) =>
    remarks.problems.push({ path: documentPath(key === null ? path : [...path, key]), message });
  for (const spellings of Object.values(SPELLINGS)) {
    const used = spellings.filter((key) => document[key] !== undefined);
    if (used.length > 1) problem(used[1]!, `says the same as "${used[0]}": keep one of them`);
  }
  const description = document.description ?? document.criterion ?? document.content;
  if (description === undefined) problem(null, missingDescription(document));
  const dependsOn = SPELLINGS.dependsOn.flatMap((key) => listOf(document[key])).map(String);
  const checks = checksOf(document, path, remarks);
  const exemption = document.verify_exemption_reason;
  if (exemption !== undefined && checks.length > 0) {
    problem("verify_exemption_reason", "must not stand beside a check");
  }
  if (exemption === undefined && checks.length === 0 && remarks.problems.length === before) {
    remarks.warnings.push({
      path: documentPath(path),
      message: "has no check: nothing can decide it",
    });
  }
  if (remarks.problems.length > before) return null;
  return {
    id: String(document.id ?? index + 1),
    description: description!.trim(),
    dependsOn: [...new Set(dependsOn)],
    checks,
    artifacts: SPELLINGS.artifacts.flatMap((key) => listOf(document[key])).map(plainPath),
    ...(exemption === undefined ? {} : { exemption }),
  };
}

/** `- Rejects coupons: all of them` is a mapping to YAML; that is nearly always what happened. */
function missingDescription(document: CriterionDocument): string {
  const keys = Object.keys(document);
  const known = Object.keys(CriterionDocument.shape);
  return keys.length === 1 && !known.includes(keys[0]!)
    ? `must be text or have a "description"; text that holds ": " must stand in quotes`
    : `must have a "description"`;
}

function checksOf(
  document: CriterionDocument,
  path: readonly PropertyKey[],
  remarks: Remarks,
): Check[] {
  const key = SPELLINGS.checks.find((spelling) => document[spelling] !== undefined);
  const problem = (name: string, message: string) => {
    remarks.problems.push({ path: documentPath([...path, name]), message });
  };
  if (document.output_assertion !== undefined && key !== "verify_command") {
    problem("output_assertion", `must stand beside "verify_command"`);
  }
  if (key === undefined) return [];
  if (key === "verify_command") {
    const expect = document.output_assertion;
    const check = resolveCheck({ run: document.verify_command!, expect }, [...path, key], remarks);
    return check ? [check] : [];
  }
  const written = entries(document[key], [...path, key]);
  if (written.length > MAX_CHECKS) problem(key, `must have at most ${MAX_CHECKS} entries`);
  const checks = written.flatMap(([one, at]) =>
    resolveCheck(one as Parameters<typeof resolveCheck>[0], at, remarks) ?? []
  );
  const commands = checks.filter((check) => check.kind === "command");
  if (commands.some((check) => check.hidden) && !commands.some((check) => !check.hidden)) {
    problem(key, "must have a check that is not hidden beside each hidden one");
  }
  if (
    commands.length === checks.length && checks.length > 0 && commands.every((one) => one.preserve)
  ) {
    remarks.warnings.push({
      path: documentPath([...path, key]),
      message: "only preserves: nothing can decide the criterion",
    });
  }
  return checks;
}
