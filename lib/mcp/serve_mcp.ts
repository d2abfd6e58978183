import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { App } from "../app/app.ts";
import { messageOf } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import type { Output } from "../kernel/output.ts";
import { createServer } from "./create_server.ts";
import { lineTransport } from "./line_transport.ts";

/** Where the server listens and speaks. */
export interface McpStreams {
  /** stdin, raw. */
  input: ReadableStream<Uint8Array>;
  output: Pick<Output, "out" | "err">;
  /** Ends the server: hosts end theirs by closing stdin, by SIGINT or by SIGTERM. */
  interrupt: AbortSignal;
}

/**
 * Serves MCP on lines of JSON until the input ends: the handshake of 2025 and the revision of 2026
 * without one. Being ended is the normal end of a server, so it is always `done`.
 */
export async function serveMcp(app: App, streams: McpStreams): Promise<ExitCode> {
  const { output, interrupt } = streams;
  // stdout is the protocol's: a stray line of a package would end the connection.
  console.log = console.info = console.debug = console.error;
  const transport = lineTransport({
    input: streams.input,
    write: (line) => output.out(line),
    clock: app.clock,
  });
  const handle = serveStdio(() => createServer(app), {
    transport,
    onerror: (error) => output.err(`ouroboros mcp serve: ${messageOf(error)}\n`),
  });
  const interrupted = new Promise<void>((done) => {
    if (interrupt.aborted) done();
    interrupt.addEventListener("abort", () => done(), { once: true });
  });
  await Promise.race([transport.ended, interrupted]);
  await handle.close();
  return EXIT.done;
}
