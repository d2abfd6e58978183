import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { App } from "../../../lib/app/app.ts";
import { diffRun } from "../../../lib/app/diff_run.ts";
import { openWorkspace } from "../../../lib/app/run/open_workspace.ts";
import { takeOver } from "../../../lib/app/run/take_over.ts";
import { startRun } from "../../../lib/app/start_run.ts";
import { runEvent } from "../../../lib/engine/run/events.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { Journal } from "../../../lib/store/journal.ts";
import {
  type AppBench,
  appBench,
  dataOf,
  follow,
  runHooks,
  runInput,
} from "../../helpers/app_bench.ts";
import { startWorker, untilNote } from "../../helpers/app_worker.ts";
import { lives } from "../../helpers/process_fixture.ts";
import { goneWithin } from "../../helpers/processes_in.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`;
const SLEEPY = `echo $$ > "$notes/agent"; sleep 300`;

/** The app of a bench with another journal around its own. */
function withJournal(bench: AppBench, wrap: (journal: Journal) => Partial<Journal>): App {
  return Object.create(bench.app, {
    journal: {
      value: async () => {
        const journal = await bench.app.journal();
        return { ...journal, ...wrap(journal) };
      },
    },
  });
}

/** Requests can no longer be read once the agent works. */
function deafJournal(bench: AppBench, error: Error): App {
  return withJournal(bench, (journal) => ({
    async read(stream, options) {
      if (stream.startsWith("requests:") && await bench.note("agent") !== "") throw error;
      return await journal.read(stream, options);
    },
  }));
}

Deno.test("a worker that can hear no requests any more ends its agent and says why", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const app = deafJournal(
    bench,
    new OuroborosError({ code: "journal_locked", message: "Read the journal: it is locked" }),
  );
  const { view } = await follow(startRun(app, runInput(bench), runHooks()));
  assertEquals([view.state, view.reason], ["interrupted", "Read the journal: it is locked"]);
  assertEquals(await goneWithin(bench.root, 2000), []);
});

Deno.test("a defect while it listens is thrown, after the agent is ended", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const app = deafJournal(bench, new TypeError("a defect"));
  await assertRejects(
    () => follow(startRun(app, runInput(bench), runHooks())),
    TypeError,
    "a defect",
  );
  assertEquals(await goneWithin(bench.root, 2000), []);
});

Deno.test("an agent whose start cannot be written down is ended at once", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const app = withJournal(bench, (journal) => ({
    async append(stream, events, options) {
      if (events.some((one) => one.type === "child.started")) {
        await untilNote(bench, "agent");
        throw new OuroborosError({ code: "disk_full", message: "Write the journal: no space" });
      }
      return await journal.append(stream, events, options);
    },
  }));
  const { view } = await follow(startRun(app, runInput(bench), runHooks()));
  assertEquals([view.state, view.reason], ["interrupted", "Write the journal: no space"]);
  assertEquals(await goneWithin(bench.root, 0), []);
});

Deno.test("a worker that was taken over from writes nothing more", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play:
      `echo $$ > "$notes/agent"; while [ ! -e "$notes/go" ]; do sleep 0.1; done; echo hello > hello.txt`,
  });
  const working = bench.start({});
  await untilNote(bench, "agent");
  const journal = await bench.app.journal();
  const [run] = await journal.streams({ prefix: "run:", limit: 1 });
  await journal.claim(run!.stream, "somebody else");
  const before = (await journal.read(run!.stream)).length;
  await Deno.writeTextFile(join(bench.notes, "go"), "");
  const error = await assertRejects(() => working, OuroborosError);
  assertEquals(error.code, "journal_fenced");
  assertEquals((await journal.read(run!.stream)).length, before);
});

Deno.test("a worker that was taken over from ends its agent at once, not at its next event", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const working = bench.start({});
  await untilNote(bench, "agent");
  const journal = await bench.app.journal();
  const [run] = await journal.streams({ prefix: "run:", limit: 1 });
  await journal.claim(run!.stream, "somebody else");
  // The agent sleeps for five minutes: only the look at the epoch can end it.
  const error = await assertRejects(() => working, OuroborosError);
  assertEquals(error.code, "journal_fenced");
  assertEquals(await goneWithin(bench.root, 0), []);
});

Deno.test({
  name: "a worker that was stopped, overtaken and continued writes nothing and ends its agent",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
    const worker = startWorker(bench);
    const agent = Number(await untilNote(bench, "agent"));
    const journal = await bench.app.journal();
    const { stream } = (await journal.streams({ prefix: "run:", limit: 1 }))[0]!;
    // While it writes it holds the journal's lock, and stopped then it would keep it.
    while (!(await journal.read(stream)).some((one) => one.type === "child.started")) {
      await new Promise((done) => setTimeout(done, 50));
    }
    await new Promise((done) => setTimeout(done, 500));
    Deno.kill(worker.pid, "SIGSTOP");
    // As one does that cannot end it: on another machine, in another container.
    await journal.claim(stream, "somebody else");
    const before = (await journal.read(stream)).length;
    Deno.kill(worker.pid, "SIGCONT");
    assertEquals((await worker.status).code, 1);
    assertEquals((await journal.read(stream)).length, before);
    assertEquals(await lives(agent), false);
    assertEquals(await goneWithin(bench.root, 5000), []);
  },
});

Deno.test("work that conflicts with what was integrated meanwhile is made again on the new files", async () => {
  await using bench = await appBench({
    files: {
      "shared.txt": "base\n",
      "seed.yaml": `schema: 1
goal: One file
acceptance_criteria:
  - { id: one, description: It says one, check: { run: grep -q one shared.txt } }
  - { id: two, description: It says two, check: { run: grep -q two shared.txt } }
`,
    },
    play: `if [ "$n" = 1 ]; then echo one > shared.txt; echo $$ > "$notes/agent"; sleep 300; fi
    cat shared.txt > "$notes/seen"; echo one >> shared.txt`,
  });
  const stop = new AbortController();
  const working = bench.start({}, { interrupt: stop.signal });
  await untilNote(bench, "agent");
  stop.abort();
  const { view } = await working;
  await workOnTwo(bench, view.runId);

  const again = await bench.resume(view.runId);
  assertEquals(again.view.criteria.map((one) => one.state), ["passed", "passed"]);
  const [conflict] = dataOf(await bench.events(view.runId), "attempt.conflicted");
  assertEquals(conflict, { criterion: "one", attempt: 1, paths: ["shared.txt"] });
  assertEquals(await bench.note("seen"), "two\n", "the new try begins on the branch as it is");
  assertEquals(await bench.starts(), ["one 1 -", "one 2 -"], "in a session of its own");
  assertStringIncludes(await bench.note("prompt-one-2"), "shared.txt");
  assertStringIncludes((await diffRun(bench.app, view.runId, {})).text, "+two\n+one\n");
});

/** What another worker, side by side, would have done for the second criterion. */
async function workOnTwo(bench: AppBench, id: string): Promise<void> {
  const { log } = await takeOver(await bench.app.journal(), id, { owner: "side by side" });
  const workspace = await openWorkspace(bench.app, log.state);
  const { commit: base } = log.state.created.base;
  const { path } = await workspace.worktree("c-two", base);
  await Deno.writeTextFile(join(path, "shared.txt"), "two\n");
  const recorded = await workspace.commit("c-two", { parent: base, message: "two" });
  const result = await workspace.integrate(recorded.commit, base);
  assert(result.ok);
  const at = { criterion: "two", attempt: 1 };
  const { interrupted } = log.state;
  await log.append(
    runEvent("attempt.started", {
      ...at,
      from: base,
      base,
      session: null,
      fresh: false,
      retry: null,
      prompt: "",
      argv: [],
      spool: "attempts/c-two-1",
    }),
    runEvent("attempt.ended", {
      ...at,
      outcome: { reason: "completed" },
      usage: {},
      durationMs: 1,
      why: "",
    }),
    runEvent("attempt.recorded", {
      ...at,
      commit: recorded.commit,
      tree: recorded.tree,
      changed: 1,
      paths: ["shared.txt"],
    }),
    runEvent("attempt.integrated", {
      ...at,
      before: base,
      head: result.head,
      tree: result.tree,
    }),
    runEvent("branch.rechecked", {
      ...at,
      tree: result.tree,
      regressions: [],
      undecided: [],
    }),
    runEvent("criterion.settled", {
      criterion: "two",
      state: "passed",
      reason: "it passes",
      receipt: null,
    }),
    runEvent("run.interrupted", interrupted!),
  );
}

Deno.test("a worktree that somebody deleted is made again, and the run goes on", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `if [ "$n" = 1 ]; then echo hello > hello.txt; echo $$ > "$notes/agent"; sleep 300; fi
    echo hello > hello.txt`,
  });
  const stop = new AbortController();
  const working = bench.start({}, { interrupt: stop.signal });
  await untilNote(bench, "agent");
  const [run] = await (await bench.app.journal()).streams({ prefix: "run:", limit: 1 });
  const id = run!.stream.slice("run:".length);
  await Deno.remove(join(bench.root, "ours", "runs", id, "worktrees"), { recursive: true });
  stop.abort();
  const first = await working;
  assertEquals(first.view.state, "interrupted");
  const { view } = await bench.resume(id);
  assertEquals(view.state, "passed");
  assertEquals((await bench.starts()).length, 2);
});
