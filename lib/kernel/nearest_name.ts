/**
 * The known name that `typed` was probably meant to be, or undefined when none is near: at most one
 * slip in three characters, letter case and `-` for `_` being no slip.
 */
export function nearestName(typed: string, known: Iterable<string>): string | undefined {
  const wanted = plain(typed);
  // Far longer than any name: a comparison would cost time and find nothing.
  if (wanted.length > 64) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const distance = slips(wanted, plain(name));
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

/** Edits between two words; two neighbours that changed places are one edit. */
function slips(a: string, b: string): number {
  const row = (i: number) => Array.from({ length: b.length + 1 }, (_, j) => i === 0 ? j : 0);
  let before: number[] = [];
  let above = row(0);
  for (let i = 1; i <= a.length; i++) {
    const here = row(i);
    here[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(above[j]! + 1, here[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, before[j - 2]! + 1);
      }
      here[j] = least;
    }
    [before, above] = [above, here];
  }
  return above[b.length]!;
}
