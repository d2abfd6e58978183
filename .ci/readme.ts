/** Writes the generated part of README.md: `deno run -A .ci/readme.ts`. A fitness test compares. */
import { REGISTRY } from "../lib/runtimes/mod.ts";

const START = "<!-- capabilities: generated from lib/runtimes; deno task test compares -->\n";
const END = "<!-- /capabilities -->";

/** README.md with the registry's present table in its place. Throws where the marks are missing. */
export function withCapabilities(readme: string): string {
  const from = readme.indexOf(START);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error("README.md: the marks of the table are missing");
  const table = REGISTRY.capabilityTable().trimEnd();
  return `${readme.slice(0, from + START.length)}\n${table}\n\n${readme.slice(to)}`;
}

if (import.meta.main) {
  const file = new URL("../README.md", import.meta.url);
  await Deno.writeTextFile(file, withCapabilities(await Deno.readTextFile(file)));
}
