import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { acceptCriterion } from "../../../lib/app/accept_criterion.ts";
import { applyRun } from "../../../lib/app/apply_run.ts";
import { diffRun } from "../../../lib/app/diff_run.ts";
import { runReceipts } from "../../../lib/app/run_receipts.ts";
import { requestStream } from "../../../lib/engine/run/events.ts";
import { runRequest } from "../../../lib/engine/run/requests.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench, dataOf } from "../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../helpers/app_worker.ts";

const SEED = `schema: 1
goal: A page
acceptance_criteria:
  - id: look
    description: The page looks right
    check: { human: Look at page.txt }
  - id: size
    description: size.txt is there
    check: { run: test -e size.txt }
`;

Deno.test("a person's criterion is unverified until that person accepts it; its work is integrated", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `echo x > "$criterion.txt"`,
  });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => one.state), ["unverified", "passed"]);
  assertEquals(view.exit, 9);
  assertStringIncludes(await bench.note("prompt-look-1"), "Look at page.txt");
  await assertRejects(
    () => acceptCriterion(bench.app, view.runId, { criterion: "look", reason: " " }),
    OuroborosError,
    "Say why",
  );
  await assertRejects(
    () => acceptCriterion(bench.app, view.runId, { criterion: "size", reason: "fine" }),
    OuroborosError,
    "passed already",
  );
  const accepted = await acceptCriterion(bench.app, view.runId, {
    criterion: "look",
    reason: "I looked",
  });
  assertEquals([accepted.state, accepted.exit], ["passed", 0]);
  assertEquals(accepted.criteria[0]!.acceptedBy, "ada");
  const { changed } = await diffRun(bench.app, view.runId, {});
  assertEquals(changed.map((one) => one.path), ["look.txt", "size.txt"]);
  const { receipts } = await runReceipts(bench.app, view.runId, { criterion: "look", width: 80 });
  const { claimed, replayable } = receipts[0]!.receipt;
  assertEquals([claimed.accepted?.by, claimed.accepted?.reason], ["ada", "I looked"]);
  assertEquals(replayable.decision.state, "accepted");
});

Deno.test("a live worker takes an acceptance in: it writes it itself, and starts no agent for it", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `if [ $criterion = look ]; then
      echo $$ > "$notes/agent"
      while [ ! -e "$notes/go" ]; do sleep 0.1; done
    fi
    echo x > "$criterion.txt"`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const wish = { criterion: "size", reason: "by hand" };
  await assertRejects(
    () => acceptCriterion(bench.app, id, wish),
    OuroborosError,
    "with its work: there is none, no try changed a file",
  );
  const asked = await acceptCriterion(bench.app, id, { ...wish, withoutWork: true });
  assertEquals(asked.criteria[1]!.state, "accepted", "while an agent works on another one");
  await Deno.writeTextFile(`${bench.notes}/go`, "");
  assertEquals((await worker.status).code, 9);
  const state = await bench.state(id);
  assertEquals(state.criteria.map((one) => one.settled?.state), ["unverified", "accepted"]);
  assertEquals(await bench.starts(), ["look 1 -"]);
});

Deno.test("an acceptance that a dying worker did not take in is taken in by the next one", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `[ -e "$notes/agent" ] || { echo $$ > "$notes/agent"; sleep 300; }
    echo x > "$criterion.txt"`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const journal = await bench.app.journal();
  await journal.append(requestStream(id), [
    runRequest("accept.requested", {
      ...{ by: "ada", criterion: "size", reason: "by hand", withoutWork: true },
    }),
  ]);
  worker.kill("SIGKILL");
  await worker.status;
  const { view } = await bench.resume(id);
  assertEquals(view.criteria.map((one) => one.state), ["unverified", "accepted"]);
  const accepted = dataOf(await bench.events(id), "criterion.accepted");
  assertEquals(accepted.map((one) => [one.criterion, one.by]), [["size", "ada"]]);
});

/** Its first criterion always fails, its second one passes on the same lines or beside them. */
const STUBBORN = `schema: 1
goal: Two words
acceptance_criteria:
  - { id: one, description: It says one, check: { run: test -e never.txt } }
  - { id: two, description: It says two, check: { run: grep -q two shared.txt && ! test -e bad } }
`;

async function stubborn(play: string): Promise<{ bench: AppBench; id: string }> {
  const bench = await appBench({
    files: { "seed.yaml": STUBBORN, "shared.txt": "base\n" },
    play,
  });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals(view.criteria.map((one) => one.state), ["failed", "passed"]);
  return { bench, id: view.runId };
}

const BESIDE = `if [ $criterion = two ]; then echo two > shared.txt; else echo one > one.txt; fi`;

const changedBy = async (bench: AppBench, id: string) =>
  (await diffRun(bench.app, id, {})).changed.map((one) => one.path);

Deno.test("the work of a failed criterion comes with its acceptance, and apply brings it", async () => {
  const { bench, id } = await stubborn(BESIDE);
  await using _ = bench;
  assertEquals(await changedBy(bench, id), ["shared.txt"]);
  const view = await acceptCriterion(bench.app, id, { criterion: "one", reason: "good enough" });
  assertEquals([view.state, view.exit, view.criteria[0]!.withoutWork], ["passed", 0, false]);
  assertEquals(await changedBy(bench, id), ["one.txt", "shared.txt"]);
  const [recheck] = dataOf(await bench.events(id), "branch.rechecked").slice(-1);
  assertEquals([recheck?.criterion, recheck?.regressions], ["one", []]);
  const { receipts } = await runReceipts(bench.app, id, { criterion: "one", width: 80 });
  assertEquals(receipts[0]!.receipt.claimed.accepted?.tree, (await bench.state(id)).headTree);
  await applyRun(bench.app, id, { mode: { kind: "worktree" }, dryRun: false });
  assertEquals(await Deno.readTextFile(`${bench.project}/one.txt`), "one\n");
});

Deno.test("work that conflicts with the run's branch is not accepted, unless it is left out", async () => {
  const { bench, id } = await stubborn(`echo $criterion > shared.txt`);
  await using _ = bench;
  const before = await bench.state(id);
  const wish = { criterion: "one", reason: "good enough" };
  const error = await assertRejects(() => acceptCriterion(bench.app, id, wish), OuroborosError);
  assertEquals(error.code, "conflict");
  assertStringIncludes(error.message, 'conflicts with what the run holds already, in "shared.txt"');
  assertStringIncludes(error.hint ?? "", "--without-work");
  const after = await bench.state(id);
  assertEquals([after.version, after.headTree], [before.version, before.headTree]);
  const view = await acceptCriterion(bench.app, id, { ...wish, withoutWork: true });
  assertEquals([view.state, view.criteria[0]!.withoutWork], ["passed", true]);
  assertEquals((await bench.state(id)).headTree, before.headTree);
  const { receipts } = await runReceipts(bench.app, id, { criterion: "one", width: 80 });
  assertEquals(receipts[0]!.receipt.claimed.accepted?.tree, null);
});

Deno.test("work that breaks what held is not accepted, and the branch stays as it was", async () => {
  const { bench, id } = await stubborn(`${BESIDE}; [ $criterion = two ] || echo x > bad`);
  await using _ = bench;
  const wish = { criterion: "one", reason: "good enough" };
  const error = await assertRejects(() => acceptCriterion(bench.app, id, wish), OuroborosError);
  assertEquals([error.code, error.exitCode], ["check_said_no", 5]);
  assertStringIncludes(error.message, "it breaks criterion two");
  assertEquals(await changedBy(bench, id), ["shared.txt"]);
  assertEquals((await bench.state(id)).criteria[0]!.settled?.state, "failed");
  await applyRun(bench.app, id, { mode: { kind: "worktree" }, dryRun: false });
  const late = await assertRejects(() => acceptCriterion(bench.app, id, wish), OuroborosError);
  assertStringIncludes(late.message, "applied already");
});

Deno.test("what a cut-off try left in its worktree is accepted with it", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `echo x > "$criterion.txt"; echo $$ > "$notes/agent"; sleep 300`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  worker.kill("SIGKILL");
  await worker.status;
  await acceptCriterion(bench.app, id, { criterion: "look", reason: "it is all there" });
  assertEquals(await changedBy(bench, id), ["look.txt"]);
});

Deno.test("a worker answers what it cannot accept once, and goes on", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": STUBBORN +
        `  - { id: three, description: C, check: { run: test -e three.txt } }
  - { id: four, description: D, check: { run: test -e four.txt } }
`,
      "shared.txt": "base\n",
    },
    play: `if [ $criterion = three ]; then
      echo $$ > "$notes/three"
      while [ ! -e "$notes/go" ]; do sleep 0.1; done
    fi
    if [ $criterion-$n = four-1 ]; then echo $$ > "$notes/four"; sleep 300; fi
    echo $criterion > shared.txt; echo x > "$criterion.txt"`,
  });
  const stop = new AbortController();
  const working = bench.start({ limits: { attempts: 1 } }, { interrupt: stop.signal });
  await untilNote(bench, "three");
  const id = await onlyRun(bench);
  const journal = await bench.app.journal();
  await journal.append(requestStream(id), [
    runRequest("accept.requested", { by: "ada", criterion: "one", reason: "by hand" }),
  ]);
  await Deno.writeTextFile(`${bench.notes}/go`, "");
  await untilNote(bench, "four");
  stop.abort();
  assertEquals((await working).view.state, "interrupted");
  await bench.resume(id);
  const answers = dataOf(await bench.events(id), "acceptance.refused");
  assertEquals(answers.map((one) => [one.request, one.criterion, one.code]), [
    [1, "one", "conflict"],
  ]);
});

const CHAIN = `schema: 1
goal: Three files
acceptance_criteria:
  - { id: a, description: a.txt is fine, check: { run: test -e never.txt } }
  - { id: b, description: b.txt is there, depends_on: [a], check: { run: test -e b.txt } }
  - { id: c, description: c.txt is there, depends_on: [b], check: { run: test -e c.txt } }
  - { id: d, description: d.txt is there, check: { run: test -e d.txt } }
`;

Deno.test("what waited for a criterion can be worked on once that one is accepted: an ended run goes on", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": CHAIN },
    play: `echo x > "$criterion.txt"; [ "$criterion" != c ] || [ -e a.txt ] || exit 1`,
  });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals(view.criteria.map((one) => one.state), ["failed", "blocked", "blocked", "passed"]);
  assertEquals([view.exit, view.unblocked], [5, []]);
  const { runId } = view;
  await assertRejects(() => bench.resume(runId), OuroborosError, "it has ended");
  const accepted = await acceptCriterion(bench.app, runId, { criterion: "a", reason: "fine" });
  assertEquals([accepted.state, accepted.exit, accepted.unblocked], ["unverified", 9, ["b", "c"]]);
  const { view: done } = await bench.resume(runId);
  assertEquals(done.criteria.map((one) => one.state), ["accepted", "passed", "passed", "passed"]);
  assertEquals([done.state, done.exit, done.unblocked], ["passed", 0, []]);
  assertEquals(await changedBy(bench, runId), ["a.txt", "b.txt", "c.txt", "d.txt"]);
  const reopened = dataOf(await bench.events(runId), "criterion.reopened");
  assertEquals(reopened.map((one) => one.criterion), ["b", "c"]);
  assertEquals((await bench.starts()).map((one) => one[0]), ["a", "d", "b", "c"]);
  await assertRejects(() => bench.resume(runId), OuroborosError, "it has ended");
});

Deno.test("an interrupted run takes up at once what an acceptance unblocked", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `${CHAIN}  - { id: e, description: e.txt, depends_on: [d], ` +
        `check: { run: test -e e.txt } }\n`,
    },
    play: `if [ "$criterion$n" = e1 ]; then echo fail not_signed_in No; exit; fi
    echo x > "$criterion.txt"`,
  });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals([view.state, view.criteria[1]!.state], ["interrupted", "blocked"]);
  const accepted = await acceptCriterion(bench.app, view.runId, { criterion: "a", reason: "ok" });
  const [a, b] = accepted.criteria;
  assertEquals([a?.state, b?.state, accepted.unblocked], ["accepted", "pending", []]);
  const { view: done } = await bench.resume(view.runId);
  assertEquals([done.state, done.criteria.map((one) => one.state)], [
    "passed",
    ["accepted", "passed", "passed", "passed", "passed"],
  ]);
});
