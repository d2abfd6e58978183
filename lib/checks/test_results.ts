import type { TestResults } from "../kernel/check_run.ts";

/** How one test ended. */
export type TestEnd = "passed" | "failed" | "skipped";

/** More tests than this are not kept one by one. */
export const MOST_TESTS = 20_000;
const NAME_CHARACTERS = 300;

/** Collects how tests ended; of several ends of one name, the worst counts. */
export class TestCollector {
  readonly #ends = new Map<string, TestEnd>();

  add(name: string, end: TestEnd): void {
    const key = name.replace(/\s+/g, " ").trim().slice(0, NAME_CHARACTERS);
    const known = this.#ends.get(key);
    if (known === undefined && this.#ends.size >= MOST_TESTS) return;
    const worse = known === undefined || end === "failed" ||
      (end === "skipped" && known === "passed");
    if (worse) this.#ends.set(key, end);
  }

  get full(): boolean {
    return this.#ends.size >= MOST_TESTS;
  }

  /** Undefined where there is none, or more than can be kept. */
  results(): TestResults | undefined {
    if (this.#ends.size === 0 || this.full) return undefined;
    const of = (end: TestEnd) =>
      [...this.#ends].filter(([, one]) => one === end).map(([name]) => name).sort();
    return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
  }
}
