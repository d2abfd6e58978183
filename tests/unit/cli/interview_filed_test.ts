import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parseAnswers } from "../../../lib/cli/interview_answers.ts";
import { filedAnswers, neverAsked, type PersonHooks } from "../../../lib/cli/interview_filed.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { askedStory, DRAFT, reviewedStory, viewOf } from "../../helpers/interview_stories.ts";

const OTHERS: PersonHooks = {
  answer: () => Promise.resolve({ kind: "leave" }),
  choose: () => Promise.resolve({ kind: "abandon", reason: "others", by: "person" }),
  review: () => Promise.resolve({ kind: "leave" }),
  trial: () => Promise.resolve({ kind: "skip" }),
  seed: () => Promise.resolve({ kind: "leave" }),
};
const hooksOf = async (text: string) => filedAnswers(await parseAnswers(text, "a.yaml"), OTHERS);

Deno.test("answers by id go first, then those by place; what is left open is asked of others", async () => {
  const hooks = await hooksOf("{ answers: { q3: The API }, screens: [[2, null, skip]] }");
  const story = askedStory();
  const reply = await hooks.answer(viewOf(story));
  assertEquals(reply, {
    kind: "answers",
    answers: [{ question: "q1", choices: [2] }, { question: "q3", text: "The API" }],
    remark: "",
    by: "file",
  });
  if (reply.kind === "answers") story.answer(...reply.answers);
  assertEquals(await hooks.answer(viewOf(story)), { kind: "leave" });
});

Deno.test("a text that is one of the choices picks it", async () => {
  const hooks = await hooksOf("answers: { q1: Those with a date, q2: Elsewhere }");
  const reply = await hooks.answer(viewOf(askedStory()));
  assertEquals(reply.kind === "answers" && reply.answers, [
    { question: "q1", choices: ["Those with a date"] },
    { question: "q2", text: "Elsewhere" },
  ]);
});

Deno.test("what was skipped by a file is not answered by it for ever, and force comes last, once", async () => {
  const hooks = await hooksOf("{ answers: [skip, skip, skip], remark: Go, force: It is late }");
  const story = askedStory();
  const reply = await hooks.answer(viewOf(story));
  assertEquals(reply.kind === "answers" && [reply.answers.length, reply.remark], [3, "Go"]);
  if (reply.kind === "answers") story.answer(...reply.answers);
  const view = { ...viewOf(story), step: "choose" as const };
  assertEquals(await hooks.choose(view), { kind: "force", reason: "It is late", by: "file" });
  assertEquals((await hooks.choose(view)).kind, "abandon");
});

Deno.test("only who says so approves: the review and the seed", async () => {
  const view = viewOf(reviewedStory());
  const yes = await hooksOf("approve: true");
  assertEquals(await yes.review(view), { kind: "approve", by: "file" });
  assertEquals(await yes.seed(view, DRAFT), { kind: "freeze", by: "file", unseen: true });
  const untried = { text: "", commands: [] };
  assertEquals(await yes.trial(view, untried), { kind: "try", unseen: true });
  assertEquals(await (await hooksOf("answers: {}")).trial(view, untried), { kind: "skip" });
  const no = await hooksOf("answers: {}");
  assertEquals([(await no.review(view)).kind, (await no.seed(view, DRAFT)).kind], [
    "leave",
    "leave",
  ]);
});

Deno.test("a yes that was written before is none to checks that decide nothing", async () => {
  const view = viewOf(reviewedStory());
  const yes = await hooksOf("approve: true");
  assertEquals(await yes.seed(view, { ...DRAFT, decides: false }), { kind: "leave" });
});

Deno.test("another answer to what was answered is given once, up to the seed; the same one is not", async () => {
  const view = viewOf(reviewedStory());
  const text = "{ answers: { q1: 1, q2: delegate, q3: The API }, approve: true }";
  const answers = [{ question: "q1", choices: [1] }];
  const given = { kind: "answers", answers, remark: "", by: "file" } as const;
  const reviewed = await hooksOf(text);
  assertEquals(await reviewed.review(view), given);
  assertEquals(await reviewed.review(view), { kind: "approve", by: "file" });
  assertEquals(await (await hooksOf(text)).seed(view, DRAFT), given);
  assertEquals(await (await hooksOf(text)).answer(view), given);
  const same = await hooksOf("{ answers: { q1: 2, q2: skip }, approve: true }");
  assertEquals(await same.review(view), { kind: "approve", by: "file" });
  const odd = await hooksOf("answers: { q1: 9 }");
  const error = await assertRejects(() => odd.review(view), OuroborosError);
  assertEquals(error.message, 'Answer question "q1": there is no choice "9"');
});

Deno.test("more answers than a screen has questions are refused", async () => {
  const hooks = await hooksOf("screens: [[1, 1, a, b]]");
  const error = await assertRejects(() => hooks.answer(viewOf(askedStory())), OuroborosError);
  assertEquals(
    error.message,
    'Use the answers "a.yaml": screens[0] has 4 answers, the screen asks 3',
  );
  assertEquals(error.hint, "It asks q1, q2, q3");
});

Deno.test("ids that were never asked are named, with the nearest that was", async () => {
  const filed = await parseAnswers("answers: { q1: 1, q33: x }", "a.yaml");
  assertEquals(neverAsked(filed, viewOf(askedStory())), ["q33 (did you mean q3?)"]);
});

Deno.test("facts are said once, beside the answers or to a review, before that is approved", async () => {
  const hooks = await hooksOf(
    "{ answers: { q3: The API }, facts: { test: make check }, approve: true }",
  );
  const facts = { corrections: [{ id: "test", text: "make check" }] };
  assertEquals(await hooks.answer(viewOf(askedStory())), {
    ...{ kind: "answers", answers: [{ question: "q3", text: "The API" }], remark: "", by: "file" },
    facts,
  });
  assertEquals(await hooks.review(viewOf(reviewedStory())), { kind: "approve", by: "file" });
  const late = await hooksOf("{ facts: { test: make check }, approve: true }");
  assertEquals(await late.review(viewOf(reviewedStory())), {
    ...{ kind: "answers", answers: [], remark: "", by: "file" },
    facts,
  });
  assertEquals(await late.review(viewOf(reviewedStory())), { kind: "approve", by: "file" });
});

Deno.test("a fact that the project does not have is refused as soon as that was looked at", async () => {
  const view = viewOf(askedStory());
  const wrong = await hooksOf("{ facts: { langauge: Go } }");
  const error = assertThrows(() => wrong.looked(view), OuroborosError);
  assertEquals(error.hint, 'Did you mean "language"?');
  const right = await hooksOf("{ answers: { q1: 1 }, facts: { language: Go } }");
  right.looked(view);
  const reply = await right.answer(view);
  assertEquals(reply.kind === "answers" && reply.facts, {
    corrections: [{ id: "language", text: "Go" }],
  });
});
