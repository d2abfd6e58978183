/** One line of the table: what was measured, beside what it is compared with. */
export interface BenchRow {
  what: string;
  /** Ours, with its unit. */
  ours: string;
  /** What it is compared with, and its value; empty where the aim is a plain number. */
  reference: string;
  /** Ours against the reference, or against the aim; null where there is none. */
  ratio: number | null;
  aim: string;
  /** Whether the aim is met; null where there is none. */
  met: boolean | null;
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Times two works in turns, so that both meet the same moods of the machine; medians, ms. */
export async function timeInTurns(
  times: number,
  ours: () => Promise<unknown>,
  reference: () => Promise<unknown>,
): Promise<{ oursMs: number; referenceMs: number }> {
  const taken: [number[], number[]] = [[], []];
  for (let turn = 0; turn < times; turn++) {
    taken[0].push(await timed(ours));
    taken[1].push(await timed(reference));
  }
  return { oursMs: median(taken[0]), referenceMs: median(taken[1]) };
}

/** How long one work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Milliseconds as text, with the digits that mean something. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** A row whose aim is a highest ratio. */
export function ratioRow(
  what: string,
  parts: { oursMs: number; referenceMs: number; reference: string; most: number },
): BenchRow {
  const ratio = parts.oursMs / parts.referenceMs;
  return {
    what,
    ours: ms(parts.oursMs),
    reference: `${parts.reference}: ${ms(parts.referenceMs)}`,
    ratio,
    aim: `at most ${parts.most}x`,
    met: ratio <= parts.most,
  };
}
