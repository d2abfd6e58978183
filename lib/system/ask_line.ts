/** Bytes of an answer; more is cut. */
const ANSWER_BYTES = 4096;

/**
 * Writes `question` to stderr and reads one line from the person: from stdin where that is a
 * terminal, else from the controlling terminal. Null at the end of input, or when there is nobody
 * to ask; ask only where `canAsk` of the Output port says so.
 */
export async function askLine(question: string): Promise<string | null> {
  const file = Deno.stdin.isTerminal() ? null : openTerminal();
  if (file === null && !Deno.stdin.isTerminal()) return null;
  try {
    await Deno.stderr.write(new TextEncoder().encode(question));
    return await readLine(file ?? Deno.stdin);
  } finally {
    file?.close();
  }
}

function openTerminal(): Deno.FsFile | null {
  try {
    return Deno.openSync("/dev/tty", { read: true });
  } catch {
    return null;
  }
}

/** A terminal gives a line at once, so what comes with its end belongs to it. */
async function readLine(source: { read(into: Uint8Array): Promise<number | null> }) {
  const answer: number[] = [];
  const part = new Uint8Array(ANSWER_BYTES);
  while (answer.length < ANSWER_BYTES) {
    const count = await source.read(part);
    if (count === null) {
      if (answer.length === 0) return null;
      break;
    }
    answer.push(...part.subarray(0, count));
    if (answer.includes(10)) break;
  }
  const end = answer.indexOf(10);
  const bytes = new Uint8Array(end < 0 ? answer : answer.slice(0, end));
  return new TextDecoder().decode(bytes).replace(/\r$/, "");
}
