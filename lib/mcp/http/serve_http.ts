import type { App } from "../../app/app.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { aborted } from "../aborted.ts";
import { createServer } from "../create_server.ts";
import { MCP_PATH } from "./http_gate.ts";
import { httpHandler } from "./http_handler.ts";

/** How the server listens. */
export interface HttpServing {
  /** 0: any that is free. */
  port: number;
  /** Whoever asks must know it. */
  token: string;
  /** Ends the server. */
  interrupt: AbortSignal;
  /** Called once it can be reached. */
  onListening(url: string): void;
  /** Talks on stderr. */
  err(text: string): void;
}

const HOSTNAME = "127.0.0.1";

/** Answers that are under way get this long once the server is to end. */
const LAST_ANSWERS_MS = 500;

const ID_BYTES = 16;

/**
 * Serves MCP over Streamable HTTP on this machine's own address until it is told to end. Errors:
 * not_started, when the port is taken.
 */
export async function serveHttp(app: App, serving: HttpServing): Promise<ExitCode> {
  const handler = httpHandler(() => createServer(app), {
    token: serving.token,
    newId: () => app.random(ID_BYTES).toHex(),
    onerror: (error) => serving.err(`ouroboros mcp serve: ${messageOf(error)}\n`),
  });
  const server = listen(serving, handler.fetch);
  serving.onListening(`http://${HOSTNAME}:${server.addr.port}${MCP_PATH}`);
  await aborted(serving.interrupt);
  await handler.close();
  await Promise.race([server.shutdown(), app.clock.sleep(LAST_ANSWERS_MS)]);
  return EXIT.done;
}

function listen({ port }: HttpServing, fetch: (request: Request) => Promise<Response>) {
  try {
    return Deno.serve({ hostname: HOSTNAME, port, onListen() {} }, fetch);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new OuroborosError({
      code: "not_started",
      message: `Listen on port ${port}: it is taken`,
      hint: "ouroboros mcp serve --http 0",
      cause: error,
    });
  }
}
