/**
 * Does `work` for each point, a few side by side. Every point is tried, also after a failure; throws
 * the first error, with how many there were.
 */
export async function inLanes<T>(
  points: readonly T[],
  work: (point: T) => Promise<void>,
  { lanes = 2 }: { lanes?: number } = {},
): Promise<void> {
  const left = [...points];
  const errors: { point: T; error: unknown }[] = [];
  const lane = async () => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      const own = point;
      await work(own).catch((error) => errors.push({ point: own, error }));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (errors.length === 0) return;
  const told = errors.map(({ point, error }) => `${JSON.stringify(point)}: ${messageOf(error)}`);
  throw new Error(`${errors.length} of ${points.length} points failed\n${told.join("\n")}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
