import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { systemTmp } from "../../../lib/app/app.ts";
import { runTmp } from "../../../lib/app/run/attempt_room.ts";
import { cancelRun } from "../../../lib/app/cancel_run.ts";
import { discardRun } from "../../../lib/app/discard_run.ts";
import { showRun } from "../../../lib/app/show_run.ts";
import { requestStream } from "../../../lib/engine/run/events.ts";
import { runRequest } from "../../../lib/engine/run/requests.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, dataOf } from "../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../helpers/app_worker.ts";
import { goneWithin } from "../../helpers/processes_in.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`;

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

const SLEEPY = `[ -e "$notes/agent" ] || { echo $$ > "$notes/agent"; sleep 300 & sleep 300; }
echo hello > hello.txt`;

Deno.test("a run is cancelled from another process: its agent ends, its worker says 7", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const { run, alreadyEnded } = await cancelRun(bench.app, id, { reason: "not needed" });
  assertEquals([run.state, run.exit, alreadyEnded], ["cancelled", 7, false]);
  assertEquals(run.reason, "Cancelled by ada: not needed");
  assertEquals(run.criteria[0]!.state, "cancelled");
  assertEquals((await worker.status).code, 7);
  assertEquals(await goneWithin(bench.root, 2000), []);
  assertEquals((await cancelRun(bench.app, id, { reason: "" })).alreadyEnded, true);
});

Deno.test("the run of a worker that is gone is cancelled without it", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  worker.kill("SIGKILL");
  await worker.status;
  const id = await onlyRun(bench);
  const shown = await showRun(bench.app, id);
  assertEquals([shown.state, shown.hint], ["interrupted", `ouroboros resume ${id}`]);
  assertEquals(shown.criteria.map((one) => one.state), ["interrupted"], "nobody works on it");
  const temporary = runTmp(systemTmp(bench.app), id);
  assert(await exists(temporary), "what it left");
  const { run } = await cancelRun(bench.app, id, { reason: "" });
  assertEquals([run.state, run.exit], ["cancelled", 7]);
  assert(!await exists(temporary), "what it left");
  assertEquals(await goneWithin(bench.root, 10_000), []);
});

Deno.test("a run that was cancelled goes on when somebody says so: what passed is kept", async () => {
  const seed = `schema: 1
goal: Two greetings
acceptance_criteria:
  - { id: hello, description: a, check: { run: grep -qx hello hello.txt } }
  - { id: bye, description: b, check: { run: grep -qx bye bye.txt }, depends_on: hello }
`;
  await using bench = await appBench({
    files: { "seed.yaml": seed },
    play: `
      case $criterion.$n in
        hello.*) echo hello > hello.txt ;;
        bye.1) echo $$ > "$notes/agent"; sleep 300 ;;
        *) echo bye > bye.txt ;;
      esac`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  await cancelRun(bench.app, id, { reason: "not now" });
  await worker.status;
  const { view } = await bench.resume(id);
  assertEquals([view.state, view.exit], ["passed", 0]);
  assertEquals((await bench.starts()).map((one) => one.slice(0, -2)).slice(0, 2), [
    "hello 1",
    "bye 1",
  ]);
  assertEquals((await bench.starts()).filter((one) => one.startsWith("hello")).length, 1);
  const events = await bench.events(id);
  assertEquals(dataOf(events, "run.reopened"), [{ by: "ada" }]);
  assertEquals(dataOf(events, "run.ended").map((one) => one.result), ["cancelled", "passed"]);
  await assertRejects(() => bench.resume(id), OuroborosError, "it has ended");
});

Deno.test("a run that was cancelled and discarded does not go on", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  await cancelRun(bench.app, id, { reason: "" });
  await worker.status;
  await discardRun(bench.app, id, { dryRun: false, forgetUndo: true });
  await assertRejects(() => bench.resume(id), OuroborosError, "it has ended");
});

Deno.test("a cancel that was meant for an earlier worker does not end the one that resumes", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: SLEEPY });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  worker.kill("SIGKILL");
  await worker.status;
  const id = await onlyRun(bench);
  const journal = await bench.app.journal();
  await journal.append(requestStream(id), [
    runRequest("cancel.requested", { by: "ada", reason: "too late" }),
  ]);
  const { view } = await bench.resume(id);
  assertEquals(view.state, "passed");
});

Deno.test("an interrupt stops the agent in order; a resume goes on in its worktree and session", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `${SEED}  - id: bye
    description: bye.txt says bye
    check: { run: grep -qx bye bye.txt }
`,
    },
    play: `case $criterion.$n in
      hello.*) echo hello > hello.txt;;
      bye.1) echo half > half.txt; echo $$ > "$notes/agent"; sleep 300;;
      bye.*) [ -e half.txt ] && rm half.txt && echo bye > bye.txt;;
    esac`,
  });
  const stop = new AbortController();
  const working = bench.start({}, { interrupt: stop.signal });
  await untilNote(bench, "agent");
  stop.abort("Interrupted by ada");
  const { view } = await working;
  assertEquals([view.state, view.exit, view.reason], ["interrupted", 7, "Interrupted by ada"]);
  assertEquals(view.criteria.map((one) => one.state), ["passed", "interrupted"]);
  assertEquals(await goneWithin("/c-bye", 2000), []);
  const again = await bench.resume(view.runId);
  assertEquals([again.view.state, again.view.exit], ["passed", 0]);
  assertEquals(await bench.starts(), ["hello 1 -", "bye 1 -", "bye 2 s-bye-1"]);
  const prompt = await bench.note("prompt-bye-2");
  assertStringIncludes(prompt, "Your last try was interrupted.");
  assertStringIncludes(prompt, "still there");
});

Deno.test("an interrupt before the plan is agreed to starts no agent", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED } });
  const stop = new AbortController();
  const { view } = await bench.start({}, {
    interrupt: stop.signal,
    confirm: () => {
      stop.abort();
      return Promise.resolve({ go: true, anyway: false, how: "asked" });
    },
  });
  assertEquals([view.state, view.exit], ["interrupted", 7]);
  assertEquals(await bench.starts(), []);
});

Deno.test("a plan that is declined ends the run as cancelled, and no agent starts", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED } });
  const { view } = await bench.start({}, {
    confirm: () => Promise.resolve({ go: false, anyway: false, how: "asked" }),
  });
  assertEquals([view.state, view.exit, view.reason], ["cancelled", 7, "The plan was declined"]);
  assertEquals(await bench.starts(), []);
});
