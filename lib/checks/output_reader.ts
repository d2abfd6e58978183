import { FailureLine } from "./failure_line.ts";
import { plainText } from "./plain_text.ts";
import { TestCount } from "./test_count.ts";
import { TroubleFinder } from "./trouble.ts";

/**
 * Words without which a line says nothing about a failure, a missing thing or a number of tests.
 * One cheap look saves some fifty on the lines of a long log.
 */
const WORTH_READING =
  /err|fail|assert|panic|exception|expected|found|cannot|could not|can't|no such|no module|no required|no matching|not |missing|denied|refused|unreach|resolve|known|lookup|load|exist|sh:|make|env:|fatal|tests?\b|passed|passing|^ok|^E |[✖✗✕×●]|:\d{1,5}\b|127|126|exit|interrupt/i;
/** A line that is longer is data. */
const LONGEST_LINE = 4000;

/** Reads the output of a check line by line, in bounded memory. */
export class OutputReader {
  readonly failure = new FailureLine();
  readonly troubles = new TroubleFinder();
  readonly tests = new TestCount();
  #before = "";

  /** `shown` is the line as people are to see it, without the names of our folders. */
  add(line: string, shown: string): void {
    if (line === this.#before) return;
    this.#before = line;
    const cut = shown.length > LONGEST_LINE ? shown.slice(0, LONGEST_LINE) : shown;
    if (!this.failure.wantsNext && !WORTH_READING.test(cut)) {
      this.failure.last = cut;
      return;
    }
    const plain = plainText(cut).trimEnd();
    this.failure.add(plain);
    this.tests.add(plain);
    // Whether a path is the project's can only be told from the whole of it.
    if (line.length <= LONGEST_LINE) this.troubles.add(plainText(line).trimEnd());
  }
}
