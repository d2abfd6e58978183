import {
  assert,
  assertEquals,
  assertFalse,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { applyRun, undoRun } from "../../../lib/app/apply_run.ts";
import { diffRun } from "../../../lib/app/diff_run.ts";
import { planRun } from "../../../lib/app/plan_run.ts";
import { runReceipts } from "../../../lib/app/run_receipts.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, dataOf, runInput } from "../../helpers/app_bench.ts";
import { AGENT } from "../../helpers/app_bench.ts";
import { processesIn } from "../../helpers/processes_in.ts";
import { scriptedAgent } from "../../helpers/scripted_agent.ts";
import { stuckGit } from "../../helpers/stuck_git.ts";

const ONE = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check:
      run: 'grep -qx hello hello.txt || { echo "it says $(cat hello.txt)"; exit 1; }'
`;

Deno.test("work that is wrong once and then right passes at its second try, in the same session", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "nothing\n" },
    play: `if [ "$n" = 1 ]; then echo hullo > hello.txt; else echo hello > hello.txt; fi`,
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.exit, view.criteria[0]!.tries], ["passed", 0, 2]);
  assertEquals(await bench.starts(), ["hello 1 -", "hello 2 s-hello-1"]);
  const retry = await bench.note("prompt-hello-2");
  assertStringIncludes(retry, "does not hold yet");
  assertStringIncludes(retry, "it says hullo");
  assertFalse(retry.includes("Goal of the whole work"), "a resumed session is told nothing twice");
  assertEquals(await Deno.readTextFile(join(bench.project, "hello.txt")), "nothing\n");
  const { receipts } = await runReceipts(bench.app, view.runId, { width: 80 });
  const { replayable } = receipts[0]!.receipt;
  assertEquals(replayable.checks[0]!.base?.verdict, "fail");
  assertEquals(replayable.checks[0]!.work?.verdict, "pass");
});

Deno.test("a signal while the files are read ends a run before it exists, and leaves nothing", async () => {
  await using bench = await appBench({ files: { "seed.yaml": ONE, "hello.txt": "nothing\n" } });
  const { reading } = await stuckGit(bench.bin);
  const stop = new AbortController();
  const work = bench.start({}, { interrupt: stop.signal });
  await reading;
  stop.abort();
  assertEquals((await assertRejects(() => work, OuroborosError)).code, "cancelled");
  assertEquals(await bench.starts(), []);
  const left = await Array.fromAsync(Deno.readDir(join(bench.root, "ours", "runs")));
  assertEquals(left.map((one) => one.name), []);
});

Deno.test("a run that passed frees its worktrees, and its changes can still be seen, applied and undone", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "nothing\n" },
    play: "echo hello > hello.txt",
  });
  const { view } = await bench.start({});
  const dir = join(bench.root, "ours", "runs", view.runId);
  const names = [...Deno.readDirSync(dir)].map((one) => one.name);
  assertFalse(names.includes("worktrees") || names.includes("checkouts"), names.join(" "));
  assertStringIncludes((await diffRun(bench.app, view.runId, {})).text, "+hello");
  assertStringIncludes(
    (await diffRun(bench.app, view.runId, { criterion: "hello" })).text,
    "+hello",
  );
  await applyRun(bench.app, view.runId, { mode: { kind: "worktree" }, dryRun: false });
  assertEquals(await Deno.readTextFile(join(bench.project, "hello.txt")), "hello\n");
  await undoRun(bench.app, view.runId, { dryRun: false });
  assertEquals(await Deno.readTextFile(join(bench.project, "hello.txt")), "nothing\n");
});

Deno.test("an agent that only claims ends failed after its tries, and its files are kept", async () => {
  await using bench = await appBench({ files: { "seed.yaml": ONE, "hello.txt": "x\n" } });
  const { view } = await bench.start({ limits: { attempts: 2 } });
  assertEquals([view.state, view.exit, view.attempts], ["failed", 5, 2]);
  assertStringIncludes(view.criteria[0]!.reason, "No file was changed");
  assertStringIncludes(await bench.note("prompt-hello-2"), "No file was changed.");
  const dir = join(bench.root, "ours", "runs", view.runId);
  assert((await Deno.stat(join(dir, "worktrees"))).isDirectory);
});

const MIXED = `schema: 1
goal: Things
acceptance_criteria:
  - id: unchecked
    description: Something nice
  - id: kept
    description: keep.txt stays
    check: { run: test -e keep.txt, preserve: true }
  - id: after
    description: Goes on from it
    depends_on: [unchecked]
    check: { run: test -e after.txt }
  - id: toolless
    description: Needs a tool that is not here
    check: { run: no-such-tool-here --version }
`;

Deno.test("nothing is paid for what cannot count: such criteria are skipped, their dependents blocked", async () => {
  await using bench = await appBench({ files: { "seed.yaml": MIXED, "keep.txt": "" } });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => `${one.id} ${one.state}`), [
    "unchecked skipped",
    "kept skipped",
    "after blocked",
    "toolless skipped",
  ]);
  assertEquals([view.exit, view.attempts], [9, 0]);
  assertEquals(await bench.starts(), []);
});

Deno.test("with --anyway agents work on them, and what no check decides ends unverified", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": MIXED, "keep.txt": "" },
    play: `echo x > "$criterion.txt"`,
  });
  const { view } = await bench.start({ anyway: true });
  assertEquals(view.criteria.map((one) => `${one.id} ${one.state}`), [
    "unchecked unverified",
    "kept unverified",
    "after passed",
    "toolless unverified",
  ]);
  assertEquals(view.exit, 9);
  // A check that cannot run is given one more, different tree, and no third one.
  assertEquals(view.criteria[3]!.tries, 2);
  assert(view.changed, "undecided work is not thrown away");
});

const BROKEN_BY_TWO = `schema: 1
goal: Two files
acceptance_criteria:
  - id: one
    description: one.txt is there
    check: { run: 'test -e one.txt || { echo "one.txt is gone"; exit 1; }' }
  - id: two
    description: two.txt is there
    check: { run: test -e two.txt }
`;

Deno.test("work that breaks what held is taken back and tried again with that as its reason", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": BROKEN_BY_TWO },
    play: `case $criterion.$n in
      one.*) echo 1 > one.txt;;
      two.1) rm one.txt; echo 2 > two.txt;;
      two.*) echo 1 > one.txt;;
    esac`,
  });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => `${one.state} ${one.tries}`), ["passed 1", "passed 2"]);
  const events = await bench.events(view.runId);
  const [reverted] = dataOf(events, "attempt.reverted");
  assertEquals(reverted?.criterion, "two");
  const prompt = await bench.note("prompt-two-2");
  assertStringIncludes(prompt, "It breaks criterion one, which held before");
  assertStringIncludes(prompt, "one.txt is gone");
  const { changed } = await diffRun(bench.app, view.runId, {});
  assertEquals(changed.map((one) => one.path), ["one.txt", "two.txt"]);
});

Deno.test("a check that can no longer run puts what passed in doubt, and reverts nothing", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `schema: 1
goal: Two files
acceptance_criteria:
  - id: one
    description: one.txt is there
    check: { run: "test -e one.txt || exit 1; [ ! -e two.txt ] || no-such-tool-here" }
  - id: two
    description: two.txt is there
    check: { run: test -e two.txt }
`,
    },
    play: `echo x > "$criterion.txt"`,
  });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => one.state), ["unverified", "passed"]);
  assertStringIncludes(view.criteria[0]!.reason, "could not run once criterion two was integrated");
  const events = await bench.events(view.runId);
  assertEquals(dataOf(events, "attempt.reverted"), []);
  assertEquals(
    dataOf(events, "criterion.settled").map((one) => [one.criterion, one.before, one.state]),
    [["one", undefined, "passed"], ["one", "passed", "unverified"], ["two", undefined, "passed"]],
  );
  assertEquals([view.exit, view.attempts], [9, 2]);
  const { receipts } = await runReceipts(bench.app, view.runId, { criterion: "one", width: 80 });
  assertEquals(receipts[0]!.receipt.replayable.decision.state, "unverified");
});

Deno.test("what of a try's files is left out, or taken as something else, is in the journal", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "nothing\n", ".gitignore": "dist/\n" },
    play: `echo hello > hello.txt; mkdir dist; echo x > dist/out
      git init -q lib; echo y > lib/y.txt`,
  });
  const { view } = await bench.start({});
  const [recorded] = dataOf(await bench.events(view.runId), "attempt.recorded");
  assertEquals([recorded!.ignored, recorded!.nested], [["dist"], ["lib"]]);
});

const SECRET = "s3cret-comparison";

Deno.test("nothing of a hidden check reaches prompt, worktree, counterexample, receipt or reason", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `schema: 1
goal: Two files
acceptance_criteria:
  - id: one
    description: one.txt says 1
    check:
      - { run: test -e one.txt }
      - run: "sh probe.sh"
        hidden: true
        files: { "probe.sh": "grep -q 1 one.txt || { echo ${SECRET}; exit 1; }" }
  - id: two
    description: two.txt is there
    check: { run: test -e two.txt }
`,
    },
    play: `grep -rl '${SECRET}\\|probe' . >> "$notes/seen" 2>/dev/null
    case $criterion.$n in
      one.1) echo 0 > one.txt;;
      one.*) echo 1 > one.txt;;
      two.1) echo 0 > one.txt; echo 2 > two.txt;;
      two.*) echo 1 > one.txt;;
    esac`,
  });
  await Deno.rename(join(bench.project, "seed.yaml"), join(bench.root, "seed.yaml"));
  const { view } = await bench.start({ source: join(bench.root, "seed.yaml") });
  assertEquals(view.criteria.map((one) => `${one.state} ${one.tries}`), ["passed 2", "passed 2"]);
  const events = await bench.events(view.runId);
  assertEquals(dataOf(events, "attempt.reverted").length, 1, "it has to break for this test");
  const { receipts } = await runReceipts(bench.app, view.runId, { width: 80 });
  const told = [
    await bench.note("seen"),
    ...await Promise.all(
      ["one-1", "one-2", "two-1", "two-2"].map((one) => bench.note(`prompt-${one}`)),
    ),
    JSON.stringify(receipts),
    JSON.stringify(dataOf(events, "branch.rechecked")),
    JSON.stringify(dataOf(events, "criterion.settled")),
    JSON.stringify(
      dataOf(events, "attempt.checked").map((one) => [
        one.counterexample,
        one.decision,
      ]),
    ),
    JSON.stringify(view),
  ].join("\n");
  assertFalse(told.includes(SECRET), "what a hidden check prints was told");
  assertFalse(told.includes("probe"), "a hidden check's command was told");
  assertStringIncludes(await bench.note("prompt-one-2"), "not met as its description says");
});

Deno.test("a seed with hidden checks that lies in the project is pointed out", async () => {
  const seed = ONE.replace(
    /check:[^]*/,
    `check:
      - { run: test -e hello.txt }
      - { run: grep -q hello hello.txt, hidden: true }
`,
  );
  await using bench = await appBench({ files: { "seed.yaml": seed } });
  const { progress } = await bench.start({ limits: { attempts: 1 } });
  const notices = progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertStringIncludes(notices.join("\n"), "acceptance_criteria[0].check: Its hidden check can be");
  await Deno.rename(join(bench.project, "seed.yaml"), join(bench.root, "seed.yaml"));
  const again = await bench.start({
    limits: { attempts: 1 },
    source: join(bench.root, "seed.yaml"),
  });
  const after = again.progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertFalse(after.join("\n").includes("can be read by agents"));
});

Deno.test("a hidden check whose file agents get with the project is refused, before anything is left", async () => {
  const seed = (run: string) =>
    ONE.replace(
      /check:[^]*/,
      `check:
      - { run: test -e hello.txt }
      - { run: ${run}, hidden: true }
`,
    );
  await using bench = await appBench({
    files: {
      "seed.yaml": seed("sh tests/probe.sh"),
      "maybe.yaml": seed("sh probe.sh"),
      "tests/probe.sh": "grep -q hello hello.txt",
      "probe.sh": "grep -q hello hello.txt",
    },
    play: "echo hello > hello.txt",
  });
  const error = await assertRejects(() => bench.start({}), OuroborosError);
  assertEquals(error.code, "seed_invalid");
  assertStringIncludes(error.message, 'it runs "tests/probe.sh", which agents get');
  assertEquals([...Deno.readDirSync(join(bench.root, "ours", "runs"))], []);
  assertEquals(await bench.starts(), []);
  const { progress, view } = await bench.start({ source: "maybe.yaml" });
  const notices = progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertStringIncludes(notices.join("\n"), 'hidden check of criterion hello uses: "probe.sh"');
  assertEquals(view.state, "passed");
});

Deno.test("variables that are named reach agent and check, others do not", async () => {
  const env = { OURO_TEST_A: "aaa", OURO_TEST_B: "bbb", OURO_OTHER: "ccc" };
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    await using bench = await appBench({
      files: {
        "seed.yaml": `schema: 1
goal: See variables
acceptance_criteria:
  - id: one
    description: Variables are seen
    check: { run: 'test -e one.txt && test "$OURO_TEST_A$OURO_TEST_B$OURO_OTHER" = aaabbb' }
`,
      },
      play: `echo "$OURO_TEST_A $OURO_TEST_B $OURO_OTHER" > "$notes/variables"; echo x > one.txt`,
    });
    const { view } = await bench.start({ env: ["OURO_TEST_*"] });
    assertEquals(view.criteria.map((one) => [one.state, one.reason])[0]![0], "passed");
    assertEquals(await bench.note("variables"), "aaa bbb \n");
    const refused = await assertRejects(() => bench.start({ env: ["A=b"] }), OuroborosError);
    assertEquals([refused.code, refused.hint], ["usage", "--env A"]);
  } finally {
    for (const name of Object.keys(env)) Deno.env.delete(name);
  }
});

Deno.test("tokens are a limit that ends with 8; a resume with more goes on in the same session", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "x\n" },
    play: `echo "tokens 40 20"
    [ "$n" = 1 ] && exec sleep 60
    echo hello > hello.txt`,
  });
  const { view } = await bench.start({ limits: { maxTokens: 50 } });
  assertEquals([view.state, view.exit], ["interrupted", 8]);
  assertEquals(view.usage, { inputTokens: 40, outputTokens: 20 });
  assertStringIncludes(view.hint ?? "", `ouroboros resume ${view.runId} --max-tokens`);
  const again = await bench.resume(view.runId, { limits: { maxTokens: 500 } });
  assertEquals([again.view.state, again.view.exit], ["passed", 0]);
  assertEquals(await bench.starts(), ["hello 1 -", "hello 2 s-hello-1"]);
});

Deno.test("minutes are a limit that ends with 8 and leaves no process; a resume goes on", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "x\n" },
    play: `[ -e half.txt ] || { echo half > half.txt; sleep 60; }
    echo hello > hello.txt`,
  });
  const { view } = await bench.start({ limits: { minutes: 0.05 } });
  assertEquals([view.state, view.exit], ["interrupted", 8]);
  assertEquals(await processesIn(bench.root), []);
  const again = await bench.resume(view.runId, { limits: { minutes: 5 } });
  assertEquals(again.view.state, "passed", "what was changed before the limit was still there");
});

Deno.test("a prompt that is too large starts nothing, says so, and interrupts the run", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE },
    agent: scriptedAgent(AGENT, { promptBytes: 20 }),
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.exit, view.attempts], ["interrupted", 1, 0]);
  assertStringIncludes(view.reason, "it takes 20");
  assertEquals(await bench.starts(), []);
});

Deno.test("an agent that cannot resume gets the whole prompt again", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE },
    agent: scriptedAgent(AGENT, { resume: "none" }),
    play: `[ "$n" = 1 ] || echo hello > hello.txt`,
  });
  const { view } = await bench.start({});
  assertEquals(view.state, "passed");
  assertEquals(await bench.starts(), ["hello 1 -", "hello 2 -"]);
  assertStringIncludes(await bench.note("prompt-hello-2"), "Goal of the whole work: A greeting");
});

Deno.test("a failing server is asked again after a while, and one that wants a sign-in is not", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE },
    play: `case $n in
      1) echo "retry server_error It is down"; exit 1;;
      2) echo "fail not_signed_in Nobody is signed in"; exit 1;;
    esac
    echo hello > hello.txt`,
  });
  const { view, progress } = await bench.start({ limits: { attempts: 1 } });
  assertEquals(progress.flatMap((one) => one.type === "waiting" ? [one.seconds] : []), [2]);
  assertEquals([view.state, view.reason], ["interrupted", "Nobody is signed in"]);
  const again = await bench.resume(view.runId);
  assertEquals(again.view.state, "passed", "neither failure used up the one try");
});

Deno.test("a recording of a run, played again, gives the same tree", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": ONE, "hello.txt": "x\n", "old.txt": "old" },
    play: `mkdir -p sub; printf 'a\\0b' > sub/bin; rm -f old.txt; ln -sf hello.txt link
    if [ "$n" = 1 ]; then echo hullo > hello.txt; else echo hello > hello.txt; fi`,
  });
  const record = join(bench.root, "recording.json");
  const { view } = await bench.start({ record });
  assertEquals(view.state, "passed");
  const played = await bench.start({ recording: record });
  assertEquals([played.view.state, played.view.runtime], ["passed", "replay"]);
  const [first, second] = await Promise.all([
    bench.state(view.runId),
    bench.state(played.view.runId),
  ]);
  assertEquals(second.headTree, first.headTree);
});

Deno.test("a plan runs the checks, starts no agent and leaves no event and no file", async () => {
  await using bench = await appBench({ files: { "seed.yaml": MIXED, "keep.txt": "" } });
  const plan = await planRun(bench.app, runInput(bench), {
    admit: true,
    cancel: new AbortController().signal,
  });
  assertEquals(plan.criteria.map((one) => one.checks[0]?.now?.says), [
    undefined,
    "passes",
    "fails",
    "cannot run",
  ]);
  assertEquals(await bench.starts(), []);
  await assertRejects(() => Deno.stat(join(bench.root, "ours", "runs")), Deno.errors.NotFound);
});
