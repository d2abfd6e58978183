import { join } from "@std/path";
import type { App } from "./app.ts";

/** Where a user's own bundles lie, one folder each. Nothing is made by asking. */
export function ownSkillsDir({ paths }: Pick<App, "paths">): string {
  return join(paths.root, "skills");
}
