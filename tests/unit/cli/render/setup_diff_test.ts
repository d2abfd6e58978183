import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { palette } from "../../../../lib/cli/render/color.ts";
import { diffLines, type DiffStyle } from "../../../../lib/cli/render/setup_diff.ts";
import { visible } from "../../../../lib/cli/render/text.ts";

const PLAIN: DiffStyle = { paint: palette(false), redact: (text) => text };

Deno.test("a change is shown with two lines around it, and nothing else of the file", async () => {
  const before = ["a", "b", "c", "d", "e", "f", ""].join("\n");
  assertEquals(await diffLines(before, before.replace("d", "D"), PLAIN), [
    "@@ -2,5 +2,5 @@",
    " b",
    " c",
    "-d",
    "+D",
    " e",
    " f",
  ]);
  assertEquals(await diffLines(before, before, PLAIN), []);
});

Deno.test("known and likely secrets are hidden, terminal codes of the file are taken out", async () => {
  const before = 'my = "xyzzyxyzzy"\ntoken = "abc123def"\n\x1b[31mred\r\n';
  const style = { ...PLAIN, redact: (text: string) => text.replaceAll("xyzzyxyzzy", "[redacted]") };
  const lines = await diffLines(before, `${before}new = 1\n`, style);
  assertEquals(lines.slice(1), [' token = "…"', " red", "+new = 1"]);
});

Deno.test("of a file that is one long line only the place that differs is shown", async () => {
  const before = `{${'"other": "things of mine", '.repeat(40)}"end": 1}`;
  const [, removed = "", added = ""] = (await diffLines(
    before,
    before.replace('"end": 1', '"ours": true, "end": 1'),
    PLAIN,
  )).filter((line) => !line.startsWith("\\"));
  for (const line of [removed, added]) assert(line.length < 120, line);
  assertStringIncludes(added, '"ours": true');
  assert(added.startsWith("+…"));
});

Deno.test("long new lines go on below, and lose nothing", async () => {
  const names = Array.from({ length: 30 }, (_, at) => `"NAME_${at}"`).join(", ");
  const lines = await diffLines("", `  names = [${names}]\n`, { ...PLAIN, columns: 60 });
  assert(lines.length > 5);
  for (const line of lines) assert(visible(line) <= 60, line);
  for (const line of lines.slice(1)) assert(line.startsWith("+  "), line);
  const text = lines.slice(1).map((line) => line.slice(1).trim()).join(" ");
  assertEquals(text, `names = [${names}]`);
});
