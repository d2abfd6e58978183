import type { RuntimeLimits } from "../definition.ts";

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * Limits that suit a coding agent which speaks while it works. Silence is judged late, and only
 * where its processes rest too: a model that thinks without a word for ten minutes looks like that
 * and is work (spec/field.md #1232, #1519), and nothing is paid for waiting.
 */
export const WORKER_LIMITS: RuntimeLimits = {
  startMs: 3 * MINUTE_MS,
  idleMs: 20 * MINUTE_MS,
  totalMs: 60 * MINUTE_MS,
  outputBytes: 256 * MIB,
  lineBytes: 32 * MIB,
  promptBytes: 4 * MIB,
  parallel: 3,
};
