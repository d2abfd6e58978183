/** Stands for the end of a line within an answer: a prompt takes the end itself for Enter. */
export const LINE_END = "↵";

const PASTE_BEGINS = "\x1b[200~";
const PASTE_ENDS = "\x1b[201~";

/** What a terminal sends, with the line ends of a paste as {@link LINE_END}: only Enter ends an answer. */
export class PastedLines {
  /** Between the two marks that a terminal puts around a paste. */
  #inPaste = false;
  /** The beginning of a mark whose rest has not come yet. */
  #begun = "";
  /** Line ends behind which nothing has come yet. */
  #held = false;
  /** More than one line came at once: what ends it is part of the paste as well. */
  #lines = false;

  /** What can be passed on of what has come. */
  take(chunk: string): string {
    let rest = this.#begun + chunk;
    this.#begun = "";
    let out = "";
    while (rest !== "") {
      const mark = this.#inPaste ? PASTE_ENDS : PASTE_BEGINS;
      const at = rest.indexOf(mark);
      if (at < 0) {
        const part = begunMark(rest, mark);
        this.#begun = part;
        out += this.#plain(rest.slice(0, rest.length - part.length));
        break;
      }
      out += this.#plain(rest.slice(0, at));
      rest = rest.slice(at + mark.length);
      this.#inPaste = !this.#inPaste;
      // The end of a pasted text's last line says nothing: who pasted it sees it, and types Enter.
      this.#held = false;
      this.#lines = false;
    }
    return out;
  }

  /** What can be passed on where nothing came for a while: an Enter that was typed. */
  quiet(): string {
    const begun = this.#begun;
    this.#begun = "";
    if (this.#inPaste) return begun;
    const enter = this.#held && !this.#lines;
    this.#held = false;
    this.#lines = false;
    return begun + (enter ? "\r" : "");
  }

  #plain(text: string): string {
    if (text === "") return "";
    const ends = /[\r\n]+$/.exec(text)?.[0] ?? "";
    const body = text.slice(0, text.length - ends.length);
    // An Enter with a key such as an arrow behind it is one that was typed.
    const keys = body.startsWith("\x1b");
    let out = "";
    if (this.#held && body !== "") {
      out = keys && !this.#inPaste ? "\r" : LINE_END;
      if (out === LINE_END) this.#lines = true;
      this.#held = false;
    }
    const inner = body.length > 1 ? body.replace(/\r\n|\r|\n/g, LINE_END) : body;
    if (inner.includes(LINE_END)) this.#lines = true;
    if (ends !== "") this.#held = true;
    // A tab would be taken for a key.
    return out + (body.length > 1 ? inner.replaceAll("\t", "  ") : inner);
  }
}

/** The longest end of a text that a mark may begin with; a lone escape is a key. */
function begunMark(text: string, mark: string): string {
  for (let length = Math.min(text.length, mark.length - 1); length > 1; length--) {
    if (mark.startsWith(text.slice(-length))) return text.slice(-length);
  }
  return "";
}

/** Of more characters a prompt would draw each one anew, and outgrow the screen. */
const MOST_SHOWN = 800;

/** Texts that are too long to be drawn, each under the words that stand for it in a prompt. */
export class LongPastes {
  readonly #texts = new Map<string, string>();

  /** The text itself, or the words that stand for it. */
  shown(text: string): string {
    if (text.length <= MOST_SHOWN) return text;
    const lines = text.split(LINE_END).length;
    const size = lines > 1 ? `${lines} lines` : `${text.length} characters`;
    const words = `‹paste ${this.#texts.size + 1}: ${size}›`;
    this.#texts.set(words, text);
    return words;
  }

  /** What was meant by a line of a prompt. */
  meant(line: string): string {
    return line.replace(/‹paste \d+: \d+ \w+›/g, (words) => this.#texts.get(words) ?? words)
      .replaceAll(LINE_END, "\n");
  }
}
