import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import type { ChoiceReply, ScreenReply } from "../../../lib/app/interview/interview_hooks.ts";
import { type DialogueParts, interviewDialogue } from "../../../lib/cli/interview_dialogue.ts";
import { type InterviewBench, interviewBench } from "../../helpers/interview_bench.ts";
import { askedStory, DRAFT, reviewedStory, viewOf } from "../../helpers/interview_stories.ts";
import { CAN_MAKE_TERMINALS } from "../../helpers/in_terminal.ts";
import { visible } from "../../../lib/cli/render/text.ts";
import { Screen } from "../../helpers/screen.ts";

/** A dialogue by lines: what is answered comes from a list. */
function byLines(...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  const parts: DialogueParts = {
    output,
    interrupt: new AbortController().signal,
    clear() {},
    factsShown: () => true,
  };
  return { output, hooks: interviewDialogue(parts) };
}

/** The three questions are answered: what is recommended twice, and a text. */
const ANSWERED = [
  ["Your answer", "\r"],
  ["More than one", "\r"],
  ["Your answer", "The API\r"],
] as const;

/** Nothing more is said to them, and yes to all that is shown then. */
const AGREED = [
  ["Anything else", "\r"],
  ["Is this what is wanted?", "\r"],
  ["Try its checks now?", "\r"],
  ["Freeze this seed?", "\r"],
] as const;

Deno.test("each answer is handed in by itself, the screen shown once, and a remark with the last", async () => {
  const { hooks, output } = byLines("1", "2", "The API", "Mind the tests");
  const story = askedStory();
  const remarks: string[] = [];
  for (let number = 0; number < 3; number++) {
    const reply = await hooks.answer(viewOf(story));
    assert(reply.kind === "answers" && reply.by === "person");
    assertEquals(reply.answers.length, 1);
    story.answer(...reply.answers);
    const more = await reply.more?.(viewOf(story));
    remarks.push(more?.kind === "answers" ? more.remark : "");
  }
  assertEquals(remarks, ["", "", "Mind the tests"]);
  assertEquals(output.stderr.split("What was understood").length, 2);
  assertStringIncludes(output.stderr, "Question 3 of 3 (q3)");
});

Deno.test("enough is said at any question; behind the last answer it is said after that is kept", async () => {
  assertEquals(await byLines("done").hooks.answer(viewOf(askedStory())), {
    kind: "finish",
    by: "person",
  });
  const { hooks } = byLines("The API", "done");
  const story = askedStory().answer({ question: "q1", skip: true }, { question: "q2", skip: true });
  const reply = await hooks.answer(viewOf(story));
  assert(reply.kind === "answers" && reply.remark === "");
  assertEquals(await reply.more?.(viewOf(story)), { kind: "finish", by: "person" });
});

Deno.test("back leads to the question before, whose new answer is handed in by itself", async () => {
  const { hooks, output } = byLines("1", "back", "2", "1", "back", "back", "Mine", "The API", "");
  const story = askedStory();
  const given: unknown[] = [];
  while (viewOf(story).questions.length > 0) {
    const reply = await hooks.answer(viewOf(story));
    assert(reply.kind === "answers");
    given.push(...reply.answers);
    story.answer(...reply.answers);
    assertEquals(reply.more === undefined, viewOf(story).questions.length > 0);
  }
  assertEquals(given, [
    { question: "q1", choices: [2] },
    { question: "q1", choices: [1] },
    { question: "q2", choices: [1] },
    { question: "q1", text: "Mine" },
    { question: "q3", text: "The API" },
  ]);
  assertStringIncludes(output.stderr, '"back" is the question before');
  assertEquals(await byLines("back").hooks.answer(viewOf(askedStory())), {
    ...{ kind: "answers", answers: [{ question: "q1", text: "back" }], remark: "", by: "person" },
  });
});

Deno.test("who leaves at a question has left; who leaves behind the last answer keeps that", async () => {
  assertEquals(await byLines(null).hooks.answer(viewOf(askedStory())), { kind: "leave" });
  const { hooks } = byLines("The API", null);
  const story = askedStory().answer({ question: "q1", skip: true }, { question: "q2", skip: true });
  const reply = await hooks.answer(viewOf(story));
  assert(reply.kind === "answers" && reply.answers[0]?.text === "The API");
  assertEquals(await reply.more?.(viewOf(story)), { kind: "leave" });
});

Deno.test("behind the last answer a fact is corrected, kept at once, and more may be said", async () => {
  const { hooks, output } = byLines(
    ...["The API", "fact", "2", "make check", "fact", "2", "", "Mind the tests"],
  );
  const story = askedStory().answer({ question: "q1", skip: true }, { question: "q2", skip: true });
  const reply = await hooks.answer(viewOf(story));
  assert(reply.kind === "answers");
  const fact = await reply.more!(viewOf(story));
  assert(fact?.kind === "answers" && fact.facts);
  assertEquals(fact.facts, { corrections: [{ id: "test", text: "make check" }] });
  // What is corrected next is what holds by then.
  story.add("facts.corrected", { ...fact.facts, by: "person" });
  const other = await fact.more!(viewOf(story));
  assertStringIncludes(output.stderr, "  2  make check\n");
  assert(other?.kind === "answers");
  assertEquals(other.facts, { corrections: [{ id: "test", text: null }] });
  const last = await other.more!(viewOf(story));
  assert(last?.kind === "answers");
  assertEquals([last.remark, last.facts, last.more], ["Mind the tests", undefined, undefined]);
});

Deno.test("a fact may be corrected at the review too, and where a person has to choose", async () => {
  const facts = { corrections: [{ id: "said", text: null }] };
  assertEquals(await byLines("3", "fact", "3", "").hooks.review(viewOf(reviewedStory())), {
    ...{ kind: "answers", answers: [], remark: "", by: "person" },
    facts,
  });
  assertEquals(await byLines("2", "fact", "3", "").hooks.choose(viewOf(askedStory())), {
    ...{ kind: "answers", answers: [], remark: "", by: "person" },
    facts,
  });
});

Deno.test("a review is approved, or told which assumptions do not hold, or what is wrong", async () => {
  const view = viewOf(reviewedStory());
  assertEquals(await byLines("").hooks.review(view), { kind: "approve", by: "person" });
  assertEquals(await byLines("2", "1", "Dates are local").hooks.review(view), {
    ...{ kind: "decline", rejected: ["a1"], remark: "Dates are local", by: "person" },
  });
  // Nothing was said to it: it is asked again.
  assertEquals(await byLines("3", "", "3", "The goal").hooks.review(view), {
    ...{ kind: "decline", rejected: [], remark: "The goal", by: "person" },
  });
  assertEquals(await byLines("4").hooks.review(view), { kind: "leave" });
  assertEquals(await byLines("2", null).hooks.review(view), { kind: "leave" });
});

Deno.test("where it is not clear a person answers more, says more, forces it, keeps or abandons it", async () => {
  const view = viewOf(askedStory());
  const choose = (...lines: (string | null)[]) => byLines(...lines).hooks.choose(view);
  const answered: unknown[] = [];
  let reply: ScreenReply | ChoiceReply | undefined = await choose("1", "1", "1", "The API");
  while (reply?.kind === "answers") {
    answered.push(...reply.answers.map((one) => one.question));
    reply = await reply.more?.(view);
  }
  assertEquals(answered, ["q1", "q2", "q3"]);
  const said = await choose("2", "", "2", "It is urgent");
  assertEquals(said, { kind: "answers", answers: [], remark: "It is urgent", by: "person" });
  assertEquals(await choose("3", "Good enough"), {
    ...{ kind: "force", reason: "Good enough", by: "person" },
  });
  assertEquals(await choose("4"), { kind: "leave" });
  assertEquals(await choose("5", ""), { kind: "abandon", reason: "", by: "person" });
  assertEquals(await choose(null), { kind: "leave" });
});

Deno.test("who leaves among open questions keeps those that were answered", async () => {
  const view = viewOf(askedStory());
  const { hooks } = byLines("1", "1", null);
  const reply = await hooks.choose(view);
  assert(reply.kind === "answers" && reply.answers.length === 1);
  assertEquals(await reply.more?.(view), { kind: "leave" });
});

Deno.test("a seed is shown whole, then frozen, sent back with words, or left", async () => {
  const view = viewOf(reviewedStory());
  const { hooks, output } = byLines("");
  assertEquals(await hooks.seed(view, DRAFT), { kind: "freeze", by: "person" });
  assertStringIncludes(output.stderr, "The seed\n  goal: It works\n");
  assertEquals(await byLines("2", "", "2", "Another goal").hooks.seed(view, DRAFT), {
    ...{ kind: "decline", remark: "Another goal", by: "person" },
  });
  assertEquals(await byLines("3").hooks.seed(view, DRAFT), { kind: "leave" });
  assertEquals(await byLines("2", null).hooks.seed(view, DRAFT), { kind: "leave" });
});

Deno.test("before a seed's commands run they are shown, and a person says whether they do", async () => {
  const view = viewOf(reviewedStory());
  const command = { criterion: "1", run: "sh a.sh", hidden: true, files: ["a.sh"] };
  const untried = { text: DRAFT.text, commands: [command] };
  const { hooks, output } = byLines("");
  assertEquals(await hooks.trial(view, untried), { kind: "try" });
  assertStringIncludes(output.stderr, "The seed\n  goal: It works\n");
  assertStringIncludes(output.stderr, "as you\n  1 sh a.sh [hidden] [brings a.sh]\n");
  assertEquals(await byLines("2").hooks.trial(view, untried), { kind: "skip" });
  assertEquals(await byLines("3").hooks.trial(view, untried), { kind: "leave" });
  assertEquals(await byLines(null).hooks.trial(view, untried), { kind: "leave" });
});

const [DOWN, SPACE, CTRL_C, CTRL_D] = ["\x1b[B", " ", "\x03", "\x04"];
const IDEA = "reject expired coupons";
const RESUME = /ouroboros interview --resume (interview_\w{18})\s*$/;

/** A test at a terminal, with a bench of its own; `wordy` as of `interviewBench`. */
function atTerminal(
  name: string,
  body: (bench: InterviewBench) => Promise<void>,
  model: { wordy?: string } = {},
) {
  Deno.test({
    name,
    ignore: !CAN_MAKE_TERMINALS,
    fn: async () => {
      await using bench = await interviewBench(model);
      await body(bench);
    },
  });
}

/** The interview that a talk ended in, as programs are told it: what was said is kept by then. */
async function keptBy(bench: InterviewBench, shown: string) {
  const [, id] = RESUME.exec(shown) ?? [];
  const after = await bench.talk(["--resume", id!, "--json"], []);
  return JSON.parse(after.shown.trim().split("\n").at(-1)!).interview;
}

atTerminal(
  "a fact that is wrong is corrected at a terminal, and that is kept at once",
  async (bench) => {
    const { shown, code } = await bench.talk([IDEA], [
      ...ANSWERED,
      ["Anything else", "fact\r"],
      ["Which of these is wrong?", "\r"],
      ["What holds instead?", "The tests are slow\r"],
      ["Anything else", CTRL_C],
    ]);
    assertEquals(code, 7, shown);
    assertStringIncludes(shown, "None: it is missing");
    // What was said is kept, though the person left right behind it.
    const facts = (await keptBy(bench, shown)).facts.facts as {
      id: string;
      text: string;
      source: null;
    }[];
    assertEquals(facts.map(({ text, source }) => [text, source]), [["The tests are slow", null]]);
  },
);

for (const columns of [80, 120]) {
  atTerminal(`an idea becomes a seed by arrows and lines, ${columns} columns`, async (bench) => {
    const { shown, code } = await bench.talk([IDEA], [
      ["Your answer", "\r"],
      ["More than one", `${DOWN}${SPACE}\r`],
      ["Your answer", "The API\r"],
      ...AGREED,
    ], { columns });
    assertEquals(code, 0, shown);
    const order = [
      "Found in the project",
      "What was understood",
      "Open ",
      "Clarity ",
      "Question 1",
    ]
      .map((text) => shown.indexOf(text));
    assertEquals(order, order.toSorted((a, b) => a - b));
    assert(order[0]! >= 0, shown);
    assertStringIncludes(shown, "● Those with a date");
    assertStringIncludes(shown, "A yes confirms these assumptions");
    assertMatch(shown, /fails now: /);
    assertMatch(shown, /State +frozen/);
    // deno-lint-ignore no-control-regex -- what terminals obey
    assertNotMatch(shown, /\x1b\[[349]\dm/);
    assertEquals((await bench.seeds()).length, 1);
  });
}

/** Longer than two lines of any screen here, with a word that has no blank and characters of two columns. */
const WORDY =
  `, ${"whichever country the customer orders from, ".repeat(5)}${"a/long/path/".repeat(12)} ` +
  `${"期限切れのクーポンは拒否されます".repeat(6)} 👩‍👩‍👧`;

for (const columns of [80, 120]) {
  atTerminal(
    `no line is wider than ${columns} columns, however much a model says`,
    async (bench) => {
      const { shown, code } = await bench.talk([IDEA], [
        ...ANSWERED,
        ...AGREED,
      ], { columns });
      assertEquals(code, 0, shown);
      // What moves the cursor begins a line of its own: a list is drawn anew at each key.
      // deno-lint-ignore no-control-regex -- what terminals obey
      const lines = shown.split(/\r|\n|\x1b\[\d*[A-HJ]/).map((line) =>
        // deno-lint-ignore no-control-regex -- the same
        line.replace(/\x1b\[[?\d;]*[a-zA-Z]/g, "")
      );
      const wide = lines.filter((line) => visible(line) > columns);
      // A path that is to be pasted stays whole.
      assertEquals(wide.filter((line) => !line.includes("/seeds/seed_")), []);
      assert(lines.some((line) => visible(line) > columns - 8), "some line is filled");
    },
    { wordy: WORDY },
  );
}

for (
  const [name, key, around] of [
    ["Ctrl-C", CTRL_C, undefined],
    ["Ctrl-D", CTRL_D, undefined],
    // The shell gets Ctrl-C too, and would end by it in place of telling the exit code.
    ["Ctrl-C behind a pipe", CTRL_C, (line: string) => `trap : INT; echo x | ${line}`],
  ] as const
) {
  atTerminal(
    `${name} at a question loses nothing, and the last line says how to go on`,
    async (bench) => {
      const first = around ? "own words" : "Your answer";
      const { shown, code } = await bench.talk([IDEA], [[first, "\r"], ["More than one", key]], {
        ...(around ? { around } : {}),
      });
      assertEquals(code, 7, shown);
      const id = RESUME.exec(shown)?.[1];
      assert(id !== undefined, shown);
      const again = await bench.talk(["--resume", id], [["Question 1 of 2 (q2)", CTRL_C]]);
      assertEquals(again.code, 7, again.shown);
      assertStringIncludes(again.shown, "Found in the project");
    },
  );
}

atTerminal("Ctrl-D leaves a list of choices and a line of text alike", async (bench) => {
  const list = await bench.talk([IDEA], [["Your answer", CTRL_D]]);
  assertEquals(list.code, 7, list.shown);
  assertMatch(list.shown, RESUME);
  const line = await bench.talk(["--resume"], [
    ["Your answer", `${DOWN}${DOWN}\r`],
    ["nter skips", CTRL_D],
  ]);
  assertEquals(line.code, 7, line.shown);
  assertMatch(line.shown, RESUME);
});

atTerminal("Ctrl-C behind the last answer keeps it, and asks no model any more", async (bench) => {
  const { shown, code } = await bench.talk([IDEA], [
    ...ANSWERED,
    ["Anything else", CTRL_C],
  ]);
  assertEquals(code, 7, shown);
  assertMatch(shown, RESUME);
  assertStringIncludes(shown, "1 call of a model");
  const again = await bench.talk(["--resume"], [["Is this what is wanted?", CTRL_C]]);
  assertEquals(again.code, 7, again.shown);
});

Deno.test({
  name: "where nothing can be drawn it is asked by lines: a dumb terminal, and no columns",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    for (const more of [{ env: { TERM: "dumb" } }, { columns: 0 }]) {
      await using bench = await interviewBench();
      const { shown, code } = await bench.talk([IDEA], [
        ["own words [1]", "\n"],
        ["picked [1]", "1,2\n"],
        ["Your answer", "The API\n"],
        ["Anything else", "\n"],
        ["wanted? [1]", "\n"],
        ["checks now? [1]", "\n"],
        ["seed? [1]", "\n"],
      ], more);
      assertEquals(code, 0, shown);
      assertStringIncludes(shown, "  1  Those with a date  (recommended)\n");
      assertEquals((await bench.seeds()).length, 1);
    }
  },
});

atTerminal("a model that fails pauses it, with the way to go on", async (bench) => {
  const { shown, code } = await bench.talk([IDEA], [
    ...ANSWERED,
    ["Anything else", "\r"],
    // It is drawn up anew and scored; how it is drawn up a third time was not recorded.
    ["wanted?", `${DOWN}${DOWN}\r`],
    ["changed?", "Not this\r"],
    ["wanted?", `${DOWN}${DOWN}\r`],
    ["changed?", "Nor this\r"],
  ]);
  assertEquals(code, 1, shown);
  assertMatch(shown, /State +paused: /);
  assertMatch(shown, RESUME);
});

atTerminal(
  "what is typed at a list is read as words or a number, and never dropped for the preset",
  async (bench) => {
    const { shown, code } = await bench.talk([IDEA], [
      ["Your answer", "99\r"],
      ['"99" is none of them', "garb"],
      ["│  garb", "age\r"],
      ["More than one", "2\r"],
      ["Your answer", CTRL_C],
    ]);
    assertEquals(code, 7, shown);
    // The list gives way to what was taken: nobody is to read its preset as that.
    assertEquals(shown.match(/■/g)?.length, 1, "where the person left");
    assertStringIncludes(shown, "│  In the log\n");
    const answers = (await keptBy(bench, shown)).answers as { answer: string }[];
    assertEquals(answers.map((one) => one.answer), ["garbage", "In the log"]);
  },
);

atTerminal(
  "a text of several lines that is pasted is one answer, shown before it is taken",
  async (bench) => {
    const text = "line one\rline two\r2\ryes";
    const { shown, code } = await bench.talk([IDEA], [
      ["Your answer", text],
      ["line one↵line two↵2↵yes", "\r"],
      ["More than one", "2\r"],
      ["Your answer", `\x1b[200~${text}\r\x1b[201~`],
      ["line one↵line two↵2↵yes", "\r"],
      ["Anything else", CTRL_C],
    ]);
    assertEquals(code, 7, shown);
    const answers = (await keptBy(bench, shown)).answers as { answer: string }[];
    const whole = text.replaceAll("\r", "\n");
    assertEquals(answers.map((one) => one.answer), [whole, "In the log", whole]);
  },
);
