import type { InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { broken } from "./interview_facts.ts";
import { clip, facts } from "./text.ts";

type Draft = NonNullable<InterviewView["draft"]>;

/** So many of each part are shown; the rest is counted. */
const MOST_ITEMS = 5;

/** What was understood: a line or two for each thing. Parts of which nothing is known are left out. */
export function interviewDraftText(draft: Draft, style: InterviewStyle): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const rows: [string, string][] = [
    ["  Goal", clip(draft.goal, width * 2)],
    ...part("Scope", draft.scope, width),
    ...part("Not", draft.nonGoals, width),
    ...part("Within", draft.constraints, width),
    ...part("Gives", draft.outputs, width),
    ...part("Verified", draft.verification.map(verificationText), width),
  ];
  if (draft.verification.length === 0) rows.push(["  Verified", paint.unsure("nothing says how")]);
  return `${paint.strong("What was understood")}\n${facts(broken(rows, width), width)}`;
}

function part(name: string, items: readonly string[], width: number): [string, string][] {
  const shown = items.slice(0, MOST_ITEMS).map((one, at): [string, string] => [
    at === 0 ? `  ${name}` : "",
    clip(one, width * 2 - 30),
  ]);
  const more = items.length - MOST_ITEMS;
  return more > 0 ? [...shown, ["", `and ${more} more`]] : shown;
}

function verificationText({ text, run, human }: Draft["verification"][number]): string {
  if (run !== null) return `${text}: ${run}`;
  return human === null ? text : `${text}: ${human} looks at it`;
}
