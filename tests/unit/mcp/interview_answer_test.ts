import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { HostState, HostTask } from "../../../lib/app/interview/host_state.ts";
import {
  INTERVIEW_ANSWER,
  interviewAnswer,
  interviewText,
} from "../../../lib/mcp/interview_answer.ts";

const QUESTION = {
  id: "q1",
  topic: "scope",
  text: "Which ones?",
  why: "It decides the rule",
  choices: [{ text: "All", recommended: true }, { text: "Some", recommended: false }],
  many: false,
  accepts: ["choice", "text", "delegate", "skip"],
  skipped: false,
  insteadOf: null,
} as const;

/** Each thing that there can be to do, with what its text must hold. */
const TASKS: readonly [HostTask, readonly string[]][] = [
  [
    {
      ...{ do: "think", thought: 3, kind: "screen", rules: "RULES", schema: "{ a: b }" },
      ...{ material: "IDEA", problems: [] },
    },
    ["RULES", "{ a: b }", "IDEA", "thought 3"],
  ],
  [
    { do: "ask", understood: "goal: G", questions: [QUESTION], reasons: ["too vague"] },
    ["goal: G", "too vague", "q1 (scope) Which ones?", "1. All (recommended)", "2. Some"],
  ],
  [
    { do: "ask", understood: "goal: G", questions: [], reasons: ["too vague"] },
    ["too vague", "remark", "force"],
  ],
  [
    {
      ...{ do: "review", review: 2, understood: "goal: G" },
      assumptions: [{ id: "a1", text: "UTC", reason: "usual", delegated: false }],
    },
    ["goal: G", "a1: UTC (usual)", "approve: 2", "reject"],
  ],
  [
    {
      ...{ do: "seed", thought: 3, yaml: "goal: G\n", remarks: ["nothing decides 2"] },
      commands: [],
      checks: [{ criterion: "1", check: "npm test", says: "fails: 1 failed" }],
    },
    ["goal: G", "criterion 1: npm test: fails: 1 failed", "nothing decides 2", "generate_seed"],
  ],
  [
    {
      ...{ do: "seed", thought: 3, yaml: "goal: G\n", remarks: [], checks: [] },
      commands: [
        { criterion: null, run: "npm ci", hidden: false, files: [] },
        { criterion: "1", run: "# looks\nrm -r x", hidden: true, files: ["a.js", "b.js"] },
      ],
    },
    [
      "- first: npm ci\n- criterion 1: # looks ⏎\n    rm -r x [hidden] [brings a.js, b.js]\n",
      ...["Nothing of it ran yet", "try: 3", "generate_seed"],
    ],
  ],
  [{ do: "wait" }, ["An agent"]],
  [{ do: "stopped", code: "rate_limited", reason: "Too many calls" }, [
    "Too many calls",
    "rate_limited",
  ]],
  [{ do: "done", seedId: "seed_1", path: "/s/seed_1.yaml", forced: true }, [
    "seed_1 in /s/seed_1.yaml",
    "by force",
    "ouroboros_start_execute_seed",
  ]],
  [{ do: "abandoned", reason: "not needed" }, ["not needed", "initial_context"]],
];

Deno.test("every thing to do is told whole by its text alone, and its answer is as promised", () => {
  for (const [task, parts] of TASKS) {
    const state: HostState = { interviewId: "interview_1", score: 0.25, ...task };
    const answer = interviewAnswer(state);
    assertEquals(INTERVIEW_ANSWER.parse(answer), answer, task.do);
    const text = interviewText(answer);
    for (const part of ["interview_1", "ambiguity 0.25", ...parts]) {
      assertStringIncludes(text, part, task.do);
    }
    assert(!text.includes("undefined"), text);
  }
});
