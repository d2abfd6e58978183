import { OuroborosError } from "../kernel/error.ts";

/** How many of our programs may stand in a chain that starts one another. */
export const MAX_DEPTH = 5;

/** Variable that counts how many starts of ours stand above a process. */
export const DEPTH_NAME = "_OUROBOROS_DEPTH";

/** Variable that names them, outermost first, joined with ">". */
export const CHAIN_NAME = "_OUROBOROS_CHAIN";

/** Reads a depth from a variable's text: absent, junk and negative count as 0. */
export function parseDepth(text: string | undefined): number {
  if (text === undefined || !/^[0-9]{1,9}$/.test(text)) return 0;
  return Number(text);
}

/** Reads a chain from a variable's text; absent and empty give none. */
export function parseChain(text: string | undefined): string[] {
  return (text ?? "").split(">").map(chainLabel).filter((label) => label !== "").slice(-16);
}

/** The chain as a variable's value: labels are stripped of what would break it. */
export function formatChain(labels: readonly string[]): string {
  return labels.map(chainLabel).filter((label) => label !== "").slice(-16).join(">");
}

/** Throws `depth_exceeded`, naming the chain, when `depth` has reached `limit`. */
export function refuseDepth(
  depth: number,
  limit: number,
  names: { chain: readonly string[]; label: string },
): void {
  if (depth < limit) return;
  const chain = [...names.chain, names.label].map(chainLabel).join(" > ");
  throw new OuroborosError({
    code: "depth_exceeded",
    message: `Start "${names.label}": ${depth} starts of ours already stand above it: ${chain}`,
    hint: "Find what starts ouroboros from inside an agent that ouroboros started",
  });
}

function chainLabel(label: string): string {
  // deno-lint-ignore no-control-regex -- a label must not break the chain, or the message that shows it
  return label.replace(/[\x00-\x1f\x7f>]+/g, " ").trim().slice(0, 64);
}
