import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import type { ThoughtKind } from "../../../../lib/engine/interview/events.ts";
import { requestDigest, thoughtRequest } from "../../../../lib/engine/interview/thought_request.ts";
import { MAX_RULES_BYTES, THOUGHT_RULES } from "../../../../lib/engine/interview/thought_rules.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

const KINDS: readonly ThoughtKind[] = ["screen", "score", "seed"];
const MATTER = { idea: "Reject expired coupons", problems: [] };

/** Keywords that every runtime's structured output takes. */
const KEYWORDS = ["type", "properties", "required", "additionalProperties", "items", "enum"]
  .concat("anyOf", "description");

Deno.test("rules are short enough to be read beside everything else", () => {
  for (const kind of KINDS) {
    const bytes = new TextEncoder().encode(THOUGHT_RULES[kind]).length;
    assert(bytes <= MAX_RULES_BYTES, `${kind}: ${bytes}`);
  }
});

Deno.test("schemas keep to the narrowest dialect: every key required, no other allowed", () => {
  const visit = (schema: Record<string, unknown>, at: string): void => {
    assertEquals(Object.keys(schema).filter((key) => !KEYWORDS.includes(key)), [], at);
    if (schema.type === "object") {
      const properties = schema.properties as Record<string, Record<string, unknown>>;
      assertEquals(schema.required, Object.keys(properties), at);
      assertEquals(schema.additionalProperties, false, at);
      for (const [key, inner] of Object.entries(properties)) visit(inner, `${at}.${key}`);
    }
    if (schema.items) visit(schema.items as Record<string, unknown>, `${at}[]`);
    for (const inner of (schema.anyOf ?? []) as Record<string, unknown>[]) visit(inner, `${at}|`);
  };
  const { state } = new InterviewStory();
  for (const kind of KINDS) {
    const request = thoughtRequest(state, kind, MATTER);
    visit(request.schema, kind);
    assertEquals(JSON.parse(JSON.stringify(request)), request);
    assertEquals(/^[a-z_]+$/.test(request.name), true);
  }
});

Deno.test("a request tells what was unclear, and what was wrong with the last answer", () => {
  const story = new InterviewStory().screen({ verification: TESTED }).score(0.5);
  const matter = { ...MATTER, problems: ["draft.goal: is missing"] };
  const { material } = thoughtRequest(story.state, "screen", matter);
  assertStringIncludes(material, "UNCLEAR\n  - Goal Clarity: The goal is named\n");
  assertStringIncludes(material, "Success Criteria Clarity 0.50 < 0.70");
  assertStringIncludes(material, "COULD NOT BE USED\n  - draft.goal: is missing\n");
  assert(!thoughtRequest(story.state, "score", MATTER).material.includes("UNCLEAR"));
});

Deno.test("equal requests have equal digests, and others have others", () => {
  const story = new InterviewStory();
  const digest = (kind: ThoughtKind, idea = MATTER.idea) =>
    requestDigest(thoughtRequest(story.state, kind, { idea, problems: [] }));
  assertEquals(digest("screen"), digest("screen"));
  assertNotEquals(digest("screen"), digest("score"));
  assertNotEquals(digest("screen"), digest("screen", "Another idea"));
});
