import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { acceptCriterion } from "../../../lib/app/accept_criterion.ts";
import { diffRun } from "../../../lib/app/diff_run.ts";
import { runReceipts } from "../../../lib/app/run_receipts.ts";
import { requestStream } from "../../../lib/engine/run/events.ts";
import { runRequest } from "../../../lib/engine/run/requests.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, dataOf } from "../../helpers/app_bench.ts";
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
    () => acceptCriterion(bench.app, view.id, { criterion: "look", reason: " " }),
    OuroborosError,
    "Say why",
  );
  await assertRejects(
    () => acceptCriterion(bench.app, view.id, { criterion: "size", reason: "fine" }),
    OuroborosError,
    "passed already",
  );
  const accepted = await acceptCriterion(bench.app, view.id, {
    criterion: "look",
    reason: "I looked",
  });
  assertEquals([accepted.state, accepted.exit], ["passed", 0]);
  assertEquals(accepted.criteria[0]!.acceptedBy, "ada");
  const { changed } = await diffRun(bench.app, view.id, {});
  assertEquals(changed.map((one) => one.path), ["look.txt", "size.txt"]);
  const { receipts } = await runReceipts(bench.app, view.id, { criterion: "look", width: 80 });
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
  const asked = await acceptCriterion(bench.app, id, { criterion: "size", reason: "by hand" });
  assertEquals(asked.criteria[1]!.state, "pending", "the worker is busy");
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
    runRequest("accept.requested", { by: "ada", criterion: "size", reason: "by hand" }),
  ]);
  worker.kill("SIGKILL");
  await worker.status;
  const { view } = await bench.resume(id);
  assertEquals(view.criteria.map((one) => one.state), ["unverified", "accepted"]);
  const accepted = dataOf(await bench.events(id), "criterion.accepted");
  assertEquals(accepted.map((one) => [one.criterion, one.by]), [["size", "ada"]]);
});
