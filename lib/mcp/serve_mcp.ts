import type { App } from "../app/app.ts";
import { messageOf } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import { aborted } from "./aborted.ts";
import { serveBothEras } from "./both_eras.ts";
import { createServer } from "./create_server.ts";
import { lineTransport } from "./line_transport.ts";

/** Where the server listens and speaks. */
export interface McpStreams {
  /** stdin, raw. */
  input: ReadableStream<Uint8Array>;
  /** Writes to stdout; must not hold up the program while nobody reads. */
  write(text: string): Promise<void>;
  /** Pid of the process that started this one, as of its first moment. */
  host: number;
  /** Talks on stderr. */
  err(text: string): void;
  /** Ends the server: hosts end theirs by closing stdin, by SIGINT or by SIGTERM. */
  interrupt: AbortSignal;
}

/** How often it is looked whether the host still lives: asking costs one call of the system. */
const HOST_LOOK_MS = 500;

/**
 * Serves MCP on lines of JSON: the handshake of 2025 and the revision of 2026 without one, in any
 * order. It ends with its input, with its reader, with its host, and when it is told to. Being ended
 * is the normal end of a server, so it is always `done`.
 */
export async function serveMcp(app: App, streams: McpStreams): Promise<ExitCode> {
  const { interrupt } = streams;
  // stdout is the protocol's: a stray line of a package would end the connection.
  console.log = console.info = console.debug = console.error;
  const transport = lineTransport({ input: streams.input, write: streams.write, clock: app.clock });
  const handle = serveBothEras(() => createServer(app), {
    wire: transport,
    onerror: (error) => streams.err(`ouroboros mcp serve: ${messageOf(error)}\n`),
  });
  const over = new AbortController();
  await Promise.race([
    transport.ended,
    aborted(interrupt),
    hostGone(app, streams.host, over.signal),
  ]);
  over.abort();
  await handle.close();
  return EXIT.done;
}

/**
 * Settles when the process that started us is gone. Its death closes our stdin, but not where
 * another child of it holds the other end too.
 */
async function hostGone(app: App, host: number, signal: AbortSignal): Promise<void> {
  while (app.processes.parentPid === host && !signal.aborted) {
    await app.clock.sleep(HOST_LOOK_MS, signal);
  }
}
