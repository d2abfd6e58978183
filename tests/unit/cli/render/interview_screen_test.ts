import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  interviewAskedText,
  interviewQuestionText,
  interviewScreenText,
} from "../../../../lib/cli/render/interview_screen.ts";
import { visible } from "../../../../lib/cli/render/text.ts";
import { askedStory, viewOf } from "../../../helpers/interview_stories.ts";

const VIEW = viewOf(askedStory());
const plain = (columns: number) => ({ color: false, columns });

Deno.test("a screen shows facts, then the draft, then what is open, and the number last", () => {
  assertEquals(
    interviewScreenText(VIEW, { style: plain(80), facts: true }),
    `Found in the project
  Language  TypeScript (40 files)  (main.ts)
  Tests     npm test  (package.json)
  Also      The shop is closed on Sundays

What was understood
  Goal      Expired coupons are rejected
  Verified  The tests pass: npm test

Open     5 things are open: not answered: Which coupons are meant?; not
         answered: Where is it said?; not answered: What must stay as it is?;
         and 2 more
Clarity  [------------|-|-|---] not measured yet; clear enough at 0.20
`,
  );
});

Deno.test("at 120 columns nothing is broken that need not be", () => {
  assertStringIncludes(
    interviewScreenText(VIEW, { style: plain(120), facts: false }),
    "Open     5 things are open: not answered: Which coupons are meant?; not answered: Where is it said?; " +
      "not answered: What\n         must stay as it is?; and 2 more\n",
  );
});

Deno.test("a refused finish tells its reasons above the number", () => {
  const view = { ...VIEW, refused: ["the score 0.40 is above 0.20", "nothing says how"] };
  const text = interviewScreenText(view, { style: plain(80), facts: false });
  const at = text.indexOf(
    "Not clear enough to finish\n    the score 0.40 is above 0.20\n    nothing says how\n",
  );
  assert(at > 0 && at < text.indexOf("Clarity"), text);
});

Deno.test("a question says which it is, why it is asked, and what it was asked as before", () => {
  const question = VIEW.questions[0]!;
  assertEquals(
    interviewQuestionText(question, { style: plain(80), number: 1, of: 3 }),
    "Question 1 of 3 (q1)\n  Which coupons are meant?\n  Vouchers have no date\n",
  );
  const again = { ...question, skipped: true, insteadOf: "Which ones?" };
  const text = interviewQuestionText(again, { style: plain(80), number: 1, of: 3 });
  assertStringIncludes(text, "(q1, skipped before)");
  assertStringIncludes(text, "  Asked before as: Which ones?\n");
});

Deno.test("what is still asked is listed with the numbers that an answer names", () => {
  assertStringIncludes(
    interviewAskedText(VIEW, plain(80)),
    "3 questions still asked\n  q1 Which coupons are meant?\n      1 All of them\n" +
      "      2 Those with a date (recommended)\n  q2 ",
  );
  assertEquals(interviewAskedText({ ...VIEW, questions: [] }, plain(80)), "");
});

Deno.test("no line is wider than the screen, and no terminal is told anything, whatever a model says", () => {
  const long = `${"日本語".repeat(50)} ${"x".repeat(300)} \x1b[2J words `.repeat(5);
  const draft = {
    ...{ goal: long, scope: [long, long], nonGoals: [long], constraints: [long], outputs: [long] },
    verification: [{ text: long, run: long, human: null }],
  };
  const choices = [{ text: long, recommended: true }];
  const question = { ...VIEW.questions[0]!, text: long, why: long, insteadOf: long, choices };
  const facts = { ...VIEW.facts, facts: [{ ...VIEW.facts.facts[0]!, text: long, source: long }] };
  const view = { ...VIEW, draft, facts, openLine: long, refused: [long], questions: [question] };
  for (const columns of [40, 80, 120]) {
    const style = plain(columns);
    const text = interviewScreenText(view, { style, facts: true }) +
      interviewQuestionText(question, { style, number: 1, of: 1 }) +
      interviewAskedText(view, style);
    assert(!text.includes("\x1b"));
    for (const line of text.split("\n")) {
      assert(visible(line) <= columns, `${visible(line)} of ${columns}: ${line}`);
    }
  }
});

Deno.test("colour changes no word", () => {
  const painted = interviewScreenText(VIEW, { style: { color: true, columns: 80 }, facts: true });
  assert(painted.includes("\x1b["));
  assertEquals(
    // deno-lint-ignore no-control-regex -- the codes of the palette
    painted.replace(/\x1b\[\d+m/g, ""),
    interviewScreenText(VIEW, { style: plain(80), facts: true }),
  );
});
