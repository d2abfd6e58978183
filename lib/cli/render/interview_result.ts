import { basename } from "@std/path";
import { localTime } from "../../kernel/local_time.ts";
import { usageText } from "../../kernel/usage_text.ts";
import type { InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { broken } from "./interview_facts.ts";
import { clip, counted, facts } from "./text.ts";

/**
 * Where an interview stands at the end of a command, and what can be typed next. `saved`: where its
 * seed was written besides; `name`: what this program is to be typed as.
 */
export function interviewResultText(
  view: InterviewView,
  style: InterviewStyle & { saved?: string | undefined; name?: string },
): string {
  const width = Math.max(30, style.columns);
  const score = view.forced?.score ?? view.clarity.score;
  const rows: [string, string][] = [
    ["Interview", view.interviewId],
    ["State", stateWords(view)],
    ["Clarity", score === null ? "not measured" : `${score.toFixed(2)}${forcedWords(view)}`],
  ];
  if (view.forced && view.forced.open.length > 0) {
    rows.push(["Open", clip(view.forced.open.join("; "), width * 3)]);
  }
  const confirmed = view.assumptions.filter((one) => one.state === "confirmed");
  for (const [at, one] of confirmed.entries()) {
    rows.push([at === 0 ? "Assumed" : "", `${one.delegated ? "left to us: " : ""}${one.text}`]);
  }
  rows.push(["Calls", `${counted(view.calls, "call")} of a model, ${usageText(view.usage)}`]);
  const { name = "ouroboros" } = style;
  const path = view.next.phase === "frozen" ? view.seed?.path ?? null : null;
  const id = seedIdOf(view);
  const next: [string, string][] = path === null || id === null
    ? []
    // Whole, however long they are: they are to be pasted.
    : [
      ["Seed", id],
      ["File", path],
      ...(style.saved === undefined ? [] : [["Saved", style.saved] as [string, string]]),
      ["Next", `${name} run ${id}`],
    ];
  return facts([...broken(rows, width), ...next], width);
}

/** Nothing is worked on once a command ends: what it would have done is what comes next. */
function stateWords({ next }: InterviewView): string {
  if (next.phase === "frozen") return "frozen";
  return isWorking(next) ? `stopped before: ${next.line}` : `${next.phase}: ${next.line}`;
}

/** Whether it is the program's turn. */
export function isWorking({ phase, waits }: InterviewView["next"]): boolean {
  return !waits && phase !== "frozen" && phase !== "abandoned";
}

function forcedWords({ forced }: InterviewView): string {
  if (!forced) return "";
  return forced.measured ? ", forced all the same" : ", forced without being measured";
}

/** The id by which an interview's frozen seed is found; null: none is frozen. */
function seedIdOf({ seed }: InterviewView): string | null {
  return seed?.path ? basename(seed.path).replace(/\.ya?ml$/, "") : null;
}

/**
 * Interviews, one a line: id, when it began, how far it is, how clear, and the idea's beginning; below
 * it the seed that was frozen, another project than this one, and where it was imported from.
 */
export function interviewListText(
  views: readonly InterviewView[],
  style: InterviewStyle & {
    /** Ids of those whose turn is the program's, and which no process works on. */
    stopped?: ReadonlySet<string>;
    /** The project that needs no naming. */
    here?: string;
  },
): string {
  const paint = palette(style.color);
  return views.map((view) => {
    const { score } = view.clarity;
    const clear = score === null ? "   -" : score.toFixed(2);
    // Padded before it is painted: colour codes have no width on the screen.
    const stopped = style.stopped?.has(view.interviewId) === true;
    const phase = (stopped ? "stopped" : view.next.phase).padEnd("abandoned".length);
    const start = `${view.interviewId}  ${localTime(view.begunAt)}  `;
    const room = Math.max(16, style.columns - start.length - phase.length - clear.length - 4);
    const painted = view.next.phase === "frozen" ? paint.good(phase) : phase;
    const seed = seedIdOf(view);
    const more = [
      ...(seed === null ? [] : [`seed ${seed}`]),
      ...(view.project === null || view.project === style.here ? [] : [`in ${view.project}`]),
      ...(view.imported === null ? [] : [`imported from ${view.imported.id}`]),
    ];
    const below = more.length === 0
      ? ""
      : `  ${paint.dim(clip(more.join(", "), style.columns - 2))}\n`;
    return `${start}${painted}  ${clear}  ${clip(ideaHead(view), room)}\n${below}`;
  }).join("");
}

function ideaHead({ idea }: InterviewView): string {
  return "text" in idea ? idea.text : idea.head;
}
