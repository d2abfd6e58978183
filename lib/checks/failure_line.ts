import { plainText, shortened } from "./plain_text.ts";

/**
 * Lines that say why something failed, the most telling form first: within one form the first line
 * counts, because later ones are mostly its consequences. From outputs of the real tools.
 */
const TELLING: readonly RegExp[] = [
  // pytest's explanation; a compiler's first error (tsc, rustc, go, javac, gcc, maven)
  /^E\s{2,}\S/,
  /^\S+\.(?:ts|tsx|mts|cts)[(:]\d+[,:]\d+\)?(?::| -) error TS\d+/,
  /^error\[E\d+\]: /,
  /^TS\d+ \[ERROR\]: /,
  /^(?:\.\/|\S+\/)?\S+\.go:\d+:\d+: /,
  /^(?:\[ERROR\] )?\S+\.(?:java|kt|c|cc|cpp|h|hpp)[:[]\(?\d+.*?(?:error|ERROR|\] )/,
  // go's own failure, under "--- FAIL"
  /^\s+\S+_test\.go:\d+: /,
  // node --test in TAP form
  /^\s*error: (?:['"]|\|-$)/,
  // an assertion, whichever language
  /^(?!\s*(?:name|code): ).*\bAssert(?:ion)?(?:Failed)?Error\b(?!.*\bat\b.*\(.*:\d+\))/,
  /assertion .*failed/i,
  /^\s*(?:\[ERROR\]\s+)?.*\bexpected:? ?<.*> but was:? ?<.*>/i,
  /^thread '.*' .*panicked at/,
  /^panic: /,
  /^\s*(?:Error|TypeError|ReferenceError|SyntaxError|RangeError)(?: \[\w+\])?: /,
  /^(?:\w+\.)*\w*(?:Error|Exception|Exit|Interrupt)\b(?::|$)/,
  /^error: (?!Test failed|test failed|could not compile|script)/,
  /^\S*(?:Exception in thread|Caused by:)/,
  // a named test, a shell, make
  /^\s*not ok \d+/,
  /^\s*(?:✖|✗|✕|×|●) \S/,
  /^--- FAIL: /,
  /^FAILED \S/,
  /^(?:\S*sh|\S+\.sh|env|make)(?:\[\d+\])?: .*/,
  /\bTS2\d{3}\b|^(?:fatal|FATAL|ERROR|Error)\b:?/,
  /\b(?:fail(?:ed|ure)?|error)\b/i,
];

/** What stands in such lines without saying anything. */
const EMPTY = /^\s*error: ['"]{0,2}$|^\s*(?:✖|✗) failing tests:?$|^E\s+$|\b0 (?:failed|errors?)\b/;

/** Finds, line by line and in bounded memory, the line of an output that says most. */
export class FailureLine {
  #best: string | null = null;
  #rank = TELLING.length;
  #last = "";
  #nextSaysIt = false;

  /** Whether the next line belongs to this one, whatever it is. */
  get wantsNext(): boolean {
    return this.#nextSaysIt;
  }

  /** A line that says nothing by itself: the last one stands in where no other does. */
  set last(line: string) {
    if (line.trim() !== "") this.#last = line;
  }

  /** Takes a line in plain text. */
  add(line: string): void {
    if (line.trim() === "") return;
    this.#last = line;
    if (this.#nextSaysIt) {
      // Rust prints where it panicked, then why; node puts a long message on lines of its own.
      this.#nextSaysIt = false;
      this.#best = line;
      return;
    }
    if (EMPTY.test(line)) return;
    const rank = TELLING.slice(0, this.#rank).findIndex((form) => form.test(line));
    if (rank < 0) return;
    this.#rank = rank;
    this.#best = line;
    this.#nextSaysIt = /panicked at \S+:\d+:\d+:$|^\s*error: \|-$/.test(line);
  }

  /** At most 200 characters; empty where nothing was printed. */
  text(): string {
    return shortened((this.#best ?? plainText(this.#last)).trim(), 200);
  }
}
