import type { Transcript } from "./interview_transcript.ts";

const UNITS = [{ text: "Celsius", recommended: false }, { text: "Fahrenheit", recommended: false }];

/** Ideas that are vague, and people who do not answer. */
export const VAGUE: readonly Transcript[] = [
  {
    name: "five words, and a person who leaves all to us",
    kind: "vague",
    idea: "Make the app nicer",
    screens: [{
      goal: "The app is nicer",
      questions: ["scope: Which page?", "outputs: What is nicer?", "verification: Who says so?"],
    }],
    says: {
      "Which page?": "I don't know",
      "What is nicer?": "whatever",
      "Who says so?": "no idea",
    },
    scorer: 0.85,
    expect: {
      end: "confirm",
      open: ["assumption", "assumption", "assumption"],
      score: 0.23,
      approved: 0.15,
    },
  },
  {
    name: "a scorer that sees through it",
    kind: "vague",
    idea: "Something with AI",
    screens: [
      { goal: "Something with AI", verification: [{ text: "Demo", human: "the founder" }] },
    ],
    says: {},
    scorer: 0.2,
    expect: { end: "ask", open: ["question", "assumption"], score: 0.8 },
  },
  {
    name: "answers that say nothing do not make a scorer happy",
    kind: "vague",
    idea: "A platform for everything",
    screens: [
      { goal: "A platform", questions: ["goal: For whom?", "verification: When is it done?"] },
      { goal: "A platform", questions: ["scope: What first?"] },
    ],
    says: { "For whom?": "People", "When is it done?": "When it is good", "What first?": "All" },
    scorer: 0.4,
    expect: { end: "ask", open: ["question", "verification"], score: null },
  },
  {
    name: "good answers, but nobody says how it is verified",
    kind: "vague",
    idea: "A newsletter about birds",
    screens: [{ goal: "A newsletter", questions: ["goal: How often?"] }],
    says: { "How often?": "Monthly", "How will you know that it is done?": { skip: true } },
    scorer: 1,
    expect: { end: "choose", open: ["question", "verification"], score: null },
  },
  {
    name: "a question mark for an answer is none",
    kind: "vague",
    idea: "Port it to Rust",
    screens: [{
      goal: "A port",
      verification: [{ text: "Same output", run: "./compare.sh" }],
      questions: ["scope: All of it?"],
    }],
    says: { "All of it?": "?" },
    scorer: 1,
    expect: { end: "choose", open: ["question", "assumption"], score: null },
  },
  {
    name: "nothing is answered at all",
    kind: "unanswered",
    idea: "A chess clock",
    screens: [{
      goal: "A chess clock",
      questions: ["scope: Which modes?", "outputs: Web or phone?", "verification: How tested?"],
    }],
    says: {},
    scorer: 1,
    expect: {
      end: "ask",
      open: ["question", "question", "question", "verification"],
      score: null,
    },
  },
  {
    name: "one of three is not answered",
    kind: "unanswered",
    idea: "A backup script",
    screens: [{
      goal: "A backup every night",
      questions: ["constraints: How long kept?", "scope: Which folders?", "verification: Proof?"],
    }],
    says: { "How long kept?": "30 days", "Proof?": 1 },
    scorer: 1,
    expect: { end: "ask", open: ["question"], score: null },
  },
  {
    name: "the important one is skipped for now",
    kind: "unanswered",
    idea: "Payments in the shop",
    screens: [{
      goal: "People can pay",
      questions: ["constraints: Which provider?", "verification: Proof?"],
    }],
    says: { "Which provider?": { skip: true }, "Proof?": 1 },
    scorer: 0.99,
    expect: { end: "choose", open: ["question"], score: null },
  },
  {
    name: "a skipped question comes back in other words and is answered",
    kind: "unanswered",
    idea: "A weather page",
    screens: [
      {
        goal: "A page",
        questions: [
          { topic: "outputs", text: "Which units?", choices: UNITS },
          "verification: Proof?",
        ],
      },
      {
        goal: "A page",
        questions: [{ topic: "outputs", text: "Celsius, or Fahrenheit?", replaces: "q1" }],
      },
    ],
    says: {
      "Which units?": { skip: true },
      "Proof?": 1,
      "Celsius, or Fahrenheit?": "Celsius",
    },
    scorer: 0.9,
    expect: { end: "confirm", open: [], score: 0.1, approved: 0.1 },
  },
  {
    name: "it is skipped in every wording",
    kind: "unanswered",
    idea: "A dating app for cats",
    screens: [
      {
        goal: "An app",
        questions: ["goal: Who pays for a date?", "verification: Proof?"],
      },
      {
        goal: "An app",
        questions: [{ topic: "goal", text: "Does anybody pay for dates?", replaces: "q1" }],
      },
    ],
    says: {
      "Who pays for a date?": "later",
      "Proof?": 1,
      "Does anybody pay for dates?": "tbd",
    },
    scorer: 1,
    expect: { end: "choose", open: ["question"], score: null },
  },
];
