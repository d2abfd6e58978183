import { assert, assertEquals } from "@std/assert";
import type { RunProgress } from "../../../../lib/app/run/progress.ts";
import type { WatchProgress } from "../../../../lib/app/watch_run.ts";
import { palette } from "../../../../lib/cli/render/color.ts";
import { activityOf, progressLine } from "../../../../lib/cli/render/progress_line.ts";
import { visible } from "../../../../lib/cli/render/text.ts";

const STYLE = { paint: palette(false), columns: 80 };
const line = (progress: WatchProgress) => progressLine(progress, STYLE);

/** An event of a run as progress; its envelope is of no interest here. */
function event(type: string, data: Record<string, unknown>): RunProgress {
  return { type: "event", event: { type, data } } as unknown as RunProgress;
}

const agent = (of: Record<string, unknown>) =>
  ({ type: "agent", criterion: "a", attempt: 1, event: of }) as unknown as RunProgress;

Deno.test("each step of a criterion's life is one lasting line", () => {
  const said: [string, Record<string, unknown>, string | null][] = [
    ["attempt.started", { criterion: "a", attempt: 1, retry: null }, "  a  try 1 starts"],
    [
      "attempt.started",
      { criterion: "a", attempt: 2, retry: { reason: "x" } },
      "  a  try 2 starts, told why",
    ],
    [
      "attempt.started",
      { criterion: "a", attempt: 3, retry: { reason: "x" }, fresh: true },
      "  a  try 3 starts, told why, afresh; the work so far is kept aside",
    ],
    [
      "attempt.ended",
      { criterion: "a", outcome: { reason: "completed", finalText: "Done" }, durationMs: 1500 },
      "  a  the agent says that it is done, after 1.5 s: Done",
    ],
    [
      "attempt.ended",
      { criterion: "a", outcome: { reason: "timed_out" }, why: "silent for 5 min" },
      "  a  the agent ended: timed_out: silent for 5 min",
    ],
    ["attempt.recorded", { criterion: "a", changed: 0, paths: [] }, "  a  it changed no file"],
    [
      "attempt.recorded",
      { criterion: "a", changed: 2, paths: ["x", "y"] },
      "  a  2 files changed: x, y",
    ],
    ["criterion.settled", { criterion: "a", state: "passed", reason: "r" }, "  a  passed"],
    ["criterion.settled", { criterion: "a", state: "failed", reason: "r" }, "  a  failed: r"],
    [
      "attempt.recorded",
      { criterion: "a", changed: 1, paths: ["x"], ignored: ["dist/"], nested: ["lib/x"] },
      "  a  1 file changed: x\n  a  left out, because git ignores it: dist/\n" +
      "  a  a repository was made, taken as plain files: lib/x",
    ],
    [
      "attempt.recorded",
      {
        criterion: "a",
        changed: 1,
        paths: ["x"],
        tooLarge: ["big.bin"],
        putBack: { paths: ["t.sh"], more: 0 },
        links: [{ path: "x", target: "/etc" }],
      },
      "  a  1 file changed: x\n  a  left out, too large: big.bin\n" +
      "  a  put back: t.sh (protected)\n  a  link leads out of the project: x -> /etc",
    ],
    [
      "attempt.checked",
      {
        criterion: "a",
        decision: { verdict: "passed", reason: "The check passes", broken: [] },
        toolchains: [".npmrc"],
      },
      "  a  The check passes\n" +
      "  a  changed in the home folder since the run began: ~/.npmrc",
    ],
    ["criterion.reopened", { criterion: "b", reason: "r" }, "  b  no longer blocked: r"],
    [
      "criterion.settled",
      { criterion: "a", state: "unverified", before: "passed", reason: "r" },
      "  a  unverified now, passed before: r",
    ],
    [
      "criterion.settled",
      { criterion: "a", state: "passed", before: "unverified", reason: "r" },
      "  a  passed now, unverified before",
    ],
    [
      "criterion.accepted",
      { criterion: "a", by: "ada", reason: "I looked" },
      "  a  accepted by ada: I looked",
    ],
    [
      "acceptance.refused",
      { criterion: "a", reason: "it conflicts" },
      "  a  not accepted: it conflicts",
    ],
    ["branch.rechecked", { criterion: "a", regressions: [] }, null],
    [
      "branch.rechecked",
      { criterion: "a", regressions: [], undecided: [{ criterion: "b", reason: "no tool" }] },
      "  b  in doubt: no tool",
    ],
    [
      "branch.rechecked",
      { criterion: "a", regressions: [{ criterion: "b", line: "no" }] },
      "  a  breaks criterion b (no)",
    ],
    [
      "branch.rechecked",
      {
        criterion: "b",
        with: [{ criterion: "a", attempt: 1 }],
        regressions: [{ criterion: "a", line: "no" }],
      },
      "  a, b  together break criterion a (no); each is looked at by itself",
    ],
    ["run.reopened", { by: "ada" }, "Was cancelled; ada goes on with it"],
    ["worker.started", {}, null],
  ];
  for (const [type, data, wanted] of said) assertEquals(line(event(type, data)), wanted, type);
});

Deno.test("where a run stands, and that another process goes on with it, are lines of their own", () => {
  const criterion = (id: string, state: string, tries: number) => ({ id, state, tries });
  const run = {
    runId: "run_1",
    state: "running",
    criteria: [
      criterion("a", "passed", 1),
      criterion("b", "working", 2),
      criterion("c", "checking", 1),
      criterion("d", "pending", 0),
    ],
  };
  const standing = { type: "standing", run } as unknown as WatchProgress;
  assertEquals(
    line(standing),
    "Run run_1  running: 1 of 4 settled; b working, try 2; c checking, try 1",
  );
  assertEquals(
    line({ type: "detached", runId: "run_1", pid: 17, log: "/l" }),
    "Process 17 goes on with the run, and needs no terminal",
  );
});

Deno.test("an interruption is said once", () => {
  const said = (reason: string) => line(event("run.interrupted", { reason }));
  assertEquals(said("Interrupted by Ctrl-C"), "Interrupted by Ctrl-C");
  assertEquals(
    said("Interrupted: the terminal was closed"),
    "Interrupted: the terminal was closed",
  );
  assertEquals(said("The quota is used up"), "Interrupted: The quota is used up");
});

Deno.test("notices and waits are said, an agent's talk is not lasting", () => {
  assertEquals(line({ type: "notice", text: "a\x1b[2Jb" }), "Note  ab");
  assertEquals(
    line({ type: "waiting", seconds: 90, reason: "limit" } as RunProgress),
    "Waits 1 min 30 s: limit",
  );
  assertEquals(line(agent({ type: "text", text: "hello" })), null);
  assertEquals(
    line(agent({ type: "notice", level: "warning", text: "no sandbox" })),
    "  a  agent  no sandbox",
  );
  assertEquals(line(agent({ type: "notice", level: "info", text: "x" })), null);
});

Deno.test("an agent's long last words stay on their line", () => {
  const said = line(event("attempt.ended", {
    criterion: "a",
    outcome: { reason: "failed", message: "word ".repeat(500) },
    why: "",
  }));
  assert(visible(said!) <= 110, said!);
});

Deno.test("what goes on right now is known of agents and checks", () => {
  assertEquals(
    activityOf(agent({ type: "tool_started", tool: "Bash", summary: "ls" })),
    "a: Bash ls",
  );
  assertEquals(
    activityOf(agent({ type: "tool_finished", tool: "Bash", ok: false, summary: "ls" })),
    "a: Bash failed ls",
  );
  assertEquals(
    activityOf({ type: "checking", criterion: "a", index: 1, on: "work", title: "npm test" }),
    "a: check 2 runs on the work: npm test",
  );
  assertEquals(activityOf(agent({ type: "usage", usage: {} })), null);
  assertEquals(activityOf({ type: "notice", text: "x" }), null);
});
