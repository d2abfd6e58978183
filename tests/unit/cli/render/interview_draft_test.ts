import { assertEquals, assertStringIncludes } from "@std/assert";
import { interviewDraftText } from "../../../../lib/cli/render/interview_draft.ts";

const DRAFT = {
  goal: "Expired coupons are rejected",
  scope: ["The checkout", "The API"],
  nonGoals: ["Vouchers"],
  constraints: ["No new package"],
  outputs: ["A message"],
  verification: [
    { text: "The tests pass", run: "npm test", human: null },
    { text: "It reads well", run: null, human: "Ann" },
    { text: "It is fast", run: null, human: null },
  ],
};

Deno.test("each part of a draft stands by its name, and how each thing is verified", () => {
  assertEquals(
    interviewDraftText(DRAFT, { color: false, columns: 80 }),
    `What was understood
  Goal      Expired coupons are rejected
  Scope     The checkout
            The API
  Not       Vouchers
  Within    No new package
  Gives     A message
  Verified  The tests pass: npm test
            It reads well: Ann looks at it
            It is fast
`,
  );
});

Deno.test("parts of which nothing is known are left out, but not that nothing says how it is verified", () => {
  const nothing = { scope: [], nonGoals: [], constraints: [], outputs: [], verification: [] };
  assertEquals(
    interviewDraftText({ goal: "It works", ...nothing }, { color: false, columns: 80 }),
    "What was understood\n  Goal      It works\n  Verified  nothing says how\n",
  );
});

Deno.test("of a long part the rest is counted", () => {
  const scope = Array.from({ length: 8 }, (_, at) => `thing ${at}`);
  const text = interviewDraftText({ ...DRAFT, scope }, { color: false, columns: 80 });
  assertStringIncludes(text, "thing 4\n            and 3 more\n");
});
