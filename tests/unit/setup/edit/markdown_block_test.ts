import { assert, assertEquals } from "@std/assert";
import { removeBlock, setBlock } from "../../../../lib/setup/edit/markdown_block.ts";
import { forAll, type Pick } from "../../../helpers/pick.ts";

/** Generated files in this file. */
const CASES = 10_000;
const MARKERS = { start: "<!-- ooo:START -->", end: "<!-- ooo:END -->" };
const BODY = "<!-- ooo:VERSION:1.0.0 -->\nUse `ooo run`.\n\n```sh\nooo run\n```";

Deno.test("in any Markdown a block is set, set again for nothing, and undone to the byte", () => {
  forAll("Markdown", CASES, (pick) => {
    const text = markdownText(pick);
    const set = setBlock(text, MARKERS, BODY);
    assert(set.ok, JSON.stringify([text, set]));
    const again = setBlock(set.text, MARKERS, BODY);
    assert(again.ok);
    assertEquals([again.text, again.changed], [set.text, false]);
    const removed = removeBlock(set.text, MARKERS, { undo: set.undo });
    assert(removed.ok);
    assertEquals(removed.text, text);
    for (const add of [(one: string) => `above\n\n${one}`, (one: string) => `${one}\nbelow\n`]) {
      const later = removeBlock(add(set.text), MARKERS, { undo: set.undo });
      assert(later.ok);
      assertEquals(later.text, add(text));
    }
    const newer = setBlock(set.text, MARKERS, "other");
    assert(newer.ok);
    const both = removeBlock(newer.text, MARKERS, { undo: [...set.undo, ...newer.undo] });
    assert(both.ok);
    assertEquals(both.text, text);
  });
});

function markdownText(pick: Pick): string {
  const parts = Array.from({ length: pick.upTo(5) }, () =>
    pick.of([
      "# Title",
      "",
      "text `<!-- ooo:START -->` text",
      "```\n<!-- ooo:START -->\n```",
      "~~~~md\n```\n<!-- ooo:END -->\n~~~~",
      "<!-- other:START -->\nx\n<!-- other:END -->",
      "- a\n  - b",
      "é — ü",
      "  ",
      "<!-- ooo:START --> and more",
    ]));
  const newline = pick.oneIn(4) ? "\r\n" : "\n";
  const end = pick.of(["", "\n", "\n\n", "\n  \n"]);
  return (pick.oneIn(8) ? "\ufeff" : "") + (parts.join("\n") + end).replaceAll("\n", newline);
}

Deno.test("files as people have them get the block at the end, former ones in its place", () => {
  const folder = new URL("../../../fixtures/setup/markdown/", import.meta.url);
  for (const { name } of Deno.readDirSync(folder)) {
    const text = Deno.readTextFileSync(new URL(name, folder));
    const set = setBlock(text, MARKERS, "ours\n");
    assert(set.ok, name);
    const block = `${MARKERS.start}\nours\n${MARKERS.end}`;
    if (name === "former.md") {
      assertEquals(set.text, `# Notes\n\n${block}\n\nAfter it.\n`);
    } else {
      assert(set.text.startsWith(text) && set.text.trimEnd().endsWith(block), name);
      assertEquals(set.text.endsWith("\n"), text.endsWith("\n") || text === "", name);
    }
    const removed = removeBlock(set.text, MARKERS, { undo: set.undo });
    assert(removed.ok);
    assertEquals(removed.text, text, name);
  }
});

Deno.test("half a block, a doubled one and an open code block are problems with their line", () => {
  const texts: [string, number][] = [
    ["a\n<!-- ooo:START -->\nb\n", 2],
    ["a\n\n<!-- ooo:END -->\n", 3],
    ["<!-- ooo:START -->\n<!-- ooo:END -->\n<!-- ooo:START -->\n<!-- ooo:END -->\n", 3],
    ["<!-- ooo:START -->\n<!-- ooo:START -->\n<!-- ooo:END -->\n", 2],
    ["a\n```sh\nb\n", 2],
  ];
  for (const [text, line] of texts) {
    const result = setBlock(text, MARKERS, "x");
    assert(!result.ok, text);
    assertEquals([result.problem.code, result.problem.line], ["shape", line], text);
  }
});

Deno.test("a block that somebody changed stays unless it is forced; one without a receipt goes", () => {
  const set = setBlock("mine\n", MARKERS, "ours");
  assert(set.ok);
  const changed = set.text.replace("ours", "theirs");
  const kept = removeBlock(changed, MARKERS, { undo: set.undo });
  assert(!kept.ok);
  assertEquals([kept.problem.code, kept.problem.line], ["changed", 3]);
  for (const options of [{ undo: set.undo, force: true }, {}]) {
    const gone = removeBlock(changed, MARKERS, options);
    assert(gone.ok);
    assertEquals(gone.text, "mine\n\n");
  }
});
