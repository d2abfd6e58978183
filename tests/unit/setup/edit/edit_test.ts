import { assert, assertEquals } from "@std/assert";
import { decodeText } from "../../../../lib/setup/edit/decode_text.ts";
import type { Change, EditFormat, EditValue } from "../../../../lib/setup/edit/change.ts";
import { edit, readEntry } from "../../../../lib/setup/edit/edit.ts";
import type { EditProblem } from "../../../../lib/setup/edit/edit_problem.ts";
import { undoEdit } from "../../../../lib/setup/edit/undo_edit.ts";
import { keepsPromises } from "../../../helpers/edit_promises.ts";

const FIXTURES = new URL("../../../fixtures/setup/", import.meta.url);
const PARENT = { yaml: "mcp_servers", toml: "mcp_servers", jsonc: "mcp", json: "mcpServers" };
const ENTRY = {
  command: "/home/ada/.local/bin/ouroboros",
  args: ["mcp", "serve"],
  env: { A: "1" },
};

Deno.test("files as people have them: set once, kept otherwise, undone to the byte", () => {
  let cases = 0;
  for (const format of ["yaml", "toml", "jsonc", "json"] as const) {
    for (const { name, isFile } of Deno.readDirSync(new URL(`${format}/`, FIXTURES))) {
      if (!isFile || name.includes("former")) continue;
      const original = Deno.readTextFileSync(new URL(`${format}/${name}`, FIXTURES));
      const crlf = original.replaceAll("\n", "\r\n");
      for (
        const text of [original, crlf, original.trimEnd(), crlf.trimEnd(), "\ufeff" + original]
      ) {
        cases++;
        const change: Change = { op: "set", path: [PARENT[format], "ouroboros"], value: ENTRY };
        const after = keepsPromises(format, text, [change]);
        assertEquals(after.includes("\r\n"), text.includes("\r\n"), name);
        if (text.includes("\r\n")) assert(!after.replaceAll("\r\n", "").includes("\n"), name);
        assertEquals(after.startsWith("\ufeff"), text.startsWith("\ufeff"), name);
        assertEquals(after.endsWith("\n"), text.endsWith("\n"), name);
        // Every line of the file is there, in order; one may have got a comma.
        let at = 0;
        for (const line of text.split(/\r?\n/)) {
          // A mapping on one line is written into, a null is filled.
          if (/mcp.*(\}|null)/i.test(line)) continue;
          const bare = line.replace(/,?\s*(#|\/\/).*$/, "");
          at = after.indexOf(bare, at);
          assert(at !== -1, `${name}: ${line}`);
        }
      }
    }
  }
  console.log(`${cases} files of real shapes`);
});

Deno.test("a former entry is brought up to date, what its owner added stays", () => {
  const drop: Change[] = ["OUROBOROS_AGENT_RUNTIME", "OUROBOROS_LLM_BACKEND"].map((name) => ({
    op: "remove",
    path: ["mcp_servers", "ouroboros", "env", name],
    emptyParents: 1,
  }));
  const entry = { command: "/bin/ouroboros", args: ["mcp", "serve"] };
  const toml = fixture("toml/codex_former.toml");
  const after = keepsPromises("toml", toml, [
    { op: "set", path: ["mcp_servers", "ouroboros"], value: entry },
    ...drop,
  ]);
  assertEquals(
    after,
    toml.replace('command = "uvx"', 'command = "/bin/ouroboros"')
      .replace('["--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"]', '["mcp", "serve"]')
      .replace(/^OUROBOROS_.*\n/gm, ""),
  );
  const yaml = fixture("yaml/hermes_former.yaml");
  assertEquals(
    keepsPromises("yaml", yaml, [{ op: "set", path: ["mcp_servers", "ouroboros"], value: entry }]),
    yaml.replace("command: uvx", 'command: "/bin/ouroboros"')
      .replace(/ {4}- --from\n( {4}- .*\n)+/, '    - "mcp"\n    - "serve"\n'),
  );
});

Deno.test("a scalar is set in its own quotes, its comment stays", () => {
  const text = fixture("yaml/ouroboros_config.yaml");
  assertEquals(
    keepsPromises("yaml", text, [
      { op: "set", path: ["orchestrator", "runtime_backend"], value: "hermes" },
      { op: "set", path: ["orchestrator", "hermes_cli_path"], value: "/opt/h/hermes" },
    ]),
    text.replace('"claude"   #', '"hermes"   #')
      .replace("max_tries: 3\n", 'max_tries: 3\n  hermes_cli_path: "/opt/h/hermes"\n'),
  );
});

Deno.test("an approval is added to a list of a person's and taken out of it again", () => {
  const text = fixture("json/settings.json");
  const item = "mcp__ouroboros";
  const path = ["permissions", "allow"];
  const added = keepsPromises("json", text, [{ op: "add_item", path, item }]);
  assertEquals(added, text.replace('"Read(~/.zshrc)"]', '"Read(~/.zshrc)", "mcp__ouroboros"]'));
  const removed = edit("json", added, [{ op: "remove_item", path, item }]);
  assert(removed.ok);
  assertEquals(removed.text, text);
  const absent = edit("json", text, [{ op: "remove_item", path: ["permissions", "ask"], item }]);
  assert(absent.ok && !absent.changed);
});

Deno.test("what stands at a path is read: nothing, null, or a value with its place", () => {
  const text = "a:\nb:\n  c: {d: 1}\n";
  assertEquals(readEntry("yaml", text, ["x", "y"]), { ok: true, state: "absent" });
  assertEquals(readEntry("yaml", text, ["a"]), { ok: true, state: "null" });
  assertEquals(readEntry("yaml", text, ["b", "c"]), {
    ok: true,
    state: "present",
    value: new Map([["d", 1]]),
    line: 3,
    column: 3,
  });
});

/** Texts that are no place for an entry, with the problem and the line and column, if there are. */
const BAD: Readonly<Record<EditFormat, readonly [string, EditProblem["code"], string?][]>> = {
  yaml: [
    ["mcp_servers: []\n", "shape", "1:1"],
    ["x: 1\nmcp_servers: text\n", "shape", "2:1"],
    ["mcp_servers: 12\n", "shape", "1:1"],
    ["mcp_servers: true\n", "shape", "1:1"],
    ["mcp_servers:\n- a\n", "shape", "1:1"],
    ["mcp_servers:\n  ouroboros: text\n", "shape", "2:3"],
    ["mcp_servers:\n  ouroboros: [a]\n", "shape", "2:3"],
    ["text\n", "shape", "1:1"],
    ["12\n", "shape", "1:1"],
    ["- a\n- b\n", "shape", "1:1"],
    ["a: 1\na: 2\n", "duplicate_key", "2:1"],
    ["mcp_servers: {}\nmcp_servers: {}\n", "duplicate_key", "2:1"],
    ["a: 1\n\tb: 2\n", "syntax", "2:1"],
    ["a: [1\n", "syntax", "2:1"],
    ['a: "x\n', "syntax", "2:1"],
    ["a: b: c\n", "syntax", "1:4"],
    ["a: 1\n---\nb: 2\n", "syntax", "2:1"],
    ["a: *b\n", "syntax"],
    ["a: &b\n  c: *b\n", "syntax"],
    ["x: &a {}\nmcp_servers: *a\n", "layout", "2:1"],
    ["mcp_servers: &a\n  x: {}\ncopy: *a\n", "layout", "1:1"],
    [bomb(), "syntax"],
    ["x: " + "[".repeat(100_000), "syntax"],
    [`a: "${"x".repeat(5 * 1024 * 1024)}"\n`, "too_large"],
  ],
  toml: [
    ["mcp_servers = []\n", "shape", "1:1"],
    ['x = 1\nmcp_servers = "text"\n', "shape", "2:1"],
    ["mcp_servers = 12\n", "shape", "1:1"],
    ["mcp_servers = 1979-05-27\n", "shape", "1:1"],
    ["[[mcp_servers]]\na = 1\n", "shape", "1:1"],
    ["[mcp_servers]\nouroboros = 'x'\n", "shape", "2:1"],
    ["[[mcp_servers.ouroboros]]\n", "shape", "1:1"],
    ["a = 1\na = 2\n", "duplicate_key"],
    ["[a]\n[a]\n", "duplicate_key"],
    ["a = {b = 1}\n[a.c]\n", "duplicate_key"],
    ["text\n", "syntax"],
    ["- a\n", "syntax"],
    ["a = [1\n", "syntax"],
    ['a = "x\n', "syntax"],
    ["a = \n", "syntax"],
    ["[a\n", "syntax"],
    ["a = 1 b = 2\n", "syntax"],
    ["null\n", "syntax"],
    ["x = " + "[".repeat(100_000), "syntax"],
    [`a = "${"x".repeat(5 * 1024 * 1024)}"\n`, "too_large"],
  ],
  jsonc: [
    ['{"mcp": []}', "shape", "1:9"],
    ['{\n  "mcp": "text"\n}\n', "shape", "2:10"],
    ['{"mcp": 12}', "shape", "1:9"],
    ['{"mcp": {"ouroboros": "x"}}', "shape", "1:23"],
    ['{"mcp": {"ouroboros": ["x"]}}', "shape", "1:23"],
    ["[]", "shape", "1:1"],
    ['"text"', "shape", "1:1"],
    ["12", "shape", "1:1"],
    ['{"a": 1, "a": 2}', "duplicate_key", "1:10"],
    ['{"mcp": {"x": 1, "x": 2}}', "duplicate_key", "1:18"],
    ['{"a": 1', "syntax", "1:8"],
    ['{"a": 1,, "b": 2}', "syntax", "1:9"],
    ['{"a" 1}', "syntax", "1:6"],
    ["{a: 1}", "syntax", "1:2"],
    ['{"a": 1} x', "syntax", "1:10"],
    ['{"a": "x\n"}', "syntax", "1:7"],
    ["text", "syntax", "1:1"],
    ["/* open", "syntax"],
    ['{"x": ' + "[".repeat(100_000), "syntax"],
    [`{"a": "${"x".repeat(5 * 1024 * 1024)}"}`, "too_large"],
  ],
  json: [
    ['{"mcpServers": []}', "shape", "1:16"],
    ['{"mcpServers": "text"}', "shape", "1:16"],
    ['{"mcpServers": false}', "shape", "1:16"],
    ['{"mcpServers": {"ouroboros": 1}}', "shape", "1:30"],
    ["[]", "shape", "1:1"],
    ["false", "shape", "1:1"],
    ['{"a": 1, "a": 2}', "duplicate_key", "1:10"],
    ['{"a": 1,}', "syntax", "1:9"],
    ["{} // x", "syntax", "1:4"],
    ["{'a': 1}", "syntax", "1:2"],
    ['{"a": NaN}', "syntax", "1:7"],
    ['{"a": 01}', "syntax"],
    ["{", "syntax", "1:2"],
    ['{"x": ' + '{"x": '.repeat(100_000), "syntax"],
    [`{"a": "${"x".repeat(5 * 1024 * 1024)}"}`, "too_large"],
  ],
};

Deno.test("a file of another shape is a problem with its place, for setting and reading alike", () => {
  let cases = 0;
  for (const [format, texts] of Object.entries(BAD) as [EditFormat, typeof BAD[EditFormat]][]) {
    for (const [text, code, place] of texts) {
      cases++;
      const shown = `${format} ${text.slice(0, 60)}`;
      const path = [PARENT[format], "ouroboros"];
      const result = edit(format, text, [{ op: "set", path, value: ENTRY }]);
      assert(!result.ok, shown);
      const { problem } = result;
      assertEquals([
        problem.code,
        problem.found !== "",
        problem.expected !== "",
        problem.hint !== "",
      ], [
        code,
        true,
        true,
        true,
      ], shown);
      const found = problem.line === undefined ? undefined : `${problem.line}:${problem.column}`;
      if (place !== undefined) assertEquals(found, place, shown);
      if (code === "shape" && problem.path.length < 2) {
        assertEquals(readEntry(format, text, path), { ok: false, problem });
      }
    }
  }
  console.log(`${cases} files of wrong shapes`);
});

Deno.test("of several changes none is made when one of them cannot be", () => {
  const text = "a: 1\nb: []\n";
  const result = edit("yaml", text, [
    { op: "set", path: ["a"], value: 2 },
    { op: "set", path: ["b", "c"], value: 1 },
  ]);
  assert(!result.ok);
  assertEquals(result.problem.path, ["b"]);
});

Deno.test("null and missing parents get the entry, in each format that has null", () => {
  const files: [EditFormat, string][] = [
    ["yaml", ""],
    ["yaml", "mcp_servers:\n"],
    ["yaml", "mcp_servers: null\n"],
    ["yaml", "mcp_servers:\n  ouroboros:\n"],
    ["yaml", "null\n"],
    ["toml", ""],
    ["jsonc", ""],
    ["jsonc", "null"],
    ["jsonc", '{"mcp": null}'],
    ["jsonc", '{"mcp": {"ouroboros": null}}'],
    ["json", "\n"],
    ["json", '{"mcpServers": null}'],
  ];
  for (const [format, text] of files) {
    keepsPromises(format, text, [{ op: "set", path: [PARENT[format], "ouroboros"], value: ENTRY }]);
  }
});

Deno.test("every text and key that can be set is read back as it is", () => {
  const texts = [
    "",
    " a ",
    "no",
    "~",
    "1",
    "1.5",
    "'",
    '"',
    "a: b",
    "# x",
    "\\",
    "\u2028\u0085\x7f",
    "é😀",
    "a\nb\tc",
  ];
  for (const format of ["yaml", "toml", "jsonc", "json"] as const) {
    const value: EditValue = Object.fromEntries(texts.map((text) => [`k ${text}`, [text, text]]));
    for (const [before, path] of [["", ["x"]], ["", texts.slice(1)]] as const) {
      keepsPromises(format, before, [{ op: "set", path, value }]);
    }
  }
});

Deno.test("a file of a person's size is edited at once", () => {
  const project = JSON.parse(fixture("json/claude.json"));
  for (let at = 0; at < 2_000; at++) {
    project.projects[`/home/ada/p${at}`] = { history: [{ display: "x".repeat(1_000) }] };
  }
  const text = JSON.stringify(project, null, 2);
  assert(text.length > 2_000_000);
  keepsPromises("json", text, [{ op: "set", path: ["mcpServers", "ouroboros"], value: ENTRY }]);
});

Deno.test("a byte that is no UTF-8 is named with its place", () => {
  const bytes = new TextEncoder().encode("# é\nname: x?y\n");
  bytes[12] = 0xe9;
  const result = decodeText(bytes);
  assert(!result.ok);
  assertEquals(result.problem, {
    code: "encoding",
    path: [],
    found: "the byte 0xe9 at offset 12",
    expected: "UTF-8",
    line: 2,
    column: 8,
    hint: "Save the file as UTF-8, then run the same command again",
  });
});

Deno.test("a NUL byte is named with its place, whatever the format's parser says of it", () => {
  const result = decodeText(new TextEncoder().encode("a: 1\nb\0: 2\n"));
  assert(!result.ok);
  const { code, found, expected, line, column } = result.problem;
  assertEquals([code, found, expected], ["encoding", "the byte 0x00 at offset 6", "text"]);
  assertEquals([line, column], [2, 2]);
});

function fixture(name: string): string {
  return Deno.readTextFileSync(new URL(name, FIXTURES));
}

/** Aliases of aliases: a few lines that would be billions of values. */
function bomb(): string {
  const lines = ["a0: &a0 [x]"];
  for (let at = 1; at < 12; at++) {
    lines.push(`a${at}: &a${at} [${Array(10).fill(`*a${at - 1}`).join(", ")}]`);
  }
  return lines.join("\n") + "\n";
}

Deno.test("a mapping takes the place of a single value only where that is asked for, and gives it back", () => {
  const texts = { jsonc: '{ "a": "x", "b": 1 }\n', yaml: "a: x # mine\nb: 1\n" } as const;
  for (const [format, text] of Object.entries(texts) as ["jsonc" | "yaml", string][]) {
    const set = { op: "set", path: ["a"], value: { "*": "x" } } as const;
    const refused = edit(format, text, [set]);
    assertEquals(refused.ok ? "" : refused.problem.code, "shape");
    const changes: Change[] = [{ ...set, instead: true }, {
      op: "set",
      path: ["a", "c"],
      value: "y",
    }];
    const made = edit(format, text, changes);
    assert(made.ok, JSON.stringify(made));
    const entry = readEntry(format, made.text, ["a"]);
    assert(entry.ok && entry.state === "present");
    assertEquals(entry.value, new Map([["*", "x"], ["c", "y"]]));
    const undone = undoEdit(format, made.text, made.undo);
    assert(undone.ok);
    assertEquals(undone.text, text);
    // Somebody's member needs the mapping, and what the value said is said in it.
    const more = edit(format, made.text, [{ op: "set", path: ["a", "mine"], value: 1 }]);
    assert(more.ok);
    const left = undoEdit(format, more.text, made.undo);
    assert(left.ok, JSON.stringify(left));
    const rest = readEntry(format, left.text, ["a"]);
    assert(rest.ok && rest.state === "present");
    assertEquals(rest.value, new Map<string, unknown>([["*", "x"], ["mine", 1]]) as never);
  }
});
