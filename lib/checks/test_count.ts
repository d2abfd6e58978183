/** How runners say how many tests they ran; each gives the numbers to add up. */
const SUMMARIES: readonly RegExp[] = [
  // node --test: TAP, and the spec reporter
  /^(?:# |ℹ )tests (\d+)$/,
  // pytest: "1 failed, 2 passed, 1 skipped in 0.1s"
  /^=* ?(?=.*\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed))((?:\d+ [a-z]+,? ?)+)in [\d.]+s/,
  // unittest
  /^Ran (\d+) tests? in /,
  // cargo test; deno test
  /^running (\d+) tests?\b/,
  // go: one line a package
  /^(?:ok|FAIL)\s+\S+\s+(?:\(cached\)|[\d.]+s)/,
  // jest, vitest: "Tests: 1 failed, 2 passed, 3 total" / "Tests  3 passed (3)"
  /^\s*Tests:?\s+.*?(\d+) total$/,
  /^\s*Tests\s+.*\((\d+)\)$/,
  // mocha
  /^\s*(\d+) (?:passing|failing|pending)\b/,
  // surefire, gradle
  /^(?:\[(?:INFO|ERROR|WARNING)\] )?Tests run: (\d+),(?!.*Time elapsed)/,
];

/**
 * Counts the tests that an output reports, over all its runners' summaries. Undefined: no summary
 * that we know, which is not the same as none.
 */
export class TestCount {
  #count: number | undefined;

  /** Takes a line in plain text. */
  add(line: string): void {
    for (const form of SUMMARIES) {
      const match = form.exec(line);
      if (!match) continue;
      this.#count = (this.#count ?? 0) + numbersIn(match[1]);
      return;
    }
  }

  total(): number | undefined {
    return this.#count;
  }
}

function numbersIn(text: string | undefined): number {
  if (text === undefined) return 1;
  let sum = 0;
  for (const [, number, what] of text.matchAll(/(\d+)(?: ([a-z]+))?/g)) {
    if (what !== "warnings" && what !== "warning" && what !== "deselected") sum += Number(number);
  }
  return sum;
}
