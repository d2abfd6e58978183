import { canonicalJson } from "../../kernel/canonical_json.ts";
import { sha256 } from "../../kernel/digest.ts";
import { documentProblems, problemText } from "../../kernel/document_problem.ts";
import type { DocumentProblem } from "../../kernel/document_problem.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { parseDocument } from "./parse_document.ts";
import { plainPath } from "./portable_path.ts";
import { type PlacedCriterion, relateCriteria } from "./relate_criteria.ts";
import { listOf, type Remarks, timeoutOf } from "./resolve_check.ts";
import { resolveCriterion } from "./resolve_criterion.ts";
import type { Seed, SeedWarning, SeedWorkspace } from "./seed.ts";
import { CriterionEntry, SeedDocument } from "./seed_document.ts";
import { unknownKeys } from "./unknown_keys.ts";

/** Time limit of a preparation that names none: twenty minutes. */
const PREPARE_TIMEOUT_MS = 1_200_000;

/** A seed and what was remarked while it was loaded. */
export interface LoadedSeed {
  seed: Seed;
  warnings: SeedWarning[];
  /** The file's text as written, without byte-order mark. */
  source: string;
}

/**
 * Bytes of a seed file → the seed, with aliases resolved and defaults filled in. `name` is what
 * error messages call the file. Throws `seed_too_large`, and `seed_invalid` with every problem that
 * was found in its message; {@link seedProblems} gives them one by one.
 */
export function loadSeed(bytes: Uint8Array, options: { name: string }): LoadedSeed {
  const { source, document } = parseDocument(bytes, options.name);
  const written = withoutEmpty(document) as Record<string, unknown>;
  const remarks: Remarks = { problems: [], warnings: unknownKeys(written) };
  const result = SeedDocument.safeParse(written);
  if (!result.success) remarks.problems.push(...documentProblems(result.error.issues, written));
  const placed = resolveCriteria(written.acceptance_criteria, remarks);
  relateCriteria(placed, remarks);
  const workspace = result.success ? workspaceOf(result.data, remarks) : null;
  if (!result.success || workspace === null || remarks.problems.length > 0) {
    throw new OuroborosError({
      code: "seed_invalid",
      message: `Cannot load seed "${options.name}": ${problemText(remarks.problems)}`,
      hint: remarks.warnings.filter((one) => one.message.includes("did you mean"))
        .map((one) => `${one.path}: ${one.message}`).join("\n") || "ouroboros seed schema",
      cause: { problems: remarks.problems },
    });
  }
  if (placed.length === 0) {
    remarks.warnings.push({
      path: "acceptance_criteria",
      message: "is empty: there is nothing to do",
    });
  }
  const criteria = placed.map((one) => one.criterion);
  return {
    seed: seedOf(result.data, document, criteria, workspace),
    warnings: remarks.warnings,
    source,
  };
}

/** The problems behind a `seed_invalid` error; empty where the file could not be read as a mapping. */
export function seedProblems(error: unknown): readonly DocumentProblem[] {
  if (!(error instanceof OuroborosError) || error.code !== "seed_invalid") return [];
  const cause = error.cause as { problems?: readonly DocumentProblem[] } | undefined;
  return cause?.problems ?? [];
}

/** SHA-256 of what a document means, whatever its layout, comments and order of keys. */
export function documentDigest(document: Readonly<Record<string, unknown>>): string {
  return sha256(canonicalJson({ canonical: 1, seed: document }));
}

/** Each criterion that is valid by itself is resolved, so that one slip does not hide the others. */
function resolveCriteria(written: unknown, remarks: Remarks): PlacedCriterion[] {
  if (!Array.isArray(written)) return [];
  return written.flatMap((entry, index) => {
    const parsed = CriterionEntry.safeParse(entry);
    const criterion = parsed.success ? resolveCriterion(parsed.data, index, remarks) : null;
    return criterion ? [{ criterion, index }] : [];
  });
}

function workspaceOf(document: SeedDocument, remarks: Remarks): SeedWorkspace | null {
  const written = document.workspace ?? {};
  const prepare = typeof written.prepare === "string" ? { run: written.prepare } : written.prepare;
  const timeoutMs = timeoutOf(prepare?.timeout, PREPARE_TIMEOUT_MS);
  if (timeoutMs === null) {
    remarks.problems.push({
      path: "workspace.prepare.timeout",
      message: "must be more than 0 and at most 24h",
    });
    return null;
  }
  return {
    dir: plainPath(written.dir ?? "."),
    ...(written.base === undefined ? {} : { base: written.base }),
    carry: listOf(written.carry).map(plainPath),
    ...(Array.isArray(written.carry) && written.carry.length === 0
      ? { carryNone: true as const }
      : {}),
    ...(prepare === undefined
      ? {}
      : { prepare: { run: prepare.run, when: listOf(prepare.when).map(plainPath), timeoutMs } }),
  };
}

function seedOf(
  valid: SeedDocument,
  document: Record<string, unknown>,
  criteria: readonly Seed["criteria"][number][],
  workspace: SeedWorkspace,
): Seed {
  const digest = documentDigest(document);
  const ontology = valid.ontology_schema;
  return {
    schema: 1,
    id: valid.metadata?.seed_id ?? `seed_${digest.slice(0, 12)}`,
    goal: valid.goal.trim(),
    taskType: valid.task_type ?? "code",
    constraints: listOf(valid.constraints),
    criteria,
    workspace,
    context: (valid.brownfield_context?.context_references ?? []).map((one) =>
      typeof one === "string"
        ? { path: one, role: "", summary: "" }
        : { path: one.path, role: one.role ?? "", summary: one.summary ?? "" }
    ),
    principles: (valid.evaluation_principles ?? []).map((one) =>
      typeof one === "string"
        ? { name: one, description: one }
        : { name: one.name, description: one.description ?? one.name }
    ),
    exitConditions: (valid.exit_conditions ?? []).map((one) =>
      typeof one === "string" ? { name: one, description: one, criteria: one } : {
        name: one.name,
        description: one.description ?? one.name,
        criteria: one.criteria ?? one.evaluation_criteria ?? "",
      }
    ),
    ...(ontology === undefined ? {} : {
      ontology: {
        name: ontology.name,
        description: ontology.description,
        fields: (ontology.fields ?? []).map((field) => ({
          name: field.name,
          type: field.type ?? field.field_type ?? "",
          description: field.description,
          required: field.required ?? true,
        })),
      },
    }),
    metadata: (document.metadata ?? {}) as Record<string, unknown>,
    digest,
  };
}

/** Keys without a value (`check:` and nothing behind it) count as left out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutEmpty(member)]),
  );
}
