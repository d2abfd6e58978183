import { assertEquals, assertStringIncludes } from "@std/assert";
import type { QuestionView } from "../../../../lib/app/interview/views.ts";
import { screenForm, screenSaid } from "../../../../lib/mcp/elicit/elicit_screen.ts";

const ACCEPTS = ["choice", "text", "delegate", "skip"] as const;

function question(id: string, choices: readonly string[], many = false): QuestionView {
  return {
    id,
    topic: "scope",
    text: `Which of ${id}?`,
    why: "It matters",
    choices: choices.map((text, index) => ({ text, recommended: index === 0 })),
    many,
    accepts: ACCEPTS,
    skipped: false,
    insteadOf: null,
  };
}

const ONE = question("q1", ["Both", "None"]);
const MANY = question("q2", ["Web", "Phone", "Shop"], true);
const FREE = question("q3", []);
const ALL = [ONE, MANY, FREE];

Deno.test("each question has its fields, of the kinds that every revision with forms knows", () => {
  const form = screenForm({ understood: "goal: G", questions: ALL, reasons: ["no goal"] });
  const { properties } = form.requestedSchema;
  assertEquals(Object.entries(properties).map(([key, one]) => [key, one.type]), [
    ["q1", "string"],
    ["q1_text", "string"],
    ["q2_1", "boolean"],
    ["q2_2", "boolean"],
    ["q2_3", "boolean"],
    ["q2_text", "string"],
    ["q3", "string"],
    ["remark", "string"],
  ]);
  assertEquals(
    (properties.q1 as { enum: string[] }).enum,
    ["Both", "None", "(you decide)", "(skip for now)"],
  );
  assertStringIncludes(form.message, "goal: G\nNot clear yet: no goal\n");
  assertEquals(form.requestedSchema.required, undefined);
});

Deno.test("a long question is cut in its label and whole in its description", () => {
  const long = { ...ONE, text: "Which? ".repeat(100) };
  const form = screenForm({ understood: "", questions: [long], reasons: [] });
  const field = form.requestedSchema.properties.q1!;
  assertEquals(field.title?.length, 300);
  assertStringIncludes(field.description ?? "", long.text);
});

Deno.test("what was filled in is an answer for each question that has one", () => {
  for (
    const [content, answers] of [
      [{ q1: "None" }, [{ question: "q1", choices: [2] }]],
      [{ q1: "None", q1_text: "for now" }, [{ question: "q1", choices: [2], text: "for now" }]],
      [{ q1: "(you decide)" }, [{ question: "q1", delegate: true }]],
      [{ q1: "(skip for now)" }, [{ question: "q1", skip: true }]],
      // Own words go before what stands in a list that cannot be left empty.
      [{ q1: "(you decide)", q1_text: "Mine" }, [{ question: "q1", text: "Mine" }]],
      [{ q1: "Neither" }, [{ question: "q1", text: "Neither" }]],
      [{ q2_1: true, q2_2: false, q2_3: true }, [{ question: "q2", choices: [1, 3] }]],
      [{ q3: " Blue " }, [{ question: "q3", text: "Blue" }]],
      [{ q3: "(you decide)" }, [{ question: "q3", delegate: true }]],
    ] as const
  ) assertEquals(screenSaid(ALL, content)?.answers, answers, JSON.stringify(content));
  assertEquals(screenSaid(ALL, { remark: "More" }), { answers: [], remark: "More" });
});

Deno.test("a form that says nothing, or what no form of ours could hold, is no answer", () => {
  for (const content of [{}, { q1: "", q2_1: false }, { q1: 5, q3: null, q2_1: "true", x: "y" }]) {
    assertEquals(screenSaid(ALL, content), undefined, JSON.stringify(content));
  }
});
