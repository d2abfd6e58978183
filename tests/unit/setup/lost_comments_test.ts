import { assertEquals } from "@std/assert";
import { lostComments } from "../../../lib/setup/lost_comments.ts";
import { undoFile } from "../../../lib/setup/undo_file.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";

Deno.test("a person's comment that would go is found, ours and those that stay are not", () => {
  const before = "# ours\na: 1 # why\n# stays\n";
  const texts = { before, after: "# stays\n", ours: ["# ours\n"] };
  assertEquals(lostComments("yaml", texts), ["# why"]);
  const json = '{"url": "http://x", // mine\n}';
  assertEquals(lostComments("jsonc", { before: json, after: "{}", ours: [] }), ["// mine"]);
});

Deno.test("a file that we made and a person commented in stays with the comment until forced", () => {
  const made = edit("yaml", "", [{ op: "set", path: ["orchestrator", "one"], value: "x" }]);
  if (!made.ok) throw new Error("edit failed");
  const steps = made.undo.map((step, order) => ({
    part: "ant",
    going: true,
    step: { ...step, order },
  }));
  const text = made.text.replace("orchestrator:\n", "orchestrator:\n  # why one\n");
  const bytes = new TextEncoder().encode(text);
  const file = { format: "yaml" as const, bytes, steps, made: true };
  const undone = undoFile(file, false);
  if (!undone.ok) throw new Error("undo failed");
  const after = undone.bytes === null ? "" : new TextDecoder().decode(undone.bytes);
  assertEquals(after.includes("# why one"), true);
  const forced = undoFile(file, true);
  assertEquals(forced.ok && forced.changed, true);
});
