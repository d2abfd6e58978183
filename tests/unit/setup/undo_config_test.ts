import { assert, assertEquals } from "@std/assert";
import { editBytes } from "../../../lib/setup/edit/edit_bytes.ts";
import type { OwnedStep } from "../../../lib/setup/undo_chain.ts";
import { undoConfig } from "../../../lib/setup/undo_config.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** What two runtimes and our own part write into a file, and the file afterwards. */
function written(before: string | null): { text: string; steps: OwnedStep[] } {
  const result = editBytes("yaml", before === null ? null : bytes(before), [
    ...before === null ? [{ op: "set" as const, path: ["version"], value: 1 }] : [],
    { op: "set", path: ["orchestrator", "ant_cli_path"], value: "/opt/ant" },
    { op: "set", path: ["orchestrator", "runtime_backend"], value: "ant" },
  ]);
  assert(result.ok);
  const steps = result.undo.map((step, order): OwnedStep => ({
    part: step.path.at(-1) === "ant_cli_path" ? "ant" : "",
    step: { ...step, order },
    going: true,
  }));
  return { text: new TextDecoder().decode(result.bytes), steps };
}

function undo(text: string, steps: readonly OwnedStep[], made: boolean, force = false) {
  const undone = undoConfig({ format: "yaml", bytes: bytes(text), steps, made }, force);
  assert(undone.ok, JSON.stringify(undone));
  const { yours, kept, left } = undone;
  const after = undone.bytes === null ? null : new TextDecoder().decode(undone.bytes);
  return { after, yours, kept: kept.length, left: left.length };
}

Deno.test("nothing was changed: a file that we made goes, one of theirs is as it was", () => {
  const none = { yours: [], kept: 0, left: 0 };
  const made = written(null);
  assertEquals(undo(made.text, made.steps, true), { after: null, ...none });
  const theirs = written("llm: {}\n");
  assertEquals(undo(theirs.text, theirs.steps, false), { after: "llm: {}\n", ...none });
});

Deno.test("keys that were set since stay and are not ours any more; the others go", () => {
  const { text, steps } = written(null);
  const both = text.replace('"/opt/ant"', "/my/ant").replace('"ant"', "bee");
  assertEquals(undo(text.replace('"ant"', "bee"), steps, true), {
    after: "version: 1\norchestrator:\n  runtime_backend: bee\n",
    yours: ["orchestrator.runtime_backend"],
    kept: 0,
    left: 0,
  });
  assertEquals(undo(both, steps, true).yours.toSorted(), [
    "orchestrator.ant_cli_path",
    "orchestrator.runtime_backend",
  ]);
  assertEquals(undo(both, steps, true, true), { after: null, yours: [], kept: 0, left: 0 });
});

Deno.test("a comment of theirs in the midst of ours keeps ours, and that is told", () => {
  const { text, steps } = written(null);
  const mine = text.replace('"/opt/ant"', '"/opt/ant" # of mine');
  const { after, yours, kept, left } = undo(mine, steps, true);
  assertEquals([after, yours, kept > 0, left], [mine, [], true, steps.length]);
});
