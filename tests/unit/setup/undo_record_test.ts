import { assertEquals } from "@std/assert";
import { undoneReceipt } from "../../../lib/setup/undo_record.ts";
import { OWN_PART, undoScope } from "../../../lib/setup/undo_scope.ts";
import type { InstalledPart, InstallReceipt } from "../../../lib/setup/write/install_receipt.ts";

const ROOT = "/h/.ouroboros";
const DIGEST = "0".repeat(64);

const part = (files: string[], folders: string[]): InstalledPart => ({
  at: "2026-01-02T03:04:05.000Z",
  by: "0.1.0",
  files: files.map((path) => ({ path, sha256: DIGEST })),
  edits: [],
  folders,
});

const receipt: InstallReceipt = {
  version: 1,
  runtimes: {
    a: part(["/h/.x/a/1", "/h/.x/a/2"], ["/h/.x", "/h/.x/a", ROOT]),
    b: part(["/h/.x/b/1"], ["/h/.x/b"]),
  },
};

const undone = (ids: string[], kept: string[] = []) =>
  undoneReceipt(receipt, {
    scope: undoScope(receipt, { ids, own: false }),
    edited: new Map(),
    keptFiles: new Set(kept),
  }, ROOT);

Deno.test("a folder goes with the last thing of ours in it, and is known until then", () => {
  const { receipt: left, emptied } = undone(["a"]);
  assertEquals(emptied, ["/h/.x/a"]);
  assertEquals(left?.runtimes, {
    b: { ...receipt.runtimes.b!, folders: ["/h/.ouroboros", "/h/.x", "/h/.x/b"] },
  });
});

Deno.test("when nothing of ours is left there is no receipt, and every folder may go", () => {
  const { receipt: left, emptied } = undone(["a", "b"]);
  assertEquals([left, emptied.toSorted()], [null, [
    "/h/.ouroboros",
    "/h/.x",
    "/h/.x/a",
    "/h/.x/b",
  ]]);
});

Deno.test("what stays in its place stays in the receipt, with its folders", () => {
  const { receipt: left, emptied } = undone(["a", "b"], ["/h/.x/a/2"]);
  assertEquals(left?.runtimes.a?.files.map((one) => one.path), ["/h/.x/a/2"]);
  assertEquals(left?.runtimes.a?.folders, ["/h/.x", "/h/.x/a", ROOT]);
  assertEquals([left?.runtimes.b, left?.own, emptied], [undefined, undefined, ["/h/.x/b"]]);
});

Deno.test("steps that stand still are kept with the digest of the file as it will be", () => {
  const step = {
    order: 0,
    did: "insert" as const,
    path: ["x"],
    made: 0,
    wasNull: false,
    value: "1",
    at: 0,
    fromEnd: 0,
    added: "",
    removed: "",
  };
  const edit = {
    path: `${ROOT}/config.yaml`,
    format: "yaml" as const,
    before: null,
    after: DIGEST,
    undo: [step, { ...step, order: 1 }],
  };
  const own: InstallReceipt = { ...receipt, own: { ...part([], [ROOT]), edits: [edit] } };
  const after = "1".repeat(64);
  const left = undoneReceipt(own, {
    scope: undoScope(own, { ids: [], own: true }),
    edited: new Map([[edit.path, {
      left: [{ part: OWN_PART, step: { ...step, order: 7 }, going: false }],
      after,
    }]]),
    keptFiles: new Set(),
  }, ROOT);
  assertEquals(left.receipt?.own?.edits, [{ ...edit, after, undo: [{ ...step, order: 7 }] }]);
  assertEquals(left.receipt?.runtimes, own.runtimes);
});
