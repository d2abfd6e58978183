/** The README says what the program is, not what it was. */
import { assert, assertEquals } from "@std/assert";
import { withCapabilities } from "../../.ci/readme.ts";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { EXIT } from "../../lib/kernel/exit_code.ts";

const README = await Deno.readTextFile(new URL("../../README.md", import.meta.url));

Deno.test("the README's capability table is the registry's (else: deno run -A .ci/readme.ts)", () => {
  // The formatter widens columns and breaks lines; the words are what counts, table by table.
  const words = (text: string) => text.replaceAll(/[\s|-]+/g, " ").split(/(?<=[.*`]) (?=[*`A-Z])/);
  assertEquals(words(README), words(withCapabilities(README)));
});

Deno.test("the README names every exit code, and no other", () => {
  const named = [...README.matchAll(/^\| (\d+) +\| /gm)].map((match) => Number(match[1]));
  assertEquals(named, Object.values(EXIT).toSorted((a, b) => a - b));
});

Deno.test("every command that the README types exists", () => {
  const typed = [...README.matchAll(/\bouroboros ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)];
  const words = typed.filter(([all]) => !/ouroboros (is|lets|itself|keeps|has)\b/.test(all));
  assert(words.length > 10);
  const names = COMMANDS.map((command) => command.name);
  for (const [all, one = "", two = ""] of words) {
    assert(names.includes(one) || names.includes(`${one} ${two}`), `README: "${all}"`);
  }
});
