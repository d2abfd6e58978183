import { assertEquals } from "@std/assert";
import type { Change, EditValue } from "../../../lib/setup/edit/change.ts";
import { edit, readEntry } from "../../../lib/setup/edit/edit.ts";
import { editValueOf, plainOf } from "../../../lib/setup/edit/plain.ts";
import { entryChanges } from "../../../lib/setup/entry_changes.ts";

const WANTED = {
  command: "/new/ouroboros",
  args: ["mcp", "serve"],
  enabled: true,
  timeout: 30,
  names: ["A", "B"],
  env: { A: "${A}" },
};
const PATH = ["servers", "ouroboros"];

/** The entry after the changes, as the editor makes them. */
function updated(
  there: EditValue,
  options: { written?: EditValue; others?: readonly (readonly string[])[] } = {},
): unknown {
  const { written, others = [] } = options;
  const changes = entryChanges({
    path: PATH,
    wanted: WANTED,
    there: plainOf(there),
    written: written === undefined ? undefined : plainOf(written),
    launching: new Set(["command", "args"]),
    others,
  });
  const start: Change = { op: "set", path: PATH, value: there };
  const before = edit("json", "", [start]);
  if (!before.ok) throw new Error(JSON.stringify(before));
  const result = edit("json", before.text, changes);
  if (!result.ok) return result.problem;
  const entry = readEntry("json", result.text, PATH);
  return entry.ok && entry.state === "present" ? editValueOf(entry.value) : entry;
}

Deno.test("an entry that is as it shall be is left alone", () => {
  const there = plainOf(WANTED);
  const launching = new Set<string>();
  assertEquals(
    entryChanges({ path: PATH, wanted: WANTED, there, written: there, launching, others: [] }),
    [],
  );
});

Deno.test("what starts us is set whatever stands there; what is missing is added", () => {
  assertEquals(updated({ command: "uvx", args: ["x"] }), WANTED);
});

Deno.test("what the user set or added stays", () => {
  const mine = { enabled: false, timeout: 900, mine: 1 };
  assertEquals(updated({ ...WANTED, ...mine, env: { A: "a", B: "b" } }), {
    ...WANTED,
    ...mine,
    env: { A: "a", B: "b" },
  });
});

Deno.test("what we wrote is renewed, and taken out where it is no longer wanted", () => {
  const written = { ...WANTED, timeout: 5, names: ["A", "OLD"], old: 1, env: { OLD: "o" } };
  assertEquals(updated({ ...written, mine: 2 }, { written }), { ...WANTED, mine: 2 });
});

Deno.test("what we wrote and the user changed since is the user's", () => {
  const written = { ...WANTED, timeout: 5, old: 1 };
  assertEquals(updated({ ...written, timeout: 6, old: 2 }, { written }), {
    ...WANTED,
    timeout: 6,
    old: 2,
  });
});

Deno.test("in a list that the user wrote in, only our items come and go", () => {
  const written = { ...WANTED, names: ["A", "OLD"] };
  const there = { ...WANTED, names: ["MINE", "A", "OLD"] };
  assertEquals(updated(there, { written }), { ...WANTED, names: ["MINE", "A", "B"] });
  // An item of ours that the user took out is not put back.
  assertEquals(updated({ ...WANTED, names: ["MINE"] }, { written: WANTED }), {
    ...WANTED,
    names: ["MINE"],
  });
});

Deno.test("a mapping that nothing is left in goes with its last member", () => {
  const old = { ONE: "1", TWO: "2" };
  assertEquals(updated({ ...WANTED, old }, { written: { old } }), WANTED);
});

Deno.test("a mapping that is wanted stays, also when all that we wrote in it goes", () => {
  const wanted = { command: "x", env: {} };
  const there = plainOf({ command: "x", env: { A: "1" } });
  const launching = new Set(["command"]);
  assertEquals(
    entryChanges({ path: PATH, wanted, there, written: there, launching, others: [] }),
    [{ op: "remove", path: [...PATH, "env", "A"], emptyParents: 0 }],
  );
});

Deno.test("what other parts of a plan set is not theirs to take out", () => {
  const tools = { status: { approval: "approve" } };
  const there = { ...WANTED, tools };
  const others = [[...PATH, "tools", "status", "approval"]];
  assertEquals(updated(there, { written: there, others }), there);
  assertEquals(updated(there, { written: there }), WANTED);
});

Deno.test("another kind of value where a mapping must be is refused, not replaced", () => {
  const problem = updated({ ...WANTED, env: "A=1" }) as { code: string; path: string[] };
  assertEquals([problem.code, problem.path], ["shape", [...PATH, "env"]]);
});
