/** Most criteria of one run that are worked on at once. */
export const MOST_JOBS = 32;

/** Fewest minutes of a run. */
export const LEAST_MINUTES = 0.01;

/** Most minutes of a run: a week. */
export const MOST_MINUTES = 10_080;

/** Fewest US dollars that a ceiling can be. */
export const LEAST_USD = 0.01;

/** Most US dollars that a ceiling can be. */
export const MOST_USD = 1_000_000;

/** Longest time that a run may wait for limits of a provider: a week, in milliseconds. */
export const MOST_WAIT_MS = 7 * 24 * 3_600_000;
