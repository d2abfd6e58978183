import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { declineReview } from "../../../../lib/engine/interview/decide.ts";
import type { NewInterviewEvent } from "../../../../lib/engine/interview/events.ts";
import { interviewEvent } from "../../../../lib/engine/interview/events.ts";
import {
  floorOf,
  hasVerification,
  openLine,
  openThings,
  pendingQuestions,
  trueScore,
  unclearReasons,
} from "../../../../lib/engine/interview/open_things.ts";
import { transcriptDigest } from "../../../../lib/engine/interview/transcript.ts";
import { InterviewStory, type ScreenParts, TESTED } from "./interview_story.ts";

function openOf(story: InterviewStory): string[] {
  return openThings(story.state).map((one) => `${one.kind} ${one.id}`);
}

Deno.test("an unanswered question holds the score above 0.2, whatever a scorer says", () => {
  const story = new InterviewStory().screen({
    questions: ["verification: How is it tested?", "scope: Which coupons?"],
  });
  story.answer({ question: "q1", choices: [1] }).score(1);
  assertEquals(openOf(story), ["question q2"]);
  assertEquals(trueScore(story.state), 0.21);
  story.answer({ question: "q2", skip: true }).score(1);
  assertEquals(trueScore(story.state), 0.21);
  assertEquals(openThings(story.state)[0]!.text, "skipped: Which coupons?");
  story.answer({ question: "q2", text: "All of them" }).score(1);
  assertEquals([openOf(story), trueScore(story.state)], [[], 0]);
});

Deno.test("a missing verification holds it, and commands that always say yes are none", () => {
  for (const run of ["true", " : ", "exit 0", "echo it works", "printf ok"]) {
    const story = new InterviewStory().screen({ verification: [{ text: "It works", run }] });
    assert(openOf(story).includes("verification verification"), run);
  }
  const nobody = new InterviewStory().screen({ verification: [{ text: "It works" }] });
  assert(openOf(nobody).includes("verification verification"));
  const tested = new InterviewStory().screen({ verification: TESTED });
  assertEquals(openOf(tested), ["assumption a1"]);
  const seen = new InterviewStory().screen({
    verification: [{ text: "It looks right", human: "Ann, at 80 columns" }],
  });
  assertEquals(openOf(seen), ["assumption a1"]);
});

Deno.test("words alone verify nothing, whatever they say, until a draft names a command or somebody", () => {
  for (const text of ["no", "nothing", "not sure yet", "I can't verify it", "When it is good"]) {
    const story = new InterviewStory().screen({});
    assertEquals(story.state.questions[0]!.text, "How will you know that it is done?");
    story.answer({ question: "q1", text }).score(1);
    assertEquals(openOf(story), ["verification verification"], text);
    assert(trueScore(story.state)! > 0.2, text);
    assertEquals(
      unclearReasons(story.state)[0],
      "words alone say how the result is verified, and no command and nobody who looks is named",
    );
    story.screen({ verification: TESTED });
    assertEquals(openOf(story), ["assumption a1"], text);
  }
});

Deno.test('"you decide" verifies nothing where nothing was recommended, until a way is drafted', () => {
  const story = new InterviewStory().screen({});
  assertEquals(story.state.questions[0]!.text, "How will you know that it is done?");
  story.answer({ question: "q1", delegate: true });
  assertEquals(openOf(story), ["verification verification", "assumption q1"]);
  story.screen({});
  assertEquals(story.state.questions.length, 1);
  story.screen({ verification: TESTED });
  assertEquals(openOf(story), ["assumption q1", "assumption a1"]);
});

Deno.test("a contradiction is asked about by ourselves, and only an answer to that settles it", () => {
  const story = new InterviewStory().screen({
    verification: TESTED,
    contradictions: [{ text: "It is offline and in the cloud.", sides: ["Offline", "Cloud"] }],
  });
  assertEquals(openOf(story), ["question q1", "contradiction c1", "assumption a1"]);
  const [question] = story.state.questions;
  assertEquals(
    question!.text,
    "These cannot all hold: It is offline and in the cloud. Which one counts?",
  );
  assertEquals(question!.choices.map((one) => one.text), ["Offline", "Cloud"]);
  story.answer({ question: "q1", skip: true }).screen({ verification: TESTED });
  assert(openOf(story).includes("contradiction c1"));
  story.answer({ question: story.state.questions.at(-1)!.id, choices: [1] });
  assertEquals(openOf(story), ["assumption a1"]);
});

Deno.test("in other words the question about a contradiction still settles it", () => {
  const story = new InterviewStory().screen({
    verification: TESTED,
    contradictions: [{ text: "Free and paid", sides: ["Free", "Paid"] }],
  });
  story.answer({ question: "q1", skip: true }).screen({
    verification: TESTED,
    questions: [{
      ...{ topic: "scope", text: "Does anybody pay?", replaces: "q1" },
      choices: [{ text: "All is free" }, { text: "Some of it is paid" }],
    }],
  });
  const reworded = story.state.questions.find((one) => one.text === "Does anybody pay?")!;
  assertEquals([reworded.id, reworded.resolves], ["q2", "c1"]);
  story.answer({ question: reworded.id, text: "Nobody" });
  assertEquals(openOf(story).filter((one) => one.startsWith("contradiction")), []);
});

Deno.test("one contradiction is listed once, however often it is told", () => {
  const told = { text: "Free and paid", sides: ["Free", "Paid"] };
  const story = new InterviewStory().screen({ verification: TESTED, contradictions: [told, told] })
    .score(1, { contradictions: [{ ...told, text: "FREE, and paid!" }] });
  assertEquals(story.state.contradictions.map((one) => one.id), ["c1"]);
});

Deno.test("a project that turns out to be there already is weighed as one", () => {
  const story = new InterviewStory().screen({ questions: ["verification: Proof?"] });
  story.answer({ question: "q1", choices: [1] }).score(1);
  assertEquals(trueScore(story.state), 0);
  story.add("facts.corrected", { corrections: [], brownfield: true, by: "person" });
  assertEquals(trueScore(story.state), 0.15);
  assertEquals(unclearReasons(story.state), ["Context Clarity missing (< 0.60)"]);
});

Deno.test("a contradiction that a scorer names opens it, and the next screen asks", () => {
  const story = new InterviewStory().screen({ verification: TESTED })
    .score(1, { contradictions: [{ text: "Free and paid", sides: ["Free", "Paid"] }] });
  assertEquals(openOf(story), ["contradiction c1", "assumption a1"]);
  story.screen({ verification: TESTED });
  assertEquals(story.state.questions.map((one) => one.resolves), ["c1"]);
});

Deno.test("what was left to us is an assumption that holds it until the review says yes", () => {
  const story = new InterviewStory().screen({ questions: ["verification: How is it tested?"] });
  story.answer({ question: "q1", text: "I don't know" }).score(1);
  assertEquals(openOf(story), ["assumption q1"]);
  assertEquals(trueScore(story.state), 0.21);
  assertEquals(story.state.assumptions[0]!.text, "How is it tested? Yes");
  story.add("review.shown", {
    review: 1,
    basis: transcriptDigest(story.state),
    assumptions: [],
    score: 0.21,
  });
  story.add("review.approved", { review: 1, confirmed: ["q1"], by: "person" });
  assertEquals([openOf(story), trueScore(story.state)], [[], 0]);
});

Deno.test("an assumption that is rejected is asked again, or drawn anew", () => {
  const story = new InterviewStory().screen({
    questions: ["scope: All coupons?"],
    verification: TESTED,
  });
  story.answer({ question: "q1", delegate: true });
  story.add("review.shown", {
    review: 1,
    basis: transcriptDigest(story.state),
    assumptions: ["q1", "a1"].map((id) => ({ id, text: id, reason: "", delegated: id === "q1" })),
    score: null,
  });
  const said = { rejected: ["q1", "a1"], remark: "", by: "person" as const };
  story.append(...declineReview(story.state, 1, said));
  assertEquals(openOf(story), ["question q1", "verification verification"]);
  assertEquals(story.state.remarks.map((one) => one.text), [
    "This does not hold: Verified by: The tests pass (`npm test`)",
  ]);
});

Deno.test("a question in other words takes the place of the one that was skipped", () => {
  const questions = ["scope: Which coupons are listed?"];
  const story = new InterviewStory().screen({ questions, verification: TESTED });
  story.answer({ question: "q1", skip: true });
  story.screen({
    questions: [{ topic: "scope", text: "Is every coupon listed?", replaces: "q1" }],
    verification: TESTED,
  });
  assertEquals(openOf(story), ["question q2", "assumption a1"]);
  story.answer({ question: "q2", text: "All" });
  assertEquals(openOf(story), ["assumption a1"]);
});

Deno.test("what was skipped stays open where another thing is asked in its name", () => {
  const questions = ["scope: Which coupons are listed?"];
  const story = new InterviewStory().screen({ questions, verification: TESTED });
  story.answer({ question: "q1", skip: true }).screen({
    questions: [{ topic: "scope", text: "Shall the page look nice?", replaces: "q1" }],
    verification: TESTED,
  });
  assertEquals(openOf(story), ["question q1", "question q2", "assumption a1"]);
  story.answer({ question: "q2", text: "Yes" });
  assertEquals(openOf(story), ["question q1", "assumption a1"]);
  story.answer({ question: "q1", text: "Those with a date" });
  assertEquals(openOf(story), ["assumption a1"]);
});

Deno.test("a contradiction stays where no side of it is chosen, and is asked again", () => {
  const told = { text: "Free and paid", sides: ["Free", "Paid"] };
  for (const said of [{ delegate: true }, { text: "you decide" }, { text: "Hmm, both." }]) {
    const story = new InterviewStory().screen({ verification: TESTED, contradictions: [told] });
    story.answer({ question: "q1", ...said });
    assertEquals(openOf(story), ["question q1", "contradiction c1", "assumption a1"]);
    assertEquals(story.state.assumptions.length, 1);
    story.screen({ verification: TESTED });
    assertEquals(pendingQuestions(story.state).map((one) => one.resolves), ["c1"]);
    story.answer({ question: "q2", text: "Both, paid for firms" });
    assertEquals(openOf(story), ["assumption a1"]);
  }
  const recommended = [{ text: "Free", recommended: true }, "Paid"];
  const story = new InterviewStory().screen({
    verification: TESTED,
    contradictions: [{ ...told, sides: recommended }],
  });
  story.answer({ question: "q1", delegate: true });
  assertEquals(openOf(story), ["assumption a1", "assumption q1"]);
});

Deno.test("what says yes or no to anything, and nobody, verify nothing", () => {
  const verifiedBy = (one: { run?: string; human?: string }) => {
    const story = new InterviewStory().screen({ verification: [{ text: "It works", ...one }] });
    return hasVerification(story.state);
  };
  for (const run of ["# nothing", "true; true", "sh -c true", "exit 1", "tbd", "n/a"]) {
    assertEquals(verifiedBy({ run }), false, run);
  }
  for (const human of ["someone", "tbd", "n/a", "."]) assertEquals(verifiedBy({ human }), false);
  assertEquals([verifiedBy({ run: "sh test.sh" }), verifiedBy({ human: "Ann" })], [true, true]);
});

Deno.test("an easy question does not close a hard one of another topic", () => {
  const story = new InterviewStory().screen({ questions: ["scope: Which?"], verification: TESTED });
  story.answer({ question: "q1", skip: true });
  story.screen({
    questions: [{ topic: "goal", text: "Shall it be nice?", replaces: "q1" }],
    verification: TESTED,
  });
  story.answer({ question: "q2", text: "Yes" });
  assertEquals(openOf(story), ["question q1", "assumption a1"]);
});

Deno.test("the line counts what is open and names the first three", () => {
  const things = ["a", "b", "c", "d", "e"].map((text) => ({
    kind: "question" as const,
    id: text,
    text,
  }));
  assertEquals(openLine([]), "");
  assertEquals(openLine(things.slice(0, 1)), "1 thing is open: a");
  assertEquals(openLine(things.slice(0, 2)), "2 things are open: a; b");
  assertEquals(openLine(things), "5 things are open: a; b; c; and 2 more");
});

Deno.test("the reasons name the score and the dimensions below their floors", () => {
  const story = new InterviewStory().screen({ verification: TESTED });
  assertEquals(unclearReasons(story.state), ["how clear it is was not scored yet"]);
  story.score(0.6);
  assertEquals(unclearReasons(story.state), [
    "the score 0.40 is above 0.20",
    "Goal Clarity 0.60 < 0.75",
    "Constraint Clarity 0.60 < 0.65",
    "Success Criteria Clarity 0.60 < 0.70",
  ]);
  story.score(1);
  assertEquals(unclearReasons(story.state), []);
});

const topic = fc.constantFrom("goal", "scope", "verification", "outputs");
const name = fc.constantFrom("A", "B", "C", "D", "E", "F");

/** Screens of every kind; few words, so that questions and assumptions meet again. */
const parts: fc.Arbitrary<ScreenParts> = fc.record({
  goal: name,
  verification: fc.array(
    fc.record({
      text: name,
      run: fc.constantFrom(null, "true", "npm test"),
      human: fc.constantFrom(null, "Ann"),
    }),
    { maxLength: 2 },
  ),
  assumptions: fc.array(fc.record({ text: name, reason: name }), { maxLength: 2 }),
  contradictions: fc.array(
    fc.record({ text: name, sides: fc.constant(["one", "two"]) }),
    { maxLength: 1 },
  ),
  questions: fc.array(
    fc.record({
      topic,
      text: name,
      replaces: fc.constantFrom(null, "q1", "q2", "q3", "q9"),
    }),
    { maxLength: 4 },
  ),
});

const given = fc.record({
  at: fc.nat(20),
  how: fc.constantFrom("text", "skip", "delegate"),
});

type Move = { screen: ScreenParts } | { answer: { at: number; how: string } } | { score: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ screen: parts }),
  fc.record({ answer: given }),
  fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

function play(story: InterviewStory, one: Move): void {
  if ("screen" in one) story.screen(one.screen);
  else if ("score" in one) story.score(one.score);
  else {
    const { questions } = story.state;
    if (questions.length === 0) return;
    const { id } = questions[one.answer.at % questions.length]!;
    story.answer(
      one.answer.how === "text"
        ? { question: id, text: "an answer" }
        : { question: id, [one.answer.how]: true },
    );
  }
}

Deno.test("talk never closes anything: no screen, score, wish or failure lowers the floor", () => {
  fc.assert(fc.property(fc.array(move, { maxLength: 12 }), parts, (moves, last) => {
    const story = new InterviewStory();
    for (const one of moves) play(story, one);
    const before = openThings(story.state).length;
    const talk: NewInterviewEvent[] = [
      story.proposed(last),
      interviewEvent("finish.asked", { by: "host" }),
      interviewEvent("finish.refused", { reasons: [], score: 0 }),
      interviewEvent("review.shown", { review: 1, basis: "b", assumptions: [], score: 0 }),
      interviewEvent("interview.forced", {
        score: 0,
        measured: true,
        open: [],
        by: "host",
        reason: "",
      }),
    ];
    for (const event of talk) {
      story.append(event);
      assert(openThings(story.state).length >= before, event.type);
    }
    story.score(1);
    assert(openThings(story.state).length >= before);
    assert(trueScore(story.state)! >= floorOf(story.state));
    assertEquals(before > 0 && trueScore(story.state)! <= 0.2, false);
  }));
});

Deno.test("the same questions and answers have the same floor, whoever thinks and scores", () => {
  const flattery = fc.array(
    fc.oneof(name.map((goal) => ({ goal })), fc.double({ min: 0, max: 1 })),
    {
      maxLength: 6,
    },
  );
  fc.assert(fc.property(fc.array(move, { maxLength: 10 }), flattery, (moves, talk) => {
    const plain = new InterviewStory();
    for (const one of moves) play(plain, one);
    const flattered = new InterviewStory();
    for (const event of plain.events.slice(1)) {
      flattered.append(event as NewInterviewEvent);
      for (const one of talk) {
        if (typeof one === "number") flattered.score(Number.isNaN(one) ? 1 : one);
        else {
          // A draft that praises itself, and asks and assumes nothing new.
          const event = flattered.proposed(one);
          const data = { ...event.data, questions: [], contradictions: [], assumptions: [] };
          flattered.append({ ...event, data } as NewInterviewEvent);
        }
      }
    }
    assertEquals(openThings(flattered.state), openThings(plain.state));
    assertEquals(floorOf(flattered.state), floorOf(plain.state));
  }));
});
