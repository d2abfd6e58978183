import type { OuroborosError } from "../kernel/error.ts";
import { EXIT } from "../kernel/exit_code.ts";
import type { Output } from "../kernel/output.ts";
import { askLine } from "./ask_line.ts";
import { writeAll } from "./write_all.ts";
import { writeProblem } from "./write_problem.ts";

/** Variables of the terminal, as the configuration room read them. */
export interface TerminalVariables {
  NO_COLOR?: string;
  FORCE_COLOR?: string;
  TERM?: string;
  COLUMNS?: string;
}

/** What may differ from the plain terminal. */
export interface SystemOutputOptions {
  variables: TerminalVariables;
  /**
   * Called once when the reader of stdout is gone (`… | head`), or, with the reason, when stdout
   * takes nothing any more. What is written afterwards is dropped. Left out: the program ends at
   * once, without a word, as interrupted.
   */
  onOutLost?: (problem?: OuroborosError) => void;
}

/**
 * Fewer columns than this are too few to draw a list of choices on. Terminals that nobody looks at
 * (of `script`, of pipelines) often have none at all.
 */
const PROMPT_COLUMNS = 30;

/** The streams of this process as an Output port. */
export function systemOutput(options: SystemOutputOptions): Output {
  const { variables } = options;
  const onOutLost = options.onOutLost ?? (() => Deno.exit(EXIT.cancelled));
  const encoder = new TextEncoder();
  let [outGone, errGone] = [false, false];
  let problem: OuroborosError | undefined;
  const isTerminal = Deno.stdout.isTerminal();
  const talksToTerminal = Deno.stderr.isTerminal();
  return {
    out: (text) => {
      if (outGone) return;
      try {
        if (writeAll(Deno.stdout, encoder.encode(text))) return;
      } catch (error) {
        problem = writeProblem(error);
      }
      outGone = true;
      onOutLost(problem);
    },
    err: (text) => {
      // Nobody hears the talk any more: that is no reason to stop the work.
      try {
        if (!errGone && !writeAll(Deno.stderr, encoder.encode(text))) errGone = true;
      } catch {
        errGone = true;
      }
    },
    outProblem: () => problem,
    isTerminal,
    talksToTerminal,
    canAsk: talksToTerminal && (Deno.stdin.isTerminal() || hasControllingTerminal()),
    askLine,
    readsKeys: Deno.stdin.isTerminal() && variables.TERM !== "dumb" &&
      consoleColumns() >= PROMPT_COLUMNS,
    columns: () => terminalColumns(variables.COLUMNS),
    color: wantsColor(isTerminal, variables),
    talkColor: wantsColor(talksToTerminal, variables),
  };
}

/** Whether colour is wanted: NO_COLOR, then FORCE_COLOR, then what stdout is. */
export function wantsColor(isTerminal: boolean, variables: TerminalVariables): boolean {
  if ((variables.NO_COLOR ?? "") !== "") return false;
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && variables.TERM !== "dumb";
}

/** Columns of the terminal now; else COLUMNS, else 80; at least 20, so that a table still has rows. */
export function terminalColumns(variable: string | undefined): number {
  return Math.max(20, consoleColumns() || wholeNumber(variable) || 80);
}

function consoleColumns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 0;
  }
}

function wholeNumber(text: string | undefined): number {
  return /^\d{1,4}$/.test(text ?? "") ? Number(text) : 0;
}

/** Whether a person sits behind this process although stdin is a pipe. */
function hasControllingTerminal(): boolean {
  if (Deno.build.os === "windows") return false;
  try {
    // To read only: a program with restricted permissions may not open it for writing.
    Deno.openSync("/dev/tty", { read: true }).close();
    return true;
  } catch {
    return false;
  }
}
