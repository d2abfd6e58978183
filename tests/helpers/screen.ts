import type { Output } from "../../lib/kernel/output.ts";

/** A fake of the streams that keeps what was written, and answers from a list. */
export class Screen implements Output {
  stdout = "";
  stderr = "";
  isTerminal = false;
  talksToTerminal = false;
  canAsk = false;
  readsKeys = false;
  color = false;
  talkColor = false;
  width = 80;
  answers: (string | null)[] = [];

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }

  columns(): number {
    return this.width;
  }

  askLine(question: string): Promise<string | null> {
    this.stderr += question;
    return Promise.resolve(this.answers.shift() ?? null);
  }
}
