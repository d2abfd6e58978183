import { assert, assertEquals } from "@std/assert";
import type { Change } from "../../../../lib/setup/edit/change.ts";
import { edit, readEntry } from "../../../../lib/setup/edit/edit.ts";
import { keepsPromises } from "../../../helpers/edit_promises.ts";
import { forAll, type Pick } from "../../../helpers/pick.ts";
import { tomlText } from "../../../helpers/toml_text.ts";

/** Generated files in this file. */
const CASES = 11_000;

const PATH = ["mcp_servers", "ouroboros"];
const ENTRY = {
  command: "/home/user/.local/bin/ouroboros",
  args: ["mcp", "serve"],
  startup_timeout_sec: 30,
  env_vars: ["PATH", "HTTPS_PROXY"],
  env: { "A B": 'x "y" \\', LANG: "C" },
};

Deno.test("in any TOML file an entry is set, set again for nothing, and undone to the byte", () => {
  let kept = 0;
  forAll("TOML", CASES, (pick) => {
    const text = tomlText(pick);
    const changes = changesOf(pick);
    if (!edit("toml", text, []).ok) return;
    kept++;
    keepsPromises("toml", text, changes, {
      neighbour: pick.oneIn(2) ? (one) => one.replace(/^(\ufeff?)/, "$1# mine\n") : undefined,
    });
  });
  console.log(`TOML: ${kept.toLocaleString("en-US")} of them valid`);
  assert(kept > 10_000);
});

function changesOf(pick: Pick): Change[] {
  return pick.of<Change[]>([
    [{ op: "set", path: PATH, value: ENTRY }],
    [{ op: "set", path: PATH, value: { command: "x" } }, { op: "set", path: PATH, value: ENTRY }],
    [{ op: "set", path: ["top"], value: "x" }],
    [{ op: "set", path: ["features", "x"], value: true }],
    [{ op: "set", path: ["mcp_servers", "ouroboros", "command"], value: "x" }],
    [{ op: "add_item", path: ["notify"], item: "a" }],
    [
      { op: "set", path: ["list"], value: ["a", "b"] },
      { op: "add_item", path: ["list"], item: "c" },
      { op: "remove_item", path: ["list"], item: "b" },
    ],
  ]);
}

Deno.test("a new table stands behind its neighbours, with the blank lines of the file", () => {
  const text = '[mcp_servers.a]\ncommand = "x"\n\n# about z\n[z]\nq = 1\n';
  assertEquals(
    keepsPromises("toml", text, [{
      op: "set",
      path: PATH,
      value: { command: "y", env: { A: "1" } },
    }]),
    '[mcp_servers.a]\ncommand = "x"\n\n[mcp_servers.ouroboros]\ncommand = "y"\n\n' +
      '[mcp_servers.ouroboros.env]\nA = "1"\n\n# about z\n[z]\nq = 1\n',
  );
});

Deno.test("an entry is found however it is written: header, quotes, dots, inline", () => {
  for (
    const text of [
      '[mcp_servers.ouroboros]\ncommand = "x"\n',
      '["mcp_servers"."ouroboros"]\ncommand = "x"\n',
      'mcp_servers.ouroboros.command = "x"\n',
      'mcp_servers = { ouroboros = { command = "x" } }\n',
      '[mcp_servers]\nouroboros = { command = "x" }\n',
      "[ mcp_servers . 'ouroboros' ]\n'command'=\"x\"\n",
    ]
  ) {
    const change: Change = { op: "set", path: [...PATH, "command"], value: "y" };
    assertEquals(keepsPromises("toml", text, [change]), text.replace('"x"', '"y"'), text);
    const entry = readEntry("toml", text, PATH);
    assert(entry.ok && entry.state === "present", text);
    const gone = edit("toml", text, [{ op: "remove", path: PATH, emptyParents: 1 }]);
    assert(gone.ok, text);
    assert(!gone.text.includes("ouroboros"), gone.text);
  }
});

Deno.test("members that a person added to our entry stay when it is set anew", () => {
  const text =
    '[mcp_servers.ouroboros]\ncommand = "uvx"\ntool_timeout_sec = 9 # mine\n\n[mcp_servers.ouroboros.env]\nMINE = "1"\n';
  assertEquals(
    keepsPromises("toml", text, [{
      op: "set",
      path: PATH,
      value: { command: "/bin/ouroboros", args: ["mcp"], env: { A: "2" } },
    }]),
    '[mcp_servers.ouroboros]\ncommand = "/bin/ouroboros"\ntool_timeout_sec = 9 # mine\nargs = ["mcp"]\n\n' +
      '[mcp_servers.ouroboros.env]\nMINE = "1"\nA = "2"\n',
  );
});

Deno.test("a table in several pieces is removed whole, what stands between stays", () => {
  const text =
    '[mcp_servers.ouroboros]\nargs = []\n\n[mine]\na = 1\n\n[mcp_servers.ouroboros.env]\nA = "1"\n\n[last]\n';
  const gone = edit("toml", text, [{ op: "remove", path: PATH, emptyParents: 1 }]);
  assert(gone.ok);
  assertEquals(gone.text, "\n[mine]\na = 1\n\n[last]\n");
});
