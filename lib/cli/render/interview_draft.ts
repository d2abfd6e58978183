import type { InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { commandLine } from "../../kernel/command_lines.ts";
import { broken } from "./interview_facts.ts";
import { clip, facts } from "./text.ts";

type Draft = NonNullable<InterviewView["draft"]>;

/** So many of each part are shown beside questions; the rest is counted. */
const MOST_ITEMS = 5;

/**
 * What was understood: a line or two for each thing. Parts of which nothing is known are left out.
 * `whole`: nothing is cut, for whoever is to say yes to it.
 */
export function interviewDraftText(
  draft: Draft,
  style: InterviewStyle & { whole?: boolean },
): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const most = style.whole
    ? { items: Infinity, columns: Infinity }
    : { items: MOST_ITEMS, columns: width * 2 - 30 };
  const rows: [string, string][] = [
    ["  Goal", clip(draft.goal, style.whole ? Infinity : width * 2)],
    ...part("Scope", draft.scope, most),
    ...part("Not", draft.nonGoals, most),
    ...part("Within", draft.constraints, most),
    ...part("Gives", draft.outputs, most),
    ...part("Verified", draft.verification.map(verificationText), most),
  ];
  if (draft.verification.length === 0) rows.push(["  Verified", paint.unsure("nothing says how")]);
  return `${paint.strong("What was understood")}\n${facts(broken(rows, width), width)}`;
}

function part(
  name: string,
  items: readonly string[],
  most: { items: number; columns: number },
): [string, string][] {
  const shown = items.slice(0, most.items).map((one, at): [string, string] => [
    at === 0 ? `  ${name}` : "",
    clip(one, most.columns),
  ]);
  const more = items.length - most.items;
  return more > 0 ? [...shown, ["", `and ${more} more`]] : shown;
}

function verificationText({ text, run, human }: Draft["verification"][number]): string {
  if (run !== null) return `${text}: ${commandLine(run)}`;
  return human === null ? text : `${text}: ${human} looks at it`;
}
