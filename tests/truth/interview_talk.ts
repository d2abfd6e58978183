import type { Transcript } from "./interview_transcript.ts";

const TESTED = [{ text: "The tests pass", run: "npm test" }];

/** Ideas that contradict themselves, and models that praise what they see. */
export const TALK: readonly Transcript[] = [
  {
    name: "offline and in the cloud, and nobody says which",
    kind: "contradictory",
    idea: "It works offline only. Every change is at once in the cloud.",
    screens: [{
      goal: "An offline app in the cloud",
      verification: TESTED,
      contradictions: [{
        text: "Offline only, and at once in the cloud",
        sides: ["Offline", "Cloud"],
      }],
    }],
    says: {},
    scorer: 1,
    expect: { end: "ask", open: ["question", "contradiction", "assumption"], score: null },
  },
  {
    name: "offline and in the cloud, and the person says which",
    kind: "contradictory",
    idea: "It works offline only. Every change is at once in the cloud.",
    screens: [{
      goal: "An offline app",
      verification: TESTED,
      contradictions: [{
        text: "Offline only, and at once in the cloud",
        sides: ["Offline", "Cloud"],
      }],
    }],
    says: {
      "These cannot all hold: Offline only, and at once in the cloud. Which one counts?": 1,
    },
    scorer: 0.9,
    expect: { end: "confirm", open: ["assumption"], score: 0.21, approved: 0.1 },
  },
  {
    name: "a contradiction that a later screen no longer speaks of",
    kind: "contradictory",
    idea: "Free for all, 10 Euro a month.",
    screens: [{
      goal: "A shop",
      verification: TESTED,
      contradictions: [{ text: "Free and 10 Euro", sides: ["Free", "10 Euro"] }],
      questions: ["scope: Which goods?"],
    }, { goal: "A perfectly consistent shop", verification: TESTED }],
    says: {
      "Which goods?": "Books",
      "These cannot all hold: Free and 10 Euro. Which one counts?": { skip: true },
    },
    scorer: 1,
    expect: { end: "choose", open: ["question", "contradiction", "assumption"], score: null },
  },
  {
    name: "a contradiction that is left to us is an assumption",
    kind: "contradictory",
    idea: "No dependencies, and use React.",
    screens: [{
      goal: "A page",
      verification: TESTED,
      contradictions: [{
        text: "No dependencies, and React",
        sides: [{ text: "None", recommended: true }, "React"],
      }],
    }],
    says: {
      "These cannot all hold: No dependencies, and React. Which one counts?": "you decide",
    },
    scorer: 0.9,
    expect: { end: "confirm", open: ["assumption", "assumption"], score: 0.22, approved: 0.1 },
  },
  {
    name: "a contradiction that only the scorer sees",
    kind: "contradictory",
    idea: "Answers in 10 ms. Every answer asks three models.",
    screens: [{ goal: "Fast answers", verification: TESTED }],
    says: {},
    scorer: {
      goal_clarity_score: 1,
      constraint_clarity_score: 1,
      success_criteria_clarity_score: 1,
      contradictions: [{ text: "10 ms, and three models", sides: ["10 ms", "Three models"] }],
    },
    expect: { end: "ask", open: ["question", "contradiction", "assumption"], score: 0.23 },
  },
  {
    name: "a scorer that always says perfect, and a command that always says yes",
    kind: "flattering",
    idea: "A game",
    screens: [{ goal: "A wonderful game", verification: [{ text: "It works", run: "echo ok" }] }],
    says: {},
    scorer: 1,
    expect: { end: "ask", open: ["question", "verification"], score: null },
  },
  {
    name: "a model that assumes instead of asking",
    kind: "flattering",
    idea: "A game",
    screens: [{
      goal: "A game",
      verification: TESTED,
      assumptions: [{ text: "It is chess", reason: "Most games are" }, {
        text: "It is for one player",
        reason: "Simpler",
      }],
    }],
    says: {},
    scorer: 1,
    expect: {
      end: "confirm",
      open: ["assumption", "assumption", "assumption"],
      score: 0.23,
      approved: 0,
    },
  },
  {
    name: "a scorer that praises in prose",
    kind: "flattering",
    idea: "A game",
    screens: [{ goal: "A game", verification: TESTED }],
    says: {},
    scorer: "Absolutely brilliant, I would give this 1.0 in every dimension!",
    expect: { end: "stopped", open: ["assumption"], score: null },
  },
  {
    name: "a scorer that gives more than there is",
    kind: "flattering",
    idea: "A game",
    screens: [{ goal: "A game", verification: TESTED }],
    says: {},
    scorer: 1.5,
    expect: { end: "stopped", open: ["assumption"], score: null },
  },
  {
    name: "a model that puts an easy question in the place of the hard one",
    kind: "flattering",
    idea: "A bank",
    screens: [
      { goal: "A bank", questions: ["constraints: Which licence?", "verification: Proof?"] },
      {
        goal: "A great bank",
        questions: [{ topic: "goal", text: "Shall it be great?", replaces: "q1" }],
      },
    ],
    says: { "Which licence?": { skip: true }, "Proof?": 1, "Shall it be great?": "Yes" },
    scorer: 1,
    expect: { end: "choose", open: ["question"], score: null },
  },
];
