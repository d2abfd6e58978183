import { stringify } from "@std/yaml";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { parseDocument } from "../../engine/seed/parse_document.ts";
import { edit } from "../../setup/edit/edit.ts";

/** Who a seed is, and which one it was made from. */
export interface SeedIdentity {
  id: string;
  from: string;
}

/**
 * A seed's text with another id, and the id of the seed that it was made from. Comments and layout
 * stay where the text has a form that can be edited in its place. The text must load.
 */
export function renamedSeed(text: string, { id, from }: SeedIdentity): string {
  const metadata = { seed_id: id, parent_seed_id: from };
  const format = /^\s*\{/.test(text) ? "json" : "yaml";
  const result = edit(
    format,
    text,
    Object.entries(metadata).map(([key, value]) => ({
      op: "set",
      path: ["metadata", key],
      value,
      instead: true,
    })),
  );
  if (result.ok && says(result.text, id, from)) return result.text;
  // Written in a form that no editor of ours takes (merge keys, JSON with comments, one line).
  const { document } = parseDocument(new TextEncoder().encode(text), id);
  const own = document.metadata;
  const kept = typeof own === "object" && own !== null && !Array.isArray(own) ? own : {};
  return stringify({ ...document, metadata: { ...kept, ...metadata } }, {
    ...{ lineWidth: 100, schema: "core", useAnchors: false },
  });
}

function says(text: string, id: string, from: string): boolean {
  try {
    const { metadata } = loadSeed(new TextEncoder().encode(text), { name: id }).seed;
    return metadata.seed_id === id && metadata.parent_seed_id === from;
  } catch {
    // What was edited no longer loads: the other way writes the whole anew.
    return false;
  }
}
