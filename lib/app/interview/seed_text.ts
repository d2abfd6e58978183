import { stringify } from "@std/yaml";
import type { SeedDocument } from "../../engine/seed/seed_document.ts";

/** A seed's document as the text of a file that a person reads and edits. */
export function seedText(document: SeedDocument): string {
  return stringify(document, { lineWidth: 100, skipInvalid: true });
}
