import { assert, assertEquals } from "@std/assert";
import type { EditFormat } from "../../../lib/setup/edit/change.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";
import { withoutEntry } from "../../../lib/setup/without_entry.ts";

const PATH = ["servers", "ours"];
const VALUE = { command: "/opt/ouroboros", args: ["mcp", "serve"] };

function roundTrip(format: EditFormat, text: string): string {
  const set = edit(format, text, [{ op: "set", path: PATH, value: VALUE }]);
  assert(set.ok, JSON.stringify(set));
  const back = withoutEntry(format, set.text, PATH);
  assert(back.ok, JSON.stringify(back));
  return back.text;
}

Deno.test("no blank line and no empty mapping is left, and none is lost, that tells of an entry", () => {
  const texts: Readonly<Record<EditFormat, readonly string[]>> = {
    yaml: ["a: 1\n\nb:\n  c: 1\n", "a: 1\nb: 2\n", "servers: {}\na: 1\n", "a: 1\n\nb: 2\n"],
    toml: ["a = 1\n\n[b]\nc = 1\n", "a = 1\n", "[b]\nc = 1\n[d]\ne = 1\n"],
    jsonc: [
      '{ "servers": {}, "a": 1 }\n',
      '{\n  "servers": {},\n  "a": 1\n}\n',
      '{\n  "a": 1, // mine\n\n  "b": 2\n}\n',
      '{ "a": 1 }\n',
    ],
    json: ['{"servers":{},"a":1}', '{\n  "a": 1\n}\n', '{"a":1}'],
  };
  for (const format of ["yaml", "toml", "jsonc", "json"] as const) {
    for (const text of texts[format]) assertEquals(roundTrip(format, text), text, format);
  }
});

Deno.test("a comment of somebody's does not go with a mapping that would be empty", () => {
  for (
    const [format, text] of [
      ["yaml", "servers: # none yet\na: 1\n"],
      ["jsonc", '{\n  "servers": {\n    // none yet\n  },\n  "a": 1\n}\n'],
    ] as const
  ) {
    assert(roundTrip(format, text).includes("none yet"), format);
  }
});

Deno.test("an entry that somebody laid out anew goes with the mappings that it leaves empty", () => {
  const text = '{"a": 1, "servers": {"ours":   {"command": "/opt/ouroboros"}}}';
  const back = withoutEntry("json", text, PATH);
  assertEquals(back.ok && back.text, '{"a": 1}');
});
