import { lockFlags } from "../../.ci/lock.ts";

/** A started Deno program of the tests, with its output by lines. */
export interface DenoChild {
  readonly process: Deno.ChildProcess;
  /** Lines of stdout as they come; ends with the program. */
  readonly lines: AsyncIterableIterator<string>;
  /** Closes stdin, waits for the end, and gives the lines that nobody took yet. */
  finish(): Promise<{ success: boolean; lines: string[] }>;
}

/** Starts a TypeScript file of the tests in a process of its own; `wrap` goes before the command. */
export function startDeno(
  file: string,
  args: readonly string[],
  options: { wrap?: readonly string[] } = {},
): DenoChild {
  const command = [
    ...options.wrap ?? [],
    Deno.execPath(),
    "run",
    "-A",
    "--no-check",
    ...lockFlags(),
    file,
  ];
  const [program = "", ...rest] = [...command, ...args];
  const process = new Deno.Command(program, {
    args: rest,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = linesOf(process.stdout);
  return {
    process,
    lines,
    finish: async () => {
      await process.stdin.close().catch(() => {});
      const rest: string[] = [];
      for await (const line of lines) rest.push(line);
      return { success: (await process.status).success, lines: rest };
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncIterableIterator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
