import { z } from "zod";

/**
 * What an archive's JSON files must be before anything is taken from them: they come from anybody.
 * Unknown keys are let through, as a later version may have more to tell.
 */

const text = z.string();
const count = z.number().int().nonnegative();
const treeId = text.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "names no tree");
const control = z.enum(["full", "partial", "missed", "none"]);

const Run = z.looseObject({
  verdict: z.enum(["pass", "fail", "cannot_run"]),
  exit: z.number().int().nullable(),
  testsRan: count.optional(),
  cannotRun: text.optional(),
  flaky: z.looseObject({ passed: count, of: count }).optional(),
  tests: z.looseObject({ passed: count, failed: count, skipped: count }).optional(),
  network: z.enum(["walled", "open"]).optional(),
});

const Check = z.looseObject({
  digest: text,
  kind: z.enum(["command", "human"]),
  hidden: z.boolean(),
  preserve: z.boolean(),
  command: text.nullable(),
  base: Run.nullable(),
  work: Run.nullable(),
  control: z.looseObject({ state: control, reason: text, sources: text.nullable() }).nullable(),
});

const Replayable = z.looseObject({
  seed: z.looseObject({ id: text, digest: text }),
  criterion: z.looseObject({ id: text, description: text }),
  baseTree: treeId,
  tree: treeId.nullable(),
  prepare: text.nullable(),
  checks: z.array(Check),
  decision: z.looseObject({
    state: z.enum(["passed", "failed", "unverified", "accepted"]),
    reason: text,
  }),
  control,
});

const amount = z.number().nonnegative().optional();

const Claimed = z.looseObject({
  runtime: text,
  version: text.nullable(),
  model: text.nullable(),
  argv: z.array(text),
  permission: z.looseObject({ asked: text, effective: text, confinement: text }),
  sessionId: text.nullable(),
  attempts: count,
  usage: z.looseObject({
    inputTokens: amount,
    cachedInputTokens: amount,
    cacheWriteTokens: amount,
    outputTokens: amount,
    reasoningTokens: amount,
    costUsd: amount,
  }),
  startedAt: text.nullable(),
  endedAt: text.nullable(),
  durationMs: z.number(),
  lastWords: text,
  putBack: z.looseObject({ paths: z.array(text), more: count }).optional(),
  toolchains: z.array(text).optional(),
  links: z.array(z.looseObject({ path: text, target: text })).optional(),
  wall: text,
  accepted: z.looseObject({ by: text, reason: text, at: text, tree: text.nullable() }).nullable(),
});

/** `receipts/N.json`. */
const ReceiptShape = z.looseObject({
  format: z.literal("ouroboros-receipt"),
  version: z.literal(1),
  replayable: Replayable,
  claimed: Claimed,
  signature: z.null(),
});

/** `manifest.json`. */
const ManifestShape = z.looseObject({
  format: z.literal("ouroboros-receipts"),
  version: z.literal(1),
  digest: text,
  project: z.looseObject({
    prefix: text.refine(isFolderBelow, "is no folder of a repository"),
    objectFormat: z.enum(["sha1", "sha256"]),
    settings: z.record(text, text),
  }),
  branch: z.looseObject({ tree: treeId, criteria: z.array(text) }).nullable().optional(),
  carry: z.array(text),
  env: z.array(text),
  strict: z.boolean(),
  hidden: count,
  receipts: z.array(z.looseObject({
    file: text.regex(/^receipts\/\d+\.json$/, "is no place of a receipt"),
    criterion: text,
    digest: text,
  })),
  claimed: z.looseObject({ run: text, seedName: text, exportedAt: text, version: text }),
});

/** "" or "packages/api/": nothing that leads out. */
function isFolderBelow(prefix: string): boolean {
  if (prefix === "") return true;
  const parts = prefix.split("/");
  return parts.pop() === "" && parts.every((part) => !["", ".", ".."].includes(part));
}

/** What is wrong with a receipt's shape, its place first; undefined where nothing is. */
export function receiptTrouble(value: unknown): string | undefined {
  return troubleOf(ReceiptShape, value);
}

/** What is wrong with a manifest's shape, its place first; undefined where nothing is. */
export function manifestTrouble(value: unknown): string | undefined {
  return troubleOf(ManifestShape, value);
}

function troubleOf(shape: z.ZodType, value: unknown): string | undefined {
  const issue = shape.safeParse(value).error?.issues[0];
  if (issue === undefined) return undefined;
  const place = issue.path.map(String).join(".");
  return `${place === "" ? "" : `"${place}": `}${issue.message}`;
}
