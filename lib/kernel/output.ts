import type { OuroborosError } from "./error.ts";

/** Where a command's words go. stdout is data, stderr is talk. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Why stdout takes nothing any more; undefined while it does, or where its reader is gone. */
  outProblem?(): OuroborosError | undefined;
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean;
  /** Whether stderr is a terminal: only there a line may be overwritten. */
  readonly talksToTerminal: boolean;
  /** Whether a person can be asked: stdin (or the controlling terminal) and stderr are terminals. */
  readonly canAsk: boolean;
  /**
   * Asks a question and gives the line that was answered; null at the end of input. Goes through the
   * controlling terminal where stdin is a pipe; only where `canAsk`.
   */
  askLine(question: string): Promise<string | null>;
  /** Whether stdin itself is that terminal, and one to draw on: then keys are read one by one. */
  readonly readsKeys: boolean;
  /** Columns of the terminal, 80 where unknown. */
  columns(): number;
  /** Whether colour is wanted on stdout (terminal, and no NO_COLOR). */
  readonly color: boolean;
  /** The same of stderr. */
  readonly talkColor: boolean;
}
