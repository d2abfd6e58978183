import { assertEquals } from "@std/assert";
import { OWN_PART, undoScope } from "../../../lib/setup/undo_scope.ts";
import type {
  EditedFile,
  InstalledPart,
  InstallReceipt,
  RecordedStep,
} from "../../../lib/setup/write/install_receipt.ts";

const CONFIG = "/h/.ouroboros/config.yaml";
const DIGEST = "0".repeat(64);

const step = (order: number, key: string[], value: string): RecordedStep => ({
  order,
  did: "insert",
  path: key,
  made: 0,
  wasNull: false,
  value,
  at: 0,
  fromEnd: 0,
  added: "",
  removed: "",
});

const part = (path: string, undo: RecordedStep[], before: string | null = null): InstalledPart => {
  const edits: EditedFile[] = [{ path, format: "yaml", before, after: DIGEST, undo }];
  return { at: "2026-01-02T03:04:05.000Z", by: "0.1.0", files: [], edits, folders: [] };
};

const key = (name: string) => ["orchestrator", name];

const receipt: InstallReceipt = {
  version: 1,
  runtimes: {
    a: part(CONFIG, [step(1, key("a_path"), "/a")]),
    b: part(CONFIG, [step(3, key("b_path"), "/b")]),
    c: part("/h/c.yaml", [step(0, ["x"], "1")], DIGEST),
  },
  own: part(CONFIG, [
    step(0, ["version"], "1"),
    step(2, key("runtime_backend"), "a"),
    step(4, key("runtime_backend"), "b"),
  ]),
};

const going = (ids: string[], own = false) => {
  const { parts, files } = undoScope(receipt, { ids, own });
  const steps = files.get(CONFIG)?.steps.filter((one) => one.going).map((one) => one.step.order);
  return { parts: [...parts], files: [...files.keys()], steps: steps?.sort() };
};

Deno.test("with a runtime goes its part, and the choice of it back to one that stays", () => {
  assertEquals(going(["b"]), { parts: ["b"], files: [CONFIG], steps: [3, 4] });
  assertEquals(going(["a"]), { parts: ["a"], files: [CONFIG], steps: [1] });
  assertEquals(going(["a", "b"]), { parts: ["a", "b"], files: [CONFIG], steps: [1, 2, 3, 4] });
  assertEquals(going(["c"]), { parts: ["c"], files: ["/h/c.yaml"], steps: undefined });
  assertEquals(going([]), { parts: [], files: [], steps: undefined });
});

Deno.test("our own part goes with the last runtime, or when it is asked for", () => {
  assertEquals(going(["a", "b", "c"]), {
    parts: ["a", "b", "c", OWN_PART],
    files: [CONFIG, "/h/c.yaml"],
    steps: [0, 1, 2, 3, 4],
  });
  // The version stays as long as anything of ours is in the file.
  assertEquals(going(["a"], true), { parts: ["a", OWN_PART], files: [CONFIG], steps: [1, 2, 4] });
});

Deno.test("a file is ours when one of the parts made it", () => {
  const { files } = undoScope(receipt, { ids: ["a", "b", "c"], own: true });
  assertEquals([files.get(CONFIG)?.made, files.get("/h/c.yaml")?.made], [true, false]);
});
