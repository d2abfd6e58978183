/**
 * Writes `docs/runtimes/ID.md` from the definitions: `deno run -A .ci/runtime_pages.ts`. A fitness
 * test compares.
 */
import { REGISTRY, runtimePage } from "../lib/runtimes/mod.ts";

const FOLDER = new URL("../docs/runtimes/", import.meta.url);

/** Each external runtime's page by its file name. */
export function pages(): Map<string, string> {
  return new Map(
    REGISTRY.all.filter((one) => one.binary.kind === "external")
      .map((one) => [`${one.id}.md`, runtimePage(one)]),
  );
}

if (import.meta.main) {
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const [name, text] of pages()) await Deno.writeTextFile(new URL(name, FOLDER), text);
}
