import type { SeedDraft } from "../../app/interview/interview_hooks.ts";
import type { InterviewStyle, SeedPlan } from "../interview_view.ts";
import { palette } from "./color.ts";
import { commandLine } from "../../kernel/command_lines.ts";
import { brokenText } from "./interview_facts.ts";
import { indented } from "./interview_screen.ts";
import { shownWhole } from "../../kernel/shown_whole.ts";
import { clip, wrap } from "./text.ts";

/**
 * A seed as it would be frozen: its text, unless that was shown, what each check says on the project
 * now, remarks.
 */
export function interviewSeedText(
  draft: Pick<SeedDraft, "text" | "plan" | "problem" | "remarks">,
  style: InterviewStyle,
  { seen = false }: { seen?: boolean } = {},
): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const parts = seen ? [] : [
    `${paint.strong("The seed")}\n${
      unfolded(draft.text.trimEnd()).flatMap((line) => seedLines(line, width)).join("\n")
    }\n`,
  ];
  if (draft.plan !== null) {
    const lines = draft.plan.criteria.flatMap((one) => criterionLines(one, style));
    parts.push(`${paint.strong("What its checks say now")}\n${lines.join("\n")}\n`);
  }
  const notes = [...(draft.problem === null ? [] : [draft.problem]), ...draft.remarks];
  if (notes.length > 0) {
    const lines = notes.flatMap((note) => indented(note, 2, width));
    parts.push(`${paint.unsure("Before it is frozen")}\n${lines.join("\n")}\n`);
  }
  return parts.join("\n");
}

/** The lines of a seed, of which those that YAML folds into one text are one. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  let folding = -1;
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    const last = lines.at(-1) ?? "";
    if (indent > 0 && indent === folding) {
      lines[lines.length - 1] = `${last} ${line.trim()}`;
      continue;
    }
    folding = / >[-+]?$/.test(last) ? indent : -1;
    lines.push(line);
  }
  return lines;
}

/** A line of the seed; what is wider than the screen goes on where YAML reads it as the same text. */
function seedLines(line: string, width: number): string[] {
  const shown = shownWhole(line);
  const [start] = /^ *(?:- )*/.exec(shown)!;
  const text = shown.slice(start.length);
  const hang = `  ${" ".repeat(start.length)}${/^[\w-]+: /.test(text) ? "  " : ""}`;
  const room = Math.max(20, width - hang.length);
  const [first = "", ...others] = wrap(brokenText(text, room), room);
  return [`  ${start}${first}`, ...others.map((one) => `${hang}${one}`)];
}

function criterionLines(
  criterion: SeedPlan["criteria"][number],
  style: InterviewStyle,
): string[] {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const title = `${criterion.id}  ${criterion.description}`;
  const checks = criterion.checks.flatMap((check) => {
    if (check.kind === "human") return [`      a person decides: ${clip(check.title, width - 24)}`];
    const head = `      ${clip(commandLine(check.title), width - 16)}${
      check.hidden ? " [hidden]" : ""
    }`;
    if (!check.now) return [head];
    const { says, line, cause } = check.now;
    const word = says === "cannot run" ? says : `${says} now`;
    const told = `${word}${line === "" ? "" : `: ${line}`}`;
    const painted = indented(clip(told, width * 2), 8, width)
      // A check that fails before the work is as it should be.
      .map((text) => says === "fails" ? text : paint.unsure(text));
    return [head, ...painted, ...(cause === undefined ? [] : indented(cause, 8, width))];
  });
  const foregone = criterion.foregone === null
    ? []
    : indented(`no agent would be started: ${criterion.foregone}`, 6, width).map(paint.unsure);
  return [`  ${clip(title, width - 2)}`, ...checks, ...foregone];
}
