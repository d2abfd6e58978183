import { addUsage } from "../../kernel/outcome.ts";
import { qualifies } from "./clarity.ts";
import type { Answer, AnsweredBy, Fact, InterviewEvent, InterviewEventData } from "./events.ts";
import { blockers } from "./open_things.ts";
import type { AssumptionState, InterviewState, ThoughtState } from "./state.ts";

/**
 * Folds an interview's events. The first event must be `interview.begun`; types that this version
 * does not know are passed over, so that a newer journal can be read.
 */
export function foldInterview(events: Iterable<InterviewEvent>): InterviewState | undefined {
  let state: InterviewState | undefined;
  for (const event of events) {
    if (event.type === "interview.begun") state = begun(event);
    else if (state) evolve(state, event);
  }
  return state;
}

function begun(event: InterviewEvent & { type: "interview.begun" }): InterviewState {
  return {
    begun: event.data,
    begunAt: event.at,
    facts: event.data.facts ? [...event.data.facts.facts] : null,
    brownfield: event.data.facts?.brownfield ?? false,
    auto: event.data.auto,
    thinker: event.data.thinker ?? { runtime: null, model: null },
    thoughts: [],
    failures: 0,
    usage: {},
    calls: 0,
    screens: 0,
    drawn: 0,
    draft: null,
    questions: [],
    contradictions: [],
    assumptions: [],
    remarks: [],
    score: null,
    streak: 0,
    finishing: false,
    refused: null,
    review: null,
    reviews: 0,
    forced: null,
    seed: null,
    refusals: 0,
    frozen: null,
    paused: null,
    abandoned: null,
    version: event.version,
    updatedAt: event.at,
  };
}

/** Applies one later event to a state, in place. */
export function evolve(state: InterviewState, event: InterviewEvent): void {
  state.version = event.version;
  state.updatedAt = event.at;
  switch (event.type) {
    case "facts.found":
      state.facts = [...event.data.facts];
      state.brownfield = event.data.brownfield;
      return;
    case "facts.corrected":
      correct(state, event.data);
      reopen(state);
      return;
    case "thought.asked": {
      const { thought: number, ...asked } = event.data;
      state.thoughts.push({ number, ...asked, answer: null, failure: null, used: false });
      return;
    }
    case "thought.received": {
      const thought = thoughtOf(state, event.data.thought);
      state.usage = addUsage(state.usage, event.data.usage);
      state.calls += event.data.calls ?? 1;
      if (thought) thought.answer = event.data.answer;
      return;
    }
    case "thought.failed": {
      const { thought: number, usage, calls = 1, ...failure } = event.data;
      const thought = thoughtOf(state, number);
      state.usage = addUsage(state.usage, usage);
      state.calls += calls;
      state.failures++;
      if (thought) thought.failure = failure;
      // The seed that was there before is better than none.
      if (state.seed && !failure.retryable) state.seed.again = false;
      return;
    }
    case "screen.proposed":
      propose(state, event.data);
      return;
    case "answers.given":
      for (const answer of event.data.answers) give(state, answer, event.data.by);
      remark(state, event.data.remark);
      reopen(state);
      return;
    case "clarity.scored":
      score(state, event.data);
      return;
    case "finish.asked":
      wake(state);
      state.finishing = true;
      return;
    case "finish.refused":
      state.finishing = false;
      state.refused = event.data;
      return;
    case "review.shown":
      state.finishing = false;
      state.refused = null;
      state.reviews = event.data.review;
      state.review = { ...event.data, approved: false };
      return;
    case "review.approved":
      if (state.review) state.review.approved = true;
      settle(state, event.data.confirmed, "confirmed");
      return;
    case "review.declined":
      settle(state, event.data.rejected, "rejected");
      remark(state, event.data.remark);
      reopen(state);
      return;
    case "interview.forced":
      wake(state);
      state.finishing = false;
      state.forced = event.data;
      return;
    case "seed.generated":
      use(state, event.data.thought);
      state.seed = {
        thought: event.data.thought,
        blob: event.data.blob,
        digest: event.data.digest,
        tried: null,
        problems: [],
        again: false,
      };
      return;
    case "seed.tried":
      if (state.seed?.digest === event.data.digest) state.seed.tried = event.data;
      return;
    case "seed.refused":
      state.refusals++;
      if (state.seed) {
        state.seed.problems = event.data.problems;
        state.seed.again = true;
      }
      return;
    case "seed.declined":
      wake(state);
      remark(state, event.data.remark);
      dropSeed(state);
      return;
    case "seed.frozen":
      state.frozen = { ...event.data, at: event.at };
      return;
    case "interview.paused":
      state.paused = event.data;
      return;
    case "interview.resumed":
      wake(state);
      if (event.data.auto !== undefined) state.auto = event.data.auto;
      if (event.data.thinker !== undefined) state.thinker = event.data.thinker;
      return;
    case "interview.abandoned":
      state.abandoned = { ...event.data, at: event.at };
      return;
    default:
      // Of a newer version.
      return;
  }
}

function thoughtOf(state: InterviewState, number: number | null): ThoughtState | undefined {
  return state.thoughts.find((one) => one.number === number);
}

function use(state: InterviewState, number: number | null): void {
  const thought = thoughtOf(state, number);
  state.failures = 0;
  if (thought) thought.used = true;
}

function correct(state: InterviewState, data: InterviewEventData["facts.corrected"]): void {
  const facts = state.facts ?? [];
  for (const { id, text } of data.corrections) {
    const index = facts.findIndex((one) => one.id === id);
    const found = facts[index];
    if (text === null) {
      if (found) facts.splice(index, 1);
      continue;
    }
    const fact: Fact = { id, topic: found?.topic ?? "other", text, source: null };
    if (found) facts[index] = fact;
    else facts.push(fact);
  }
  state.facts = facts;
  state.brownfield = data.brownfield ?? state.brownfield;
}

function propose(state: InterviewState, data: InterviewEventData["screen.proposed"]): void {
  use(state, data.thought);
  state.screens = data.screen;
  if (data.thought !== null) state.drawn++;
  state.draft = data.draft ?? state.draft;
  for (const question of data.questions) {
    state.questions.push({ ...question, screen: data.screen, answer: null, by: null });
  }
  state.contradictions.push(...data.contradictions);
  for (const one of data.assumptions) {
    state.assumptions.push({ ...one, delegated: false, state: "open" });
  }
}

function give(state: InterviewState, answer: Answer, by: AnsweredBy): void {
  const question = state.questions.find((one) => one.id === answer.question);
  if (!question) return;
  question.answer = answer;
  question.by = by;
  state.assumptions = state.assumptions.filter((one) => one.id !== question.id);
  if (answer.kind !== "delegated") return;
  const { assumption: text, reason } = answer;
  const made: AssumptionState = {
    id: question.id,
    kind: "delegated",
    text,
    reason,
    delegated: true,
    state: "open",
  };
  state.assumptions.push(made);
}

function score(state: InterviewState, data: InterviewEventData["clarity.scored"]): void {
  use(state, data.thought);
  state.contradictions.push(...data.contradictions);
  const ready = qualifies(data.scores, state.brownfield) && blockers(state).length === 0;
  // An imported score was measured by others: it is shown, and begins no streak.
  state.streak = ready && data.thought !== null ? state.streak + 1 : 0;
  const { basis, scores } = data;
  state.score = { basis, scores, ready, screen: state.screens };
}

function settle(
  state: InterviewState,
  ids: readonly string[],
  to: "confirmed" | "rejected",
): void {
  for (const one of state.assumptions) {
    if (!ids.includes(one.id)) continue;
    one.state = to;
    // The draft holds what was denied: it is to be drawn anew.
    if (to === "rejected" && !one.delegated) remark(state, `This does not hold: ${one.text}`);
  }
  if (to === "confirmed") return;
  for (const question of state.questions) {
    // What stood for an answer does not hold: the question is asked again.
    if (ids.includes(question.id) && question.answer?.kind === "delegated") question.answer = null;
  }
}

function remark(state: InterviewState, text: string): void {
  if (text !== "") state.remarks.push({ text, screen: state.screens });
}

/** Something new was said: what was agreed before is to be agreed again. */
function reopen(state: InterviewState): void {
  wake(state);
  state.finishing = false;
  state.refused = null;
  state.review = null;
  state.forced = null;
  dropSeed(state);
}

/** The next one may be sent back once too. */
function dropSeed(state: InterviewState): void {
  state.seed = null;
  state.refusals = 0;
}

/** Somebody is there again: what failed is tried again. */
function wake(state: InterviewState): void {
  state.paused = null;
  state.failures = 0;
}
