import { assert, assertEquals } from "@std/assert";
import { reviewForm, reviewSaid } from "../../../../lib/mcp/elicit/elicit_review.ts";

function review(count: number) {
  const assumptions = Array.from({ length: count }, (_, index) => ({
    id: `a${index + 1}`,
    text: `Thing ${index + 1}`,
    reason: "usual",
    delegated: false,
  }));
  return { review: 2, understood: "goal: G", assumptions };
}

Deno.test("a review is a form with a tick for each assumption and a yes that must be given", () => {
  const form = reviewForm(review(2));
  assertEquals(Object.keys(form!.requestedSchema.properties), ["a1", "a2", "remark", "agree"]);
  assertEquals(form!.requestedSchema.required, ["agree"]);
  assert(reviewForm(review(20)) && !reviewForm(review(21)), "a longer one is told to the host");
});

Deno.test("only a yes without a no beside it approves", () => {
  const said = (content: Record<string, unknown>) => reviewSaid(review(2), content);
  assertEquals(said({ agree: true }), { approve: 2 });
  assertEquals(said({ agree: true, a1: true, a2: true, remark: " " }), { approve: 2 });
  assertEquals(said({ agree: true, a2: false }), { reject: ["a2"] });
  assertEquals(said({ agree: true, remark: "Two" }), { remark: "Two" });
  assertEquals(said({ agree: false, a1: false, remark: "Two" }), { reject: ["a1"], remark: "Two" });
  for (const content of [{}, { agree: false }, { agree: "true" }, { agree: 1, a1: "false" }]) {
    assertEquals(said(content), undefined, JSON.stringify(content));
  }
});
