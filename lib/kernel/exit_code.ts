/** Exit codes of the program; documented in the README and tested one by one. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  needsInput: 4,
  checkSaidNo: 5,
  missing: 6,
  cancelled: 7,
  timeLimit: 8,
  undecided: 9,
  /** Of `ouroboros ooo` alone: the prompt is for the model. */
  notOurs: 78,
} as const;

/** One of the documented exit codes. */
export type ExitCode = typeof EXIT[keyof typeof EXIT];
