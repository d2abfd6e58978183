import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import type { App } from "../../../lib/app/app.ts";
import type {
  InterviewHooks,
  InterviewProgress,
} from "../../../lib/app/interview/interview_hooks.ts";
import type { InterviewView } from "../../../lib/cli/interview_view.ts";
import { parseAnswers } from "../../../lib/cli/interview_answers.ts";
import { exitOf, interviewTalk } from "../../../lib/cli/interview_talk.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { systemClock } from "../../../lib/system/system_clock.ts";
import type { InterviewStory } from "../engine/interview/interview_story.ts";
import { askedStory, DRAFT, reviewedStory, viewOf } from "../../helpers/interview_stories.ts";
import { Screen } from "../../helpers/screen.ts";

type Start = (hooks: InterviewHooks) => AsyncGenerator<InterviewProgress, InterviewView>;

/** What was typed: switches, the text of a file of answers, where the seed is saved. */
interface Typed {
  switches?: readonly string[];
  filed?: string;
  save?: string;
}

/** A talk where nobody can be asked. */
async function talked(start: Start, { switches = [], filed = "", save }: Typed = {}) {
  const output = new Screen();
  const context = {
    // The clock alone is used.
    app: { clock: systemClock, self: ["deno", "run"] as readonly string[] } as App,
    output,
    interrupt: new AbortController().signal,
    words: {
      positional: [],
      has: (option: string) => switches.includes(option),
      text: () => undefined,
      texts: () => [],
      count: () => undefined,
      amount: () => undefined,
      durationMs: () => undefined,
    },
  };
  const options = {
    filed: filed === "" ? null : await parseAnswers(filed, "a.yaml"),
    auto: switches.includes("auto"),
    save,
  };
  const { exit } = await interviewTalk(context, options, start);
  return {
    exit,
    ...output,
    json: () => output.stdout.trim().split("\n").map((one) => JSON.parse(one)),
  };
}

/** Asks one hook as the use-case does, and ends. */
function asking(story: InterviewStory, ask: (hooks: InterviewHooks) => Promise<unknown>): Start {
  return async function* (hooks) {
    yield { type: "event", event: story.events[0]! };
    replies.push(await ask(hooks));
    return viewOf(story);
  };
}

const replies: unknown[] = [];
const UNTRIED = {
  text: "goal: It works\n",
  commands: [{ criterion: "1", run: "rm -rf x", hidden: false, files: [] }],
};

Deno.test("where nobody said yes a seed's commands are shown, and none is let run", async () => {
  const story = reviewedStory();
  replies.length = 0;
  const end = await talked(asking(story, (hooks) => hooks.trial(viewOf(story), UNTRIED)));
  assertEquals([end.exit, replies], [4, [{ kind: "leave" }]]);
  assertStringIncludes(end.stderr, "The seed\n  goal: It works\n");
  assertStringIncludes(end.stderr, "Runs in a copy of the project, as you\n  1 rm -rf x\n");
});

Deno.test("where nobody can be asked it says what is asked, and how to answer", async () => {
  const story = askedStory();
  const end = await talked(asking(story, (hooks) => hooks.answer(viewOf(story))));
  assertEquals(end.exit, 4);
  assertStringIncludes(end.stderr, "What was understood\n");
  assertStringIncludes(end.stderr, "3 questions still asked\n  q1 Which coupons are meant?\n");
  assertMatch(
    end.stderr,
    /Error: Nobody can be asked here: 3 questions wait\n {2}Try: ouroboros interview --resume interview_1 --answers FILE\n$/,
  );
});

Deno.test("where the seed was to be saved stands in what goes on with it", async () => {
  const story = askedStory();
  const start = asking(story, (hooks) => hooks.answer(viewOf(story)));
  const end = await talked(start, { save: "my seed.yaml" });
  assertStringIncludes(
    end.stderr,
    "Try: ouroboros interview --resume interview_1 --save 'my seed.yaml' --answers FILE\n",
  );
});

Deno.test("a review and a seed are shown where nobody can be asked, and want a yes", async () => {
  const story = reviewedStory();
  const end = await talked(asking(story, (hooks) => hooks.review(viewOf(story))));
  assertEquals(end.exit, 4);
  assertStringIncludes(end.stderr, "A yes confirms these assumptions\n");
  assertStringIncludes(end.stderr, "Try: ouroboros interview --resume interview_1 --yes\n");
  const seed = await talked(asking(story, (hooks) => hooks.seed(viewOf(story), DRAFT)));
  assertStringIncludes(seed.stderr, "The seed\n  goal: It works\n");
});

Deno.test("programs are handed what a person would have been asked, and the whole at the end", async () => {
  const story = askedStory();
  for (
    const [type, ask] of [
      ["screen", (hooks: InterviewHooks) => hooks.answer(viewOf(story))],
      ["review", (hooks: InterviewHooks) => hooks.review(viewOf(story))],
      ["choice", (hooks: InterviewHooks) => hooks.choose(viewOf(story))],
      ["seed", (hooks: InterviewHooks) => hooks.seed(viewOf(story), DRAFT)],
    ] as const
  ) {
    const end = await talked(asking(story, ask), { switches: ["json"] });
    const lines = end.json();
    assertEquals(lines.map((one) => one.type), ["interview.begun", type, "result"]);
    assertEquals(lines[1].view.questions.length, 3);
    assertEquals(lines[1].draft, type === "seed" ? DRAFT : undefined);
    assertEquals(lines[2].interview.interviewId, "interview_1");
    assertEquals([end.exit, end.stderr], [4, ""]);
  }
});

Deno.test("a yes that was typed, and auto, approve the review and freeze the seed", async () => {
  for (const [word, by] of [["yes", "person"], ["auto", "auto"]] as const) {
    const story = reviewedStory();
    replies.length = 0;
    await talked(asking(story, (hooks) => hooks.review(viewOf(story))), { switches: [word] });
    await talked(asking(story, (hooks) => hooks.seed(viewOf(story), DRAFT)), { switches: [word] });
    await talked(asking(story, (hooks) => hooks.trial(viewOf(story), UNTRIED)), {
      switches: [word],
    });
    assertEquals(replies, [
      { kind: "approve", by },
      { kind: "freeze", by, unseen: true },
      { kind: "try", unseen: true },
    ]);
  }
});

Deno.test("checks that decide nothing are frozen by a yes that was typed, and never by auto", async () => {
  const story = reviewedStory();
  const draft = { ...DRAFT, remarks: ["Criterion 1: it passes already"], decides: false };
  replies.length = 0;
  const start = asking(story, (hooks) => hooks.seed(viewOf(story), draft));
  await talked(start, { switches: ["yes"] });
  const auto = await talked(start, { switches: ["auto"] });
  assertEquals(replies, [{ kind: "freeze", by: "person", unseen: true }, { kind: "leave" }]);
  assertEquals(auto.exit, 4);
  assertStringIncludes(auto.stderr, "Before it is frozen\n  Criterion 1: it passes already\n");
  assertStringIncludes(auto.stderr, "Try: ouroboros interview --resume interview_1 --yes\n");
});

Deno.test("a file answers, and ids that were never asked are told", async () => {
  const story = askedStory();
  replies.length = 0;
  const start = asking(story, (hooks) => hooks.answer(viewOf(story)));
  const end = await talked(start, { filed: "answers: { q1: 2, q33: x }" });
  assertEquals(replies, [{
    ...{ kind: "answers", answers: [{ question: "q1", choices: [2] }], remark: "", by: "file" },
  }]);
  assertStringIncludes(
    end.stderr,
    "Answered by the file and never asked: q33 (did you mean q3?)\n",
  );
  const json = (await talked(start, { switches: ["json"], filed: "answers: { q33: x }" })).json();
  assertEquals(json.at(-2), { type: "notice", text: "Never asked: q33 (did you mean q3?)" });
});

Deno.test("an error is thrown on, behind the way to go on", async () => {
  const story = askedStory();
  const output = new Screen();
  const start = asking(story, () => {
    throw new OuroborosError({ code: "usage", message: "No" });
  });
  const context = {
    ...{
      app: { clock: systemClock, self: ["deno", "run"] as readonly string[] } as App,
      output,
      interrupt: new AbortController().signal,
    },
    words: { has: () => false } as never,
  };
  await assertRejects(
    () => interviewTalk(context, { filed: null, auto: false }, start),
    OuroborosError,
    "No",
  );
  assertEquals(output.stderr, "Kept; to go on: ouroboros interview --resume interview_1\n");
});

Deno.test("the exit code says why it ended", () => {
  const view = viewOf(askedStory());
  const at = (phase: InterviewView["next"]["phase"], auto = false) => ({
    ...view,
    auto,
    next: { ...view.next, phase },
  });
  assertEquals(exitOf(at("frozen"), false), 0);
  assertEquals(exitOf(at("paused"), false), 1);
  assertEquals(exitOf(at("asking"), true), 4);
  assertEquals(exitOf(at("asking"), false), 7);
  assertEquals(exitOf(at("abandoned"), false), 7);
  assertEquals(exitOf(at("choosing", true), false), 9);
  assertEquals(exitOf(at("choosing"), false), 7);
});
