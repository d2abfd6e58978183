import { z } from "zod";

const digest = z.string().regex(/^[0-9a-f]{64}$/).nullable();

const planSchema = z.strictObject({
  version: z.literal(1),
  token: z.string().regex(/^[0-9a-f]{8,64}$/),
  steps: z.array(z.strictObject({ path: z.string(), before: digest, after: digest })),
  made: z.array(z.string()),
  emptied: z.array(z.string()),
});

const phaseSchema = z.strictObject({ phase: z.enum(["committing", "rolling_back", "done"]) });

/** Who works on it; the last one that signed does. */
const signSchema = z.strictObject({ pid: z.number().int().positive() });

/** What a transaction is about to do: enough to complete it or take it back. */
export type PendingPlan = z.infer<typeof planSchema>;

/** How far a transaction came; `staging`: no file has been touched. */
export type PendingPhase = "staging" | z.infer<typeof phaseSchema>["phase"];

/** What a record says. */
export interface PendingRecord {
  /** Undefined: it was cut off before anything was done. */
  plan?: PendingPlan;
  phase: PendingPhase;
  /** Who signed it last; null where nobody did. */
  pid: number | null;
}

/** Where the record lies in our own folder. */
export function pendingPath(root: string): string {
  return `${root}/install.pending.json`;
}

/** Reads a record. Throws what is wrong with it. */
export function parsePending(text: string): PendingRecord {
  // A line without its end was cut off while it was written: what it announces was not begun.
  const [first, ...rest] = text.split("\n").slice(0, -1);
  if (first === undefined) return { phase: "staging", pid: null };
  const plan = planSchema.parse(JSON.parse(first));
  const lines = rest.map((line) => z.union([phaseSchema, signSchema]).parse(JSON.parse(line)));
  const phases = lines.flatMap((line) => "phase" in line ? [line.phase] : []);
  const pids = lines.flatMap((line) => "pid" in line ? [line.pid] : []);
  return { plan, phase: phases.at(-1) ?? "staging", pid: pids.at(-1) ?? null };
}

/** Lines of a record as bytes. */
export function encodeLines(lines: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
