import { assertEquals, assertThrows } from "@std/assert";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { editBytes } from "../../../../lib/setup/edit/edit_bytes.ts";
import { undoEdit } from "../../../../lib/setup/edit/undo_edit.ts";
import {
  decodeReceipt,
  encodeReceipt,
  type InstallReceipt,
} from "../../../../lib/setup/write/install_receipt.ts";

const PATH = "/home/ada/.codex/config.toml";

Deno.test("a receipt is read as it was written, and what it says gives a file back to the byte", () => {
  const before = new TextEncoder().encode("\ufeff# mine\r\nmodel = 'x'");
  const value = { command: "/bin/ouroboros", args: ["mcp", "serve"], env: { A: "1" } };
  const done = editBytes("toml", before, [{
    op: "set",
    path: ["mcp_servers", "ouroboros"],
    value,
  }]);
  if (!done.ok) throw new Error(JSON.stringify(done));
  const receipt: InstallReceipt = {
    version: 1,
    runtimes: {
      some: {
        at: "2026-01-02T03:04:05.000Z",
        by: "0.1.0",
        files: [{ path: "/home/ada/.codex/skills/a/SKILL.md", sha256: sha256("a") }],
        edits: [{
          path: PATH,
          format: "toml",
          before: sha256(before),
          after: sha256(done.bytes),
          undo: done.undo.map((step, order) => ({ ...step, order })),
        }],
        folders: ["/home/ada/.codex/skills/a"],
      },
    },
  };
  const read = decodeReceipt(encodeReceipt(receipt), "/r");
  assertEquals(read, receipt);
  // A decoder takes the byte order mark away unless it is told to keep it.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(done.bytes);
  const undone = undoEdit("toml", text, read.runtimes.some!.edits[0]!.undo);
  if (!undone.ok) throw new Error(JSON.stringify(undone));
  const bytes = new TextEncoder().encode(undone.text);
  assertEquals(bytes, before);
  assertEquals(sha256(bytes), read.runtimes.some!.edits[0]!.before);
});

Deno.test("a text that is no receipt of this version is an error with the place in it", () => {
  const texts: [string, string][] = [
    ["", "Unexpected end of JSON"],
    ["[]", "must be a mapping"],
    ['{"version":2,"runtimes":{}}', "version: must be 1"],
    ['{"version":1}', "runtimes: is missing"],
    ['{"version":1,"runtimes":{"a":{"at":1}}}', "runtimes.a"],
    ["\xff\xfe", ""],
  ];
  for (const [text, words] of texts) {
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const error = assertThrows(() => decodeReceipt(bytes, "/r/install.json"), OuroborosError);
    assertEquals(
      [error.code, error.message.includes(words)],
      ["receipt_invalid", true],
      error.message,
    );
  }
});
