/** The pages about the runtimes say what the definitions say. */
import { assertEquals } from "@std/assert";
import { pages } from "../../.ci/runtime_pages.ts";

const FOLDER = new URL("../../docs/runtimes/", import.meta.url);

/** The formatter breaks lines and escapes; the words are what counts. */
function words(text: string): string {
  return text.replaceAll(/[\s\\]+/g, " ").trim();
}

Deno.test("docs/runtimes holds one page a runtime, true to it (else: deno run -A .ci/runtime_pages.ts)", () => {
  const there = [...Deno.readDirSync(FOLDER)].map((entry) => entry.name).sort();
  assertEquals(there, [...pages().keys()].sort());
  for (const [name, text] of pages()) {
    assertEquals(words(Deno.readTextFileSync(new URL(name, FOLDER))), words(text), name);
  }
});
