import type { Loss } from "./truth_task.ts";

/** Wrong work that knows the check's values; only other values tell. */
export const BY_HEART: Loss = {
  ways: ["plain", "protect", "strict"],
  why: "It knows the values that the check asks for",
  helps: "a hidden check with other values",
};

/** Wrong work that replaces what the test compares with, in the same process. */
export const COMPARES_ITSELF: Loss = {
  ways: ["plain", "protect"],
  why: "It replaces what the test compares with, in the test's own process",
  helps: "`--strict`, or `expect`, which compares outside of the process",
};

/** Wrong work that ends the test's process well before the test could say no. */
export const ENDS_EARLY: Loss = {
  ways: ["plain", "protect"],
  why: "It ends the test's process with success before the test can say no; `control: partial`",
  helps: "`--strict`, or a last line that `expect` wants",
};

/** Wrong work on the files of a check that nothing protects. */
export const UNPROTECTED: Loss = {
  ways: ["plain"],
  why: "It changes the check's own files, and nothing protects them",
  helps: "`protect`",
};

/** Wrong work that the runner meets before the tests, where nothing says which files are the tests. */
export const UNKNOWN_SOURCES: Loss = {
  ways: ["plain"],
  why: "Neither command nor `protect` names the check's own files: there is no control",
  helps: "`protect`",
};

/** Wrong work that leaves a build result by hand, which the build then keeps. */
export const BUILT_BY_HAND: Loss = {
  ways: ["plain", "protect"],
  why:
    "It hands in a build result made by hand, and the build keeps what is there; `control: partial`",
  helps: "`--strict`, or `protect` on the build's folder too (what was not there is removed)",
};

/** Wrong work that a control finds, but that might be right work under an odd check. */
export const SAYS_YES_ANYWAY: Loss = {
  ways: ["plain", "protect"],
  why: "It says what the check wants to hear whatever the check's own file says",
  helps: "`--strict`",
};

/** Wrong work that is all that a check asks for, because it asks for too little. */
export const ASKS_LITTLE: Loss = {
  ways: ["plain", "protect", "strict"],
  why: "The check asks for less than is wanted, and nothing tells",
  helps: "one more check, hidden or not",
};
