import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { stringify } from "@std/yaml";
import { forceSeed } from "../../../../lib/engine/interview/decide.ts";
import { parseSeedAnswer } from "../../../../lib/engine/interview/seed_answer.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

const { state } = new InterviewStory().screen({ verification: TESTED }).score(1);

function problems(...criteria: Record<string, unknown>[]): string[] {
  return parseSeedAnswer(state, { goal: "A goal", criteria }).problems ?? [];
}

Deno.test("an answer becomes a seed file that loads", () => {
  const { value } = parseSeedAnswer(state, {
    goal: " A goal ",
    constraints: ["No new dependency"],
    criteria: [
      {
        description: "It is rejected",
        run: "npm test",
        protect: ["old.test.ts"],
        hidden_run: "sh secret.sh",
      },
      {
        description: "It looks right",
        human: "Ann, at 80 columns",
        reason: "Taste",
        depends_on: [1],
      },
      { description: "It is kind", reason: "Nobody can measure it", artifacts: ["a.txt"] },
    ],
  });
  assertEquals(value?.metadata, {
    ...{ seed_id: "seed_1", ambiguity_score: 0.21, interview_id: "interview_1" },
  });
  assertEquals(value?.goal, "A goal");
  assertEquals(value?.acceptance_criteria?.[1], {
    description: "It looks right",
    depends_on: [1],
    check: { human: "Ann, at 80 columns (no command decides it: Taste)" },
  });
  const text = stringify(value, { useAnchors: false });
  const { seed } = loadSeed(new TextEncoder().encode(text), { name: "seed.yaml" });
  assertEquals(seed.criteria.map((one) => [one.id, one.dependsOn, one.checks.length]), [
    ["1", [], 2],
    ["2", ["1"], 1],
    ["3", [], 0],
  ]);
});

Deno.test("a check brings its own files, says what is printed, and stands beside what must go on holding", () => {
  const { value } = parseSeedAnswer(state, {
    goal: "A goal",
    criteria: [{
      description: "It adds",
      run: "sh add_test.sh",
      stdout: "3\n",
      files: [{ path: "add_test.sh", text: "sh add.sh 1 2\n" }],
      preserve_run: "sh old_test.sh",
      hidden_run: "sh secret.sh",
      hidden_files: [{ path: "secret.sh", text: "sh add.sh 4 5 | grep 9\n" }],
      protect: ["old_test.sh"],
    }],
  });
  const text = stringify(value, { useAnchors: false });
  const { seed } = loadSeed(new TextEncoder().encode(text), { name: "seed.yaml" });
  const commands = seed.criteria[0]!.checks.filter((one) => one.kind === "command");
  assertEquals(
    commands.map(({ run, hidden, preserve, files, expect, protect }) =>
      [run, hidden, preserve, Object.keys(files), expect?.stdout, protect] as const
    ),
    [
      ["sh add_test.sh", false, false, ["add_test.sh"], "3\n", ["old_test.sh"]],
      ["sh old_test.sh", false, true, [], undefined, ["old_test.sh"]],
      ["sh secret.sh", true, false, ["secret.sh"], undefined, ["old_test.sh"]],
    ],
  );
});

Deno.test("a command that says yes to anything is a problem, also where it only preserves", () => {
  const description = "x";
  const told = (key: string) => [`criteria[0].${key}: must be a command that can say no`];
  assertEquals(problems({ description, run: "true" }), told("run"));
  assertEquals(problems({ description, run: 'echo "$(cat a)"', stdout: "3" }), []);
  assertEquals(problems({ description, run: "a", preserve_run: "exit 0" }), told("preserve_run"));
  assertEquals(problems({ description, run: "a", hidden_run: "echo ok" }), told("hidden_run"));
});

Deno.test("a command that no work can pass is a problem", () => {
  const parsed = parseSeedAnswer(new InterviewStory().state, {
    goal: "g",
    criteria: [{ description: "d", run: "false" }],
  });
  assertEquals(parsed.problems, ["criteria[0].run: must be a command that can say yes"]);
});

Deno.test("a person is named, and nothing is put back that the work brings", () => {
  const description = "x";
  for (const human of ["someone", "A person.", "the user", "anybody", "TBD", "human"]) {
    assertEquals(problems({ description, human }), [
      "criteria[0].human: must name who looks, and at what",
    ], human);
  }
  assertEquals(problems({ description, human: "Ann" }), []);
  assertEquals(problems({ description, human: "One of the bakers, at the page" }), []);
  assertEquals(problems({ description, human: "Ann", preserve_run: "b" }), [
    'criteria[0]: must have "run" beside "preserve_run"',
  ]);
  const brings = { description, run: "a", protect: ["tests/**"], artifacts: ["tests/new.py"] };
  assertEquals(problems(brings), [
    'criteria[0].protect: would put back "tests/new.py", which the work brings',
  ]);
});

Deno.test("a forced seed says so, with the true score", () => {
  const story = new InterviewStory();
  story.append(...forceSeed(story.state, { by: "person", reason: "" }));
  const answer = { goal: "A goal", criteria: [{ description: "x", run: "npm test" }] };
  assertEquals(parseSeedAnswer(story.state, answer).value?.metadata, {
    seed_id: "seed_1",
    ambiguity_score: 1,
    interview_id: "interview_1",
    forced: true,
  });
  story.append(...forceSeed(story.state, { by: "file", reason: "It is late " }));
  assertEquals(
    parseSeedAnswer(story.state, answer).value?.metadata?.forced_reason,
    "It is late",
    "why stands beside it",
  );
});

Deno.test("a reason that says nothing is none, and nothing protects all that the work does", () => {
  const description = "d";
  for (const reason of [".", "n/a", "TBD"]) {
    assertEquals(problems({ description, reason }), [
      'criteria[0]: must have "run", "human" or a "reason" why nothing decides it',
    ], reason);
    assertEquals(problems({ description, run: "npm test", reason }), []);
  }
  for (const glob of ["**", "*", ".", "**/*", "./**"]) {
    assertEquals(problems({ description, run: "npm test", protect: [glob] }), [
      `criteria[0].protect: would put back all that the work does: "${glob}"`,
    ]);
  }
  assertEquals(problems({ description, run: "npm test", protect: ["tests/**", "**/*.md"] }), []);
  for (const run of ["sh -c 'exit 1'", "test 1 = 2"]) {
    assertEquals(problems({ description, run }), [
      "criteria[0].run: must be a command that can say yes",
    ]);
  }
});

Deno.test("a criterion that nobody decides, or two do, is a problem", () => {
  const description = "x";
  assertEquals(problems({ description }), [
    'criteria[0]: must have "run", "human" or a "reason" why nothing decides it',
  ]);
  assertEquals(problems({ description, run: "a", human: "b" }), [
    'criteria[0]: must have either "run" or "human", has both',
  ]);
  assertEquals(problems({ description, run: "a", depends_on: [1] }), [
    "criteria[0].depends_on: must name earlier criteria only",
  ]);
  assertEquals(problems({ description, human: "Ann", hidden_run: "b" }), [
    'criteria[0]: must have "run" beside "hidden_run"',
  ]);
  assertEquals(problems(), ["criteria: must have at least 1 entries"]);
  assertEquals(problems({ description, run: "a\u0000" }).length, 1);
  assertEquals(problems({ description, run: "a", protect: ["../../etc/passwd"] }).length, 1);
});

Deno.test("no value of any kind crashes it", () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    const parsed = parseSeedAnswer(state, value);
    assert((parsed.value === null) !== (parsed.problems === null));
  }));
});
