import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  interviewListText,
  interviewResultText,
} from "../../../../lib/cli/render/interview_result.ts";
import { localTime } from "../../../../lib/kernel/local_time.ts";
import { askedStory, reviewedStory, viewOf } from "../../../helpers/interview_stories.ts";

const STYLE = { color: false, columns: 80 };
const PATH = `/home/ann/${"deep/".repeat(20)}seed_1.yaml`;

function frozen() {
  const story = reviewedStory();
  const confirmed = story.state.review!.assumptions.map((one) => one.id);
  return story.add("review.approved", { review: 1, confirmed, by: "person" })
    .add("seed.frozen", {
      ...{ seedId: "s", digest: "d", blob: "b", path: PATH, score: 0.05, forced: false },
    });
}

Deno.test("a frozen seed names what was assumed, and what to type next in one piece", () => {
  const text = interviewResultText(viewOf(frozen()), STYLE);
  assertStringIncludes(text, "State      frozen\n");
  assertStringIncludes(text, "\nClarity    0.05\n");
  assertStringIncludes(text, "left to us: ");
  assertStringIncludes(text, `\nSeed       seed_1\nFile       ${PATH}\n`);
  assertStringIncludes(text, "\nNext       ouroboros run seed_1\n");
  const elsewhere = interviewResultText(viewOf(frozen()), {
    ...STYLE,
    ...{ name: "~/bin/ouroboros", saved: "/shop/seed.yaml" },
  });
  assertStringIncludes(
    elsewhere,
    "\nSaved      /shop/seed.yaml\nNext       ~/bin/ouroboros run seed_1\n",
  );
});

Deno.test("what is not over says where it stands, and nothing of a seed", () => {
  const text = interviewResultText(viewOf(askedStory()), STYLE);
  assertStringIncludes(text, "Interview  interview_1\nState      asking: 3 questions wait\n");
  assertStringIncludes(text, "Clarity    not measured\n");
  assertEquals(text.includes("Next"), false);
});

Deno.test("a forced seed says so with what was open", () => {
  const story = askedStory().add("interview.forced", {
    ...{ score: 1, measured: false, open: ["not answered: Which?"], by: "person", reason: "late" },
  });
  const text = interviewResultText(viewOf(story), STYLE);
  assertStringIncludes(text, "Clarity    1.00, forced without being measured\n");
  assertStringIncludes(text, "Open       not answered: Which?\n");
});

Deno.test("a list has a line for each interview, cut to the screen, and its seed below", () => {
  const views = [viewOf(frozen()), viewOf(askedStory())];
  const [first, seed, second] = interviewListText(views, { ...STYLE, here: "/project" }).split(
    "\n",
  );
  const at = localTime(views[0]!.begunAt);
  assertEquals(first, `interview_1  ${at}  frozen     0.05  Reject expired coupons at the c…`);
  assertEquals(seed, "  seed seed_1");
  assertEquals(second, `interview_1  ${at}  asking        -  Reject expired coupons at the c…`);
});

Deno.test("where the program's turn was cut off nothing is said to be worked on", () => {
  const view = viewOf(
    askedStory().answer(
      { question: "q1", choices: [1] },
      { question: "q2", choices: [1] },
      { question: "q3", text: "The API" },
    ),
  );
  assertStringIncludes(
    interviewResultText(view, STYLE),
    "State      stopped before: Measures how clear it is\n",
  );
  const list = (stopped: string[]) =>
    interviewListText([view], { ...STYLE, stopped: new Set(stopped) });
  assertStringIncludes(list(["interview_1"]), "  stopped  ");
  assertStringIncludes(list([]), "  thinking  ");
  assertStringIncludes(list([]), "\n  in /project\n");
});
