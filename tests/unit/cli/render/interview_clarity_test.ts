import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { interviewClarityText } from "../../../../lib/cli/render/interview_clarity.ts";
import { askedStory, reviewedStory, viewOf } from "../../../helpers/interview_stories.ts";

const STYLE = { color: false, columns: 120 };

Deno.test("what is open holds the number up, and stands before it", () => {
  const text = interviewClarityText(viewOf(reviewedStory()), STYLE);
  assert(text.startsWith("Open     3 things are open: not confirmed: "), text);
  assertStringIncludes(
    text,
    "Clarity  [###############-|---] 0.23 (0.05, held up by what is open), clear enough at 0.20; " +
      "refined, next is ready at\n         0.20\n",
  );
});

Deno.test("an unclear score names the dimensions below their floors, and a later answer makes it old", () => {
  const story = askedStory().score(0.3);
  const text = interviewClarityText(viewOf(story), STYLE);
  assertStringIncludes(text, "0.70, clear enough at 0.20; initial, next is progress at 0.40");
  assertStringIncludes(text, "Below    Goal Clarity 0.30 < 0.75; ");
  story.answer({ question: "q3", text: "The API" });
  assertStringIncludes(
    interviewClarityText(viewOf(story), STYLE).replace(/\n +/g, " "),
    "measured before the last answers",
  );
});

Deno.test("with nothing open the line of open things is left out", () => {
  const view = { ...viewOf(askedStory()), openLine: "" };
  assertEquals(
    interviewClarityText(view, STYLE),
    "Clarity  [------------|-|-|---] not measured yet; clear enough at 0.20\n",
  );
});

Deno.test("of what is open the count of the rest stays, however long the first ones are", () => {
  const openLine = `9 things are open: ${"not answered: Which coupons? ".repeat(30)}; and 6 more`;
  const text = interviewClarityText({ ...viewOf(askedStory()), openLine }, STYLE);
  assert(text.replace(/\n +/g, " ").includes("…; and 6 more\n"), text);
});
