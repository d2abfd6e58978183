import { assertEquals, assertRejects } from "@std/assert";
import { parseAnswers, readAnswers } from "../../../lib/cli/interview_answers.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a file answers by ids in every way that a person can", async () => {
  const { byId, screens, remark, facts, brownfield, approve, force } = await parseAnswers(
    `answers:
  q1: 2
  q2: in my own words
  q3: { choices: [1, On the page], text: and more }
  q4: delegate
  q5: skip
  q6: [1, 3]
  q7: { delegate: true }
  q8: null
remark: Mind the tests
approve: true
force: It is late
`,
    "a.yaml",
  );
  assertEquals(Object.fromEntries(byId), {
    q1: { choices: [2] },
    q2: { text: "in my own words" },
    q3: { choices: [1, "On the page"], text: "and more" },
    q4: { delegate: true },
    q5: { skip: true },
    q6: { choices: [1, 3] },
    q7: { delegate: true },
    q8: null,
  });
  assertEquals({ screens, remark, facts, brownfield, approve, force }, {
    ...{ screens: [], remark: "Mind the tests", approve: true, force: "It is late" },
    ...{ facts: new Map(), brownfield: null },
  });
});

Deno.test("a list answers from the first question on, screens by the place on each; JSON is YAML", async () => {
  const filed = await parseAnswers(
    '{"answers": [1, null, "x"], "screens": [[1, "delegate"], [null, "own words"]]}',
    "a.json",
  );
  assertEquals([...filed.byId.keys()], ["q1", "q2", "q3"]);
  assertEquals(filed.screens, [[{ choices: [1] }, { delegate: true }], [null, {
    text: "own words",
  }]]);
  assertEquals(filed.approve, false);
});

for (
  const [text, message, hint] of [
    ["aprove: true", '"aprove" is not known', 'Did you mean "approve"?'],
    ["answers: { qq1: 1 }", 'answers: "qq1" is not known', 'Did you mean "q1"?'],
    ["answers: { goal: 1 }", 'answers: "goal" is not known', "Questions are called q1, q2, …"],
    ["answers: { q1: { txt: a } }", 'answers.q1: "txt" is not known', 'Did you mean "text"?'],
    ["screens: [[{ skip: 1 }]]", "screens[0][0].skip must be true or false", undefined],
    ["screens: [1]", "screens[0] must be a list", undefined],
    ["answers: { q1: [{}] }", "answers.q1 must hold numbers of choices, or their texts", undefined],
    ["approve: maybe", "approve must be true or false", undefined],
    ["force: 3", "force must be text; put it in quotes", undefined],
    ["force: ' '", "force must say why the seed is made although it is not clear", undefined],
    [
      "- 1",
      "it must be a mapping of answers, screens, remark, facts, brownfield, approve, force",
      undefined,
    ],
  ] as const
) {
  Deno.test(`what a file cannot mean is refused with its place: ${text}`, async () => {
    const error = await assertRejects(() => parseAnswers(text, "a.yaml"), OuroborosError);
    assertEquals(error.code, "usage");
    assertEquals(error.message, `Use the answers "a.yaml": ${message}`);
    assertEquals(error.hint, hint ?? "ouroboros interview --help");
  });
}

Deno.test("what is no YAML, no file and no text is told from one another", async () => {
  await using dir = await tempDir();
  await Deno.writeFile(`${dir.path}/bytes`, new Uint8Array([0xff, 0xfe, 0x00]));
  await Deno.writeFile(`${dir.path}/large`, new Uint8Array(1_000_001));
  const code = async (name: string) =>
    (await assertRejects(() => readAnswers(dir.path, name), OuroborosError)).code;
  assertEquals(await code("gone.yaml"), "not_found");
  assertEquals(await code("bytes"), "unreadable");
  assertEquals(await code("large"), "unreadable");
  assertEquals(await code("."), "unreadable");
  const broken = await assertRejects(() => parseAnswers("a: [", "a.yaml"), OuroborosError);
  assertEquals(broken.code, "usage");
});

Deno.test("an empty file answers nothing, and says so as what it is", async () => {
  const error = await assertRejects(() => parseAnswers("", "a.yaml"), OuroborosError);
  assertEquals(
    error.message,
    'Use the answers "a.yaml": it must be a mapping of answers, screens, remark, facts, brownfield, approve, force',
  );
});

Deno.test("facts are texts, or false; anything else is refused with its place", async () => {
  const { facts, brownfield } = await parseAnswers(
    "{ facts: { test: make check, git: false, ci: null }, brownfield: false }",
    "a.yaml",
  );
  assertEquals([...facts], [["test", "make check"], ["git", null], ["ci", null]]);
  assertEquals(brownfield, false);
  for (
    const [text, message] of [
      ["facts: [a]", "facts must be a mapping"],
      ["facts: { test: 3 }", 'facts["test"] must be text; put it in quotes'],
      ["facts: { test: '' }", 'facts["test"] must be text, or false where it is not so'],
      ["brownfield: often", "brownfield must be true or false"],
    ]
  ) {
    await assertRejects(() => parseAnswers(text!, "a.yaml"), OuroborosError, message);
  }
});
