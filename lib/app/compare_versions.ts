/** Compares dotted versions number by number; words behind a dash or a blank do not count. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  return version.split(/[-+ ]/)[0]!.split(".").map((part) => Number.parseInt(part, 10) || 0);
}
