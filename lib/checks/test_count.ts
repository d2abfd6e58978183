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
  /^\s*(\d+) (?:passing|failing)\b/,
  // surefire, gradle
  /^(?:\[(?:INFO|ERROR|WARNING)\] )?Tests run: (\d+),(?!.*Time elapsed)/,
];

/**
 * How they say how many of those were skipped. Node's has none that code under test can bring about:
 * only a test can skip itself there.
 */
const SKIPPED: readonly RegExp[] = [
  // unittest
  /^(?:OK|FAILED) \(.*\bskipped=(\d+)/,
  // cargo test; deno test
  /^(?:test result: |(?:ok|FAILED) \|).*?\b(\d+) ignored\b/,
  // jest, vitest
  /^\s*Tests:?\s+.*?\b(\d+) (?:skipped|pending)\b.*(?:total|\(\d+\))$/,
  // surefire, gradle
  /^(?:\[(?:INFO|ERROR|WARNING)\] )?Tests run: (?!.*Time elapsed).*\bSkipped: (\d+)/,
];

/**
 * Counts the tests that an output reports as run, over all its runners' summaries: a skipped one did
 * not run. Undefined: no summary that we know, which is not the same as none.
 */
export class TestCount {
  #count: number | undefined;
  #skipped = 0;

  /** Takes a line in plain text. */
  add(line: string): void {
    for (const form of SKIPPED) this.#skipped += Number(form.exec(line)?.[1] ?? 0);
    for (const form of SUMMARIES) {
      const match = form.exec(line);
      if (!match) continue;
      this.#count = (this.#count ?? 0) + numbersIn(match[1]);
      return;
    }
  }

  total(): number | undefined {
    return this.#count === undefined ? undefined : Math.max(0, this.#count - this.#skipped);
  }
}

/** Numbers in pytest's summary that are not of tests that ran. */
const NOT_RUN: ReadonlySet<string> = new Set(["warnings", "warning", "deselected", "skipped"]);

function numbersIn(text: string | undefined): number {
  if (text === undefined) return 1;
  let sum = 0;
  for (const [, number, what] of text.matchAll(/(\d+)(?: ([a-z]+))?/g)) {
    if (!NOT_RUN.has(what ?? "")) sum += Number(number);
  }
  return sum;
}
