import { canonicalJson } from "../../kernel/canonical_json.ts";
import { durationText } from "../../kernel/duration_text.ts";
import { CHECK_TIMEOUT_MS } from "./resolve_check.ts";
import type { Check, Criterion, Seed } from "./seed.ts";

/** A value of two seeds; null: that one has none. */
export interface SeedValue {
  before: string | null;
  after: string | null;
}

/** One part of a criterion that is another in each seed. */
export interface CriterionChange extends SeedValue {
  part: "description" | "depends on" | "check" | "artifacts" | "exemption";
}

/** A criterion that is not the same in both seeds. */
export interface CriterionDifference {
  /** Its id; of one that both have, the first seed's. */
  id: string;
  change: "added" | "removed" | "changed";
  description: string;
  /** Of one that is in one seed only: its checks, so that they can be seen. */
  changes: readonly CriterionChange[];
}

/** What two seeds say differently. */
export interface SeedComparison {
  /** Both ask for the same work, judged in the same way. */
  equal: boolean;
  goal: SeedValue | null;
  constraints: { removed: readonly string[]; added: readonly string[] };
  criteria: readonly CriterionDifference[];
  /** Other parts that differ, by their names in a seed's file. */
  others: readonly string[];
}

/**
 * Compares what two seeds mean. Layout, spelling of keys and the order of criteria and of checks mean
 * nothing, and neither does the metadata: where a seed comes from is no part of the work. Criteria are
 * the same by their id, or, where they have none of their own, by what they say.
 */
export function compareSeeds(before: Seed, after: Seed): SeedComparison {
  const goal = before.goal === after.goal ? null : { before: before.goal, after: after.goal };
  const constraints = {
    removed: before.constraints.filter((one) => !after.constraints.includes(one)),
    added: after.constraints.filter((one) => !before.constraints.includes(one)),
  };
  const criteria = criteriaDifferences(before.criteria, after.criteria);
  const others = OTHERS.filter(({ of }) => canonicalJson(of(before)) !== canonicalJson(of(after)))
    .map((one) => one.name);
  const equal = goal === null && others.length === 0 &&
    [constraints.removed, constraints.added, criteria].every((list) => list.length === 0);
  return { equal, goal, constraints, criteria, others };
}

const OTHERS: readonly { name: string; of(seed: Seed): unknown }[] = [
  { name: "task_type", of: (seed) => seed.taskType },
  { name: "workspace", of: (seed) => seed.workspace },
  { name: "brownfield_context", of: (seed) => seed.context },
  { name: "evaluation_principles", of: (seed) => seed.principles },
  { name: "exit_conditions", of: (seed) => seed.exitConditions ?? [] },
  { name: "ontology_schema", of: (seed) => seed.ontology ?? null },
];

function criteriaDifferences(
  before: readonly Criterion[],
  after: readonly Criterion[],
): CriterionDifference[] {
  const pairs = paired(before, after);
  const kept = new Set(pairs.values());
  // Ids of the second seed in those of the first, so that a criterion that moved depends on the same.
  const names = new Map([
    ...[...pairs].map(([one, other]): [string, string] => [other.id, one.id]),
    ...after.filter((one) => !kept.has(one))
      .map(({ id }): [string, string] => [id, `${id} (added)`]),
  ]);
  return [
    ...before.flatMap((one): CriterionDifference[] => {
      const other = pairs.get(one);
      if (!other) return [alone(one, "removed")];
      const changes = changesOf(one, other, names);
      const { id, description } = one;
      return changes.length === 0 ? [] : [{ id, change: "changed", description, changes }];
    }),
    ...after.filter((one) => !kept.has(one)).map((one) => alone(one, "added")),
  ];
}

/** Which criterion of the second seed is which of the first. */
function paired(
  before: readonly Criterion[],
  after: readonly Criterion[],
): Map<Criterion, Criterion> {
  const pairs = new Map<Criterion, Criterion>();
  const taken = new Set<Criterion>();
  const pair = (same: (one: Criterion, other: Criterion) => boolean) => {
    for (const one of before) {
      if (pairs.has(one)) continue;
      const other = after.find((candidate) => !taken.has(candidate) && same(one, candidate));
      if (!other) continue;
      pairs.set(one, other);
      taken.add(other);
    }
  };
  pair((one, other) => one.id === other.id && one.description === other.description);
  // An id that is only a place says nothing once a criterion is put before it.
  pair((one, other) =>
    isPlace(one.id) && isPlace(other.id) && one.description === other.description
  );
  pair((one, other) => one.id === other.id);
  return pairs;
}

function isPlace(id: string): boolean {
  return /^\d+$/.test(id);
}

function alone(criterion: Criterion, change: "added" | "removed"): CriterionDifference {
  const { id, description, checks } = criterion;
  const changes = checks.map((check): CriterionChange => {
    const text = checkText(check);
    return change === "added"
      ? { part: "check", before: null, after: text }
      : { part: "check", before: text, after: null };
  });
  return { id, change, description, changes };
}

function changesOf(
  before: Criterion,
  after: Criterion,
  names: ReadonlyMap<string, string>,
): CriterionChange[] {
  const changes: CriterionChange[] = [];
  const put = (part: CriterionChange["part"], one: string | null, other: string | null) => {
    if (one !== other) changes.push({ part, before: one, after: other });
  };
  put("description", before.description, after.description);
  put(
    "depends on",
    listText(before.dependsOn),
    listText(after.dependsOn.map((id) => names.get(id) ?? id)),
  );
  changes.push(...checkChanges(before.checks, after.checks));
  put("artifacts", listText(before.artifacts), listText(after.artifacts));
  put("exemption", before.exemption ?? null, after.exemption ?? null);
  return changes;
}

/** Checks that only one of both has; two that run the same stand beside each other. */
function checkChanges(before: readonly Check[], after: readonly Check[]): CriterionChange[] {
  const texts = after.map(checkText);
  const gone = before.filter((one) => !take(texts, checkText(one)));
  const come = after.filter((one) => take(texts, checkText(one)));
  const changes = gone.map((one): CriterionChange => {
    const at = come.findIndex((other) => keyOf(other) === keyOf(one));
    const [other] = at < 0 ? [] : come.splice(at, 1);
    return { part: "check", before: checkText(one), after: other ? checkText(other) : null };
  });
  return [
    ...changes,
    ...come.map((one): CriterionChange => ({
      part: "check",
      before: null,
      after: checkText(one),
    })),
  ];
}

function take(texts: string[], text: string): boolean {
  const at = texts.indexOf(text);
  if (at >= 0) texts.splice(at, 1);
  return at >= 0;
}

function keyOf(check: Check): string {
  return check.kind === "command" ? check.run : check.human;
}

/** A check with all that decides, in one line: the command, then what is not as it is left out. */
function checkText(check: Check): string {
  if (check.kind === "human") return `a person decides: ${check.human}`;
  const { kind: _, run, timeoutMs, ...rest } = check;
  const limit = timeoutMs === CHECK_TIMEOUT_MS ? [] : [`timeout: ${durationText(timeoutMs)}`];
  const more = Object.entries(rest).filter(([, value]) => !isLeftOut(value))
    .map(([key, value]) => `${key}: ${canonicalJson(value)}`);
  return [run, ...limit, ...more].join("; ");
}

function isLeftOut(value: unknown): boolean {
  if (value === false || value === undefined) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Sorted: an order means nothing here. */
function listText(list: readonly string[]): string | null {
  return list.length === 0 ? null : list.toSorted().join(", ");
}
