import fc from "fast-check";

/** Choices that a generated text is made of; fast-check makes them, so that a failure shrinks. */
export interface Pick {
  /** 0 … max. */
  upTo(max: number): number;
  /** True in about one of `every` cases. */
  oneIn(every: number): boolean;
  of<T>(choices: readonly T[]): T;
  /** A word that occurs once in the whole text: `word7`. */
  word(kind: string): string;
}

/** Runs `body` for `cases` generated choices; says how many there were. */
export function forAll(name: string, cases: number, body: (pick: Pick) => void): void {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      let words = 0;
      body({
        upTo: (max) => g(fc.nat, max),
        oneIn: (every) => g(fc.nat, every - 1) === every - 1,
        of: (choices) => choices[g(fc.nat, choices.length - 1)]!,
        word: (kind) => `${kind}${words++}`,
      });
    }),
    { numRuns: cases },
  );
  console.log(`${name}: ${cases.toLocaleString("en-US")} generated files`);
}
