import { isAlias, isCollection, isScalar } from "yaml";

/** Beginning and end of a node, without its anchor, tag and the comment behind it. */
export function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (!isScalar(node) && !isCollection(node) && !isAlias(node)) return undefined;
  return node.range ? [node.range[0], node.range[1]] : undefined;
}
