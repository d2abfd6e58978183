import type { InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { broken } from "./interview_facts.ts";
import { clip, facts } from "./text.ts";

/** Cells of the bar; a twentieth is as fine as the marks need. */
const CELLS = 20;

/** What is open, and only then how clear it is: a number alone would flatter. */
export function interviewClarityText(view: InterviewView, style: InterviewStyle): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const { clarity } = view;
  const rows: [string, string][] = [];
  if (view.openLine !== "") rows.push(["Open", openText(view.openLine, width * 4)]);
  rows.push(["Clarity", clarityLine(clarity)]);
  if (clarity.belowFloors.length > 0) rows.push(["Below", clarity.belowFloors.join("; ")]);
  const text = facts(broken(rows, width), width);
  // Painted behind the wrapping, which counts columns.
  return text.replace(/^Open/, paint.unsure("Open"));
}

/** Cut, if it has to be, before the count of what is not named. */
function openText(line: string, width: number): string {
  const more = /; and \d+ more$/.exec(line)?.[0] ?? "";
  return clip(line.slice(0, line.length - more.length), width - more.length) + more;
}

/** "[######|---] 0.34, clear enough at 0.20; progress, next is refined at 0.30". */
function clarityLine(clarity: InterviewView["clarity"]): string {
  const bar = barText(clarity.bar);
  const { score, modelScore, readyAt } = clarity;
  if (score === null) return `${bar} not measured yet; clear enough at ${readyAt.toFixed(2)}`;
  const held = modelScore !== null && score > modelScore
    ? ` (${modelScore.toFixed(2)}, held up by what is open)`
    : "";
  const next = clarity.nextMilestone;
  const far = next === null || next.name === clarity.milestone
    ? `${clarity.milestone}`
    : `${clarity.milestone}, next is ${next.name} at ${next.upTo.toFixed(2)}`;
  const old = clarity.stale ? ", measured before the last answers" : "";
  return `${bar} ${score.toFixed(2)}${held}, clear enough at ${readyAt.toFixed(2)}; ${far}${old}`;
}

function barText({ filled, marks }: InterviewView["clarity"]["bar"]): string {
  const full = Math.round(filled * CELLS);
  const cells = [..."#".repeat(full) + "-".repeat(CELLS - full)];
  for (const { at } of marks) {
    const cell = Math.round(at * CELLS);
    // A mark is seen only where the bar has not come yet.
    if (cell > 0 && cell < CELLS && cells[cell] === "-") cells[cell] = "|";
  }
  return `[${cells.join("")}]`;
}
