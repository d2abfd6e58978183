import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { clientRoots } from "./client_roots.ts";
import { requestState } from "./elicit/request_state.ts";
import type { CallSurroundings } from "./run_tool.ts";

/** Between two notes of progress, in milliseconds: a host shows the last one. */
const PROGRESS_MS = 500;

/** A call of the protocol, of either era, as tools see it. */
export function callSurroundings(
  app: App,
  server: Server,
  context: ServerContext,
): CallSurroundings {
  const { mcpReq } = context;
  const declared = declaredBy(server, context);
  return {
    signal: mcpReq.signal,
    progress: progressOf(app, context),
    canAsk: canAsk(declared),
    responses: mcpReq.inputResponses,
    state: () => mcpReq.requestState(),
    seal: (state) => requestState(app).mint(state, context),
    roots: () => clientRoots(context, declared),
  };
}

function declaredBy(server: Server, { mcpReq }: ServerContext): ClientCapabilities | undefined {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const said = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  return said ?? server.getClientCapabilities();
}

/** Forms: declared by name, or by an empty object as in the first revision that had them. */
function canAsk(declared: ClientCapabilities | undefined): boolean {
  const elicitation = declared?.elicitation;
  if (elicitation === undefined) return false;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

function progressOf(app: App, { mcpReq }: ServerContext): (text: string) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let progress = 0;
  let last = -PROGRESS_MS;
  return (message) => {
    const now = app.clock.monotonicMs();
    if (mcpReq.signal.aborted || now - last < PROGRESS_MS) return;
    last = now;
    progress++;
    mcpReq.notify({
      method: "notifications/progress",
      params: { progressToken, progress, message },
    }).catch(() => {
      // Nobody is there to be told; the call's own end says so.
    });
  };
}
