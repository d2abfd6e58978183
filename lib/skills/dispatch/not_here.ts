/** Something that the earlier system had under a word of `ooo`, and this one has not. */
export interface NotHere {
  words: readonly string[];
  /** What cannot be done, behind "this version cannot". */
  deed: string;
  /** What there is instead, to be pasted; left out where there is nothing. */
  instead?: string;
}

/** Words that people know and that have nothing behind them, so that they are told so in one line. */
export const NOT_HERE: readonly NotHere[] = [
  {
    words: ["evaluate", "eval"],
    deed: "judge a piece of work by a model; checks decide",
    instead: "ouroboros check SEED",
  },
  { words: ["qa"], deed: "score a piece of work by a model", instead: "ouroboros check SEED" },
  {
    words: ["drift"],
    deed: "measure drift by a model; a run's checks say what holds",
    instead: "ouroboros status",
  },
  { words: ["evolve"], deed: "change a seed from one generation to the next" },
  {
    words: ["ralph"],
    deed: "repeat generations until one passes; a run tries each criterion several times",
    instead: "ouroboros run SEED --tries 5",
  },
  { words: ["pm"], deed: "hold an interview about a product", instead: "ouroboros interview IDEA" },
  {
    words: ["brownfield"],
    deed: "keep a list of repositories; an interview looks at the one that it is begun in",
    instead: "ouroboros interview IDEA",
  },
  { words: ["publish"], deed: "make issues of a seed" },
];
