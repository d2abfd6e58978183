import { assertEquals, assertStringIncludes } from "@std/assert";
import { runReceipts } from "../../../../lib/app/run_receipts.ts";
import { renderReceipt } from "../../../../lib/checks/render_receipt.ts";
import { appBench, dataOf } from "../../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: greet.sh says hello
    check: { run: sh tests/greet.sh, protect: tests }
`;
/** Sources the work, so that the work can end it early. */
const FILES = {
  "seed.yaml": SEED,
  "tests/greet.sh": '. ./greet.sh\n[ "$(greet)" = hello ] || exit 1\n',
};
const RIGHT = "echo 'greet() { echo hello; }' > greet.sh";
const EARLY = "echo 'exit 0' > greet.sh";

Deno.test("a pass is confirmed by a control, which stands in the journal and on the receipt", async () => {
  await using bench = await appBench({ files: FILES, play: RIGHT });
  const { view } = await bench.start({});
  assertEquals([view.state, view.criteria[0]!.control], ["passed", "full"]);
  const [checked] = dataOf(await bench.events(view.runId), "attempt.checked");
  assertEquals(checked!.controls?.map((one) => one?.file), ["tests/greet.sh"]);
  const { receipts } = await runReceipts(bench.app, view.runId, { width: 200 });
  assertEquals(receipts[0]!.receipt.replayable.control, "full");
  const text = renderReceipt(receipts[0]!.receipt, { width: 200 });
  assertStringIncludes(text, "control: full. It notices a failing start and end of");
});

Deno.test("a pass that is confirmed in part is said so, and is undecided where that is asked for", async () => {
  await using bench = await appBench({ files: FILES, play: EARLY });
  const lenient = await bench.start({});
  assertEquals([lenient.view.state, lenient.view.criteria[0]!.control], ["passed", "partial"]);
  assertStringIncludes(lenient.view.criteria[0]!.reason, "control: partial");
  const { view } = await bench.start({ strict: true });
  assertEquals([view.state, view.exit], ["unverified", 9]);
  assertStringIncludes(view.criteria[0]!.reason, "no failing end");
});

Deno.test("a pass that does not notice its own tests fail is no pass, with the file named", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": SEED.replace("sh tests/greet.sh", "./run_tests"),
      "tests/greet.sh": FILES["tests/greet.sh"],
      "run_tests": "#!/bin/sh\nsh tests/greet.sh\n",
    },
    play: "printf '#!/bin/sh\\nexit 0\\n' > run_tests; chmod +x run_tests",
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.exit], ["unverified", 9]);
  assertStringIncludes(view.criteria[0]!.reason, '"tests/greet.sh" must fail');
});

Deno.test("a check that says no of the branch only once is flaky, and sends no work back", async () => {
  const seed = `schema: 1
goal: Two files
acceptance_criteria:
  - { id: one, description: one, check: { run: test -e one.txt } }
  - id: two
    description: two
    check: { run: test -e two.txt }
`;
  await using bench = await appBench({
    files: { "seed.yaml": seed },
    play: "echo 1 > $criterion.txt",
  });
  const flag = `${bench.root}/seen`;
  await Deno.writeTextFile(
    `${bench.project}/seed.yaml`,
    seed.replace(
      "run: test -e one.txt",
      // Where both are there, it says no the first time.
      `run: "test -e one.txt || exit 1; test ! -e two.txt || test -e ${flag} || { touch ${flag}; exit 1; }"`,
    ),
  );
  const { view } = await bench.start({});
  const events = await bench.events(view.runId);
  assertEquals(dataOf(events, "attempt.reverted").length, 0);
  assertEquals(view.criteria.map((one) => one.state), ["unverified", "passed"]);
  assertStringIncludes(view.criteria[0]!.reason, "flaky: passed 1 of 2 on one tree");
});

Deno.test("a file in the home folder that changes how checks run is told, and strict takes no pass then", async () => {
  await using bench = await appBench({
    files: FILES,
    play: `${RIGHT}; echo script-shell=/bin/true > "$HOME/.npmrc"`,
  });
  const lenient = await bench.start({});
  assertEquals(lenient.view.state, "passed");
  assertEquals(lenient.view.criteria[0]!.toolchains, [".npmrc"]);
  const { receipts } = await runReceipts(bench.app, lenient.view.runId, { width: 200 });
  assertEquals(receipts[0]!.receipt.claimed.toolchains, [".npmrc"]);
  assertStringIncludes(
    renderReceipt(receipts[0]!.receipt, { width: 200 }),
    "changed in the home folder since the run began: ~/.npmrc",
  );
  // The admission of the next run sees it as it is by now.
  assertEquals((await bench.start({ strict: true })).view.state, "passed");
  await Deno.remove(`${bench.app.paths.home}/.npmrc`);
  const { view } = await bench.start({ strict: true });
  assertEquals([view.state, view.exit], ["unverified", 9]);
  assertStringIncludes(view.criteria[0]!.reason, "not as they were admitted");
});

Deno.test("a pass that rests on a file behind a link out of the project is none, and the link is named", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml":
        "goal: A version\nacceptance_criteria: [{ id: v, description: v, check: grep -qx 2 VERSION }]\n",
    },
    play: 'echo 2 > "$notes/outside"; ln -s "$notes/outside" VERSION',
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.exit], ["unverified", 9]);
  assertStringIncludes(
    view.criteria[0]!.reason,
    `lies outside of the project: link leads out of the project: VERSION -> ${bench.notes}/outside`,
  );
});

const KEEPING = `schema: 1
goal: A feature, and what was there goes on
acceptance_criteria:
  - { id: feature, description: the feature is there, check: { run: grep -q new lib.txt } }
  - { id: old, description: what was there goes on, depends_on: [feature], check: { run: grep -q old lib.txt } }
`;

Deno.test("work that breaks what held on the base is sent back, told what it broke", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": KEEPING, "lib.txt": "old\n" },
    play: 'case $n in 1) echo new > lib.txt ;; *) echo "old new" > lib.txt ;; esac',
  });
  const { view } = await bench.start({});
  const events = await bench.events(view.runId);
  const looks = dataOf(events, "branch.rechecked").map((one) =>
    one.regressions.map((broken) => broken.criterion)
  );
  assertEquals(looks, [["old"], []]);
  assertEquals(view.criteria.map((one) => [one.state, one.tries]), [["passed", 2], ["skipped", 0]]);
  const [first, second] = dataOf(events, "attempt.started");
  assertStringIncludes(second!.retry!.line, "Breaks criterion old");
  const prompt = await (await bench.app.journal()).getBlob(first!.prompt);
  assertStringIncludes(
    new TextDecoder().decode(prompt),
    "keep it working:\n- old: what was there goes on",
  );
});

Deno.test("work that goes on breaking what held on the base is a no, and stays off the branch", async () => {
  for (const check of ["grep -q old lib.txt", "grep -q old lib.txt, preserve: true"]) {
    await using bench = await appBench({
      files: { "seed.yaml": KEEPING.replace("grep -q old lib.txt", check), "lib.txt": "old\n" },
      play: "echo new > lib.txt",
    });
    const { view } = await bench.start({ limits: { attempts: 2 } });
    assertEquals([view.state, view.exit, view.changed], ["failed", 5, false]);
    assertStringIncludes(view.criteria[0]!.reason, "Breaks criterion old");
    assertEquals(view.criteria[1]!.state === "passed", false);
  }
});

Deno.test("what held on the base and cannot be checked on the branch is undecided, not skipped", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": KEEPING.replace("grep -q old lib.txt", "sh old.sh"),
      "lib.txt": "old\n",
      "old.sh": "grep -q old lib.txt || no-such-tool\n",
    },
    play: "echo new > lib.txt",
  });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => one.state), ["passed", "unverified"]);
  assertStringIncludes(view.criteria[1]!.reason, "could not run once criterion feature was");
});
