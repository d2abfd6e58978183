import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { baseToRepeat, decide, type DecideInput } from "../../../lib/checks/decide.ts";
import type { CannotRun, ControlRun } from "../../../lib/kernel/check_run.ts";
import { checkRun } from "../../helpers/check_runs.ts";

type Kind = "pass" | "fail" | CannotRun["kind"];
const KINDS: readonly Kind[] = [
  "pass",
  "fail",
  "missing_tool",
  "missing_module",
  "refused_connection",
  "timed_out",
  "not_started",
];

const run = checkRun;
const COMMAND = { kind: "command", run: "sh check.sh", preserve: false, hidden: false } as const;
const PRESERVE = { ...COMMAND, preserve: true } as const;
const HUMAN = { kind: "human" } as const;

function input(parts: Partial<DecideInput>): DecideInput {
  return { checks: [COMMAND], base: [], runs: [], earlier: [], changed: 1, ...parts };
}

Deno.test("Over all combinations of two checks: what each verdict may and may not rest on", () => {
  let count = 0;
  const tally = { passed: 0, failed: 0, unverified: 0 };
  for (const first of [COMMAND, PRESERVE]) {
    for (const second of [COMMAND, PRESERVE, HUMAN]) {
      for (const base1 of KINDS) {
        for (const base2 of KINDS) {
          for (const work1 of KINDS) {
            for (const work2 of KINDS) {
              for (const sameTree of [false, true]) {
                const tree = sameTree ? "base" : "work";
                const human = second === HUMAN;
                const decided = decide(input({
                  checks: [first, second],
                  base: [run(base1, "base"), human ? null : run(base2, "base")],
                  runs: [run(work1, tree), human ? null : run(work2, tree)],
                  changed: sameTree ? 0 : 1,
                }));
                count++;
                tally[decided.verdict]++;
                const pairs: [{ preserve?: boolean }, Kind, Kind][] = [[
                  first,
                  base1,
                  work1,
                ]];
                if (!human) pairs.push([second as { preserve?: boolean }, base2, work2]);
                const said = JSON.stringify({ pairs, sameTree, decided });
                const anyNo = pairs.some(([, , work]) => work === "fail");
                // A check that ran and said no: failed, and nothing else is.
                assertEquals(decided.verdict === "failed", anyNo, said);
                if (decided.verdict === "passed") {
                  assert(!human && !sameTree, said);
                  assert(pairs.every(([, , work]) => work === "pass"), said);
                  assert(
                    pairs.some(([check, base]) => !check.preserve && base !== "pass"),
                    said,
                  );
                }
                // Right work is not left undecided where everything could decide.
                if (
                  !human && !sameTree && pairs.every(([, , work]) => work === "pass") &&
                  pairs.every(([, base]) => base === "pass" || base === "fail") &&
                  pairs.some(([check, base]) => !check.preserve && base === "fail")
                ) assertEquals(decided.verdict, "passed", said);
                assert(decided.reason.length > 0 && !decided.reason.includes("undefined"), said);
                assertEquals(decided.broken, [], "one attempt never shows that a check is broken");
              }
            }
          }
        }
      }
    }
  }
  assertEquals(count, 2 * 3 * 7 ** 4 * 2);
  assert(tally.passed > 20 && tally.failed > 1000 && tally.unverified > 1000);
});

Deno.test("No check, or a person's check alone, decides nothing", () => {
  assertEquals(decide(input({ checks: [] })).verdict, "unverified");
  const human = decide(input({ checks: [HUMAN], base: [null], runs: [null] }));
  assertEquals(human, {
    verdict: "unverified",
    reason: "The check is for a person to decide",
    broken: [],
  });
});

Deno.test("An agent that changed nothing fails a check that says no, and is told so", () => {
  const decided = decide(input({ base: [run("fail", "b")], runs: [run("fail", "b")], changed: 0 }));
  assertEquals(decided.verdict, "failed");
  assertEquals(
    decided.reason,
    "No file was changed, and the check says no as it did on the base: line of fail",
  );
});

Deno.test("Work of a criterion before it can have done it: passed with no change of its own", () => {
  const decided = decide(input({ base: [run("fail", "b")], runs: [run("pass", "w")], changed: 0 }));
  assertEquals(decided.verdict, "passed");
});

Deno.test("A check is broken after the same trouble on the base and on two different trees", () => {
  const tool = (tree: string) => run("missing_tool", tree);
  const one = input({ base: [tool("b")], runs: [tool("w1")] });
  assertEquals(decide(one).broken, []);
  const two = input({ base: [tool("b")], runs: [tool("w2")], earlier: [[tool("w1")]] });
  assertEquals([decide(two).verdict, decide(two).broken], ["unverified", [0]]);
  assertStringIncludes(decide(two).reason, "on the base and on every try alike");
  assertEquals(
    decide({ ...two, runs: [tool("w1")] }).broken,
    [],
    "the same tree is no second look",
  );
  assertEquals(decide({ ...two, base: [run("fail", "b")] }).broken, [], "the base could run it");
  assertEquals(decide({ ...two, earlier: [[run("timed_out", "w1")]] }).broken, [], "other trouble");
  const beside = decide({
    checks: [COMMAND, COMMAND],
    base: [run("fail", "b"), tool("b")],
    runs: [run("pass", "w2"), tool("w2")],
    earlier: [[run("fail", "w1"), tool("w1")]],
    changed: 1,
  });
  assertEquals([beside.verdict, beside.broken], ["unverified", [1]]);
  const no = decide({
    checks: [COMMAND, COMMAND],
    base: [run("fail", "b"), tool("b")],
    runs: [run("fail", "w2"), tool("w2")],
    earlier: [[run("fail", "w1"), tool("w1")]],
    changed: 1,
  });
  assertEquals([no.verdict, no.broken], ["failed", [1]], "a broken check hides no other's no");
});

Deno.test("A base that could not run for a passing reason is run again before it counts", () => {
  const parts = input({ base: [run("refused_connection", "b")], runs: [run("pass", "w")] });
  assertEquals(baseToRepeat(parts), [0]);
  assertEquals(decide(parts).verdict, "unverified");
  const again = (kind: Kind) =>
    decide({ ...parts, base: [run(kind, "b")], baseRepeated: [0] }).verdict;
  assertEquals(again("fail"), "passed");
  assertEquals(again("timed_out"), "passed");
  assertEquals(again("pass"), "unverified");
  const ended = { ...parts, base: [run("timed_out", "b")] as const, baseRepeated: [0] };
  assertEquals(decide(ended).reason, "The check timed out on the base and passes now");
  const module = input({ base: [run("missing_module", "b")], runs: [run("pass", "w")] });
  assertEquals([baseToRepeat(module), decide(module).verdict], [[], "passed"]);
});

Deno.test("Tests that vanish while a check turns green decide nothing", () => {
  const decided = (base?: number, work?: number) =>
    decide(input({
      base: [run("fail", "b", { testsRan: base })],
      runs: [run("pass", "w", { testsRan: work })],
    })).verdict;
  assertEquals(decided(12, 12), "passed");
  assertEquals(decided(12, 13), "passed");
  assertEquals(decided(undefined, 3), "passed");
  assertEquals(decided(undefined, undefined), "passed");
  assertEquals(decided(0, 0), "passed");
  assertEquals(decided(12, 11), "unverified");
  assertEquals(decided(12, undefined), "unverified");
  // The code under test can skip the only one.
  assertEquals(decided(1, 0), "unverified");
});

Deno.test("What a hidden check printed is not in a reason", () => {
  const checks = [{ ...COMMAND, hidden: true }];
  for (const kind of ["fail", "missing_tool", "timed_out"] as const) {
    const { reason } = decide(input({ checks, base: [run("fail", "b")], runs: [run(kind, "w")] }));
    assert(!reason.includes("line of"), reason);
    assertStringIncludes(reason, "(hidden check)");
  }
});

Deno.test("A check that says two things about the same files decides nothing", () => {
  const flips = decide(input({
    base: [run("fail", "b")],
    runs: [run("pass", "w")],
    earlier: [[run("fail", "w")]],
  }));
  assertEquals(flips.verdict, "unverified");
  assertStringIncludes(flips.reason, "different results on the same files");
});

Deno.test("Strict takes no pass without a control, unless what decides runs none of the work", () => {
  const none: ControlRun = {
    checkDigest: "",
    tree: "w",
    state: "none",
    reason: "No source of the check is known that could be made to fail",
    sources: null,
    runs: 0,
    durationMs: 0,
  };
  const passes = (
    check: Partial<typeof COMMAND> | { run: string } | { protect: string[] },
    strict: boolean,
  ) =>
    decide(input({
      checks: [{ ...COMMAND, ...check }],
      base: [run("fail", "b")],
      runs: [run("pass", "w")],
      controls: [none],
      strict,
    }));
  assertEquals(passes({}, false).verdict, "passed");
  const bare = passes({}, true);
  assertEquals(bare.verdict, "unverified");
  assertStringIncludes(bare.reason, 'name its own files in "protect", or give them in "files"');
  // To name what is named already helps nobody.
  for (const own of [{ protect: ["Makefile"] }, { protect: [], files: { "t.pl": "" } }]) {
    assertStringIncludes(
      passes(own, true).reason,
      "could be made to fail; let it start a protected",
    );
    assertEquals(passes(own, true).reason.includes("name its own files"), false);
  }
  const looks = passes({ run: "grep -q x README" }, true);
  assertEquals([looks.verdict, looks.control], ["passed", "none"]);
  assertStringIncludes(looks.reason, "(control: none)");
  const first = decide(input({
    base: [run("fail", "b")],
    runs: [run("pass", "w")],
    strict: true,
  }));
  assertEquals(first.verdict, "passed", "no control was asked yet");
});
