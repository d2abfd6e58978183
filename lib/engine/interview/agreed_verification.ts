import type { Seed } from "../seed/seed.ts";
import { comparedText } from "./compared_text.ts";
import type { InterviewState } from "./state.ts";
import { verificationText } from "./transcript.ts";

/** How the result is verified, as far as a person said yes to it. */
export interface AgreedVerification {
  /** Command lines, as they were drafted. */
  runs: readonly string[];
  /** Somebody looks. */
  byPerson: boolean;
}

/**
 * What of the last draft's verification was confirmed: an earlier draft's may have been given up since.
 * A choice without a command in it is one of somebody who looks, where no command was confirmed.
 */
export function agreedVerification(state: InterviewState): AgreedVerification {
  const confirmed = state.assumptions.filter((one) =>
    one.kind === "verification" && one.state === "confirmed"
  ).map((one) => comparedText(one.text));
  const ways = (state.draft?.verification ?? []).filter((one) =>
    confirmed.includes(comparedText(`Verified by: ${verificationText(one)}`))
  );
  const runs = [...new Set(ways.flatMap((one) => one.run ?? []))];
  const chosen = state.questions.some(({ topic, answer }) =>
    topic === "verification" && answer?.kind === "choice" &&
    !answer.choices.some((text) => text.includes("`"))
  );
  const byPerson = ways.some((one) => one.run === null && one.human !== null);
  return { runs, byPerson: byPerson || (chosen && runs.length === 0) };
}

/** Commands that were agreed on and that no check of the seed runs. */
export function droppedVerification(seed: Seed, agreed: AgreedVerification): string[] {
  const checks = seed.criteria.flatMap((one) => one.checks)
    .flatMap((one) => one.kind === "command" ? plainCommand(one.run) : []);
  return agreed.runs.filter((run) => !checks.some((check) => runs(check, plainCommand(run))));
}

/** Whether a command stands in another one as a whole: `npm test` in `cd web && npm test -- -t a`. */
function runs(check: string, agreed: string): boolean {
  return ` ${check} `.includes(` ${agreed} `);
}

/** A command in one of its spellings. */
function plainCommand(run: string): string {
  return run.replace(/[\s;&|()'"]+/g, " ").replace(/(^| )\.\//g, "$1").replace(
    /(^| )python3 /g,
    "$1python ",
  )
    .replace(/(^| )npm run test( |$)/g, "$1npm test$2").trim();
}
