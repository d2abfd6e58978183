/** A path of a criterion's work that the checks of another criterion protect. */
export interface GuardedPath {
  path: string;
  /** The other one: its checks are run with that path as it is on the base. */
  criterion: string;
}

/** Says which: "changes what criterion b protects: tests/t.sh". At most five are named. */
export function guardedText(paths: readonly GuardedPath[]): string {
  const owners = [...new Set(paths.map((one) => one.criterion))].join(", ");
  const named = paths.slice(0, 5).map((one) => one.path).join(", ");
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
  return `changes what criterion ${owners} protects: ${named}${more}`;
}
