/** Protected paths that an attempt had changed, and that are in its work as they were before it. */
export interface PutBack {
  /** By name, at most {@link NAMED_PUT_BACK}; what only a hidden check protects is not named. */
  paths: readonly string[];
  /** How many there are beside those. */
  more: number;
}

/** So many paths are named. */
export const NAMED_PUT_BACK = 50;

/** Says what was put back: "put back: tests/t.sh and 2 more (protected)". */
export function putBackText({ paths, more }: PutBack): string {
  const rest = paths.length === 0 ? `${more} ${more === 1 ? "file" : "files"}` : `${more} more`;
  const named = paths.join(", ");
  const all = more === 0 ? named : paths.length === 0 ? rest : `${named} and ${rest}`;
  return `put back: ${all} (protected)`;
}
