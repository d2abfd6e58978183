import type { Answer, Frames } from "./_model/answer.ts";
import { messageObject, messagesFrames, readMessages } from "./_model/anthropic_messages.ts";
import { errorBody } from "./_model/error_body.ts";
import { type Json, object } from "./_model/json.ts";
import { chatFrames, completionObject, readChat } from "./_model/openai_chat.ts";
import { readResponses, responseObject, responsesFrames } from "./_model/openai_responses.ts";
import { toolCallFor } from "./_model/tool_call.ts";
import {
  type Dialect,
  MAIN_TOKENS,
  type ModelRequest,
  type RequestKind,
  type Script,
  TITLE_TOKENS,
} from "./_model/turn.ts";

export { MAIN_TOKENS, TITLE_TOKENS } from "./_model/turn.ts";
export type { Dialect, ModelRequest, RequestKind, Script, ToolCall, Turn } from "./_model/turn.ts";

/** One request as it came in. */
export interface RecordedRequest {
  method: string;
  /** Path with query. */
  path: string;
  headers: Record<string, string>;
  /** The parsed body; undefined where there was none or it is not JSON. */
  body: unknown;
  /** Bytes of the body. */
  bytes: number;
  kind: RequestKind;
  /** What the script saw; undefined for `other`. */
  seen?: ModelRequest;
}

/** A running server. */
export interface ModelServer {
  port: number;
  /** `http://127.0.0.1:PORT`, without a path. */
  url: string;
  /** Every request so far, in order. */
  requests: RecordedRequest[];
  /** The requests of one kind. */
  of(kind: RequestKind): RecordedRequest[];
  /** Changes the script and forgets which turn was next; recorded requests stay. */
  setScript(script: Script): void;
  /** Ends every open answer and the server. */
  close(): Promise<void>;
}

interface DialectParts {
  read(body: Json): Omit<ModelRequest, "index" | "kind" | "dialect">;
  whole(answer: Answer): Json;
  frames(answer: Answer): Frames;
}

const DIALECTS: Record<Dialect, DialectParts> = {
  openai_responses: { read: readResponses, whole: responseObject, frames: responsesFrames },
  openai_chat: { read: readChat, whole: completionObject, frames: chatFrames },
  anthropic_messages: { read: readMessages, whole: messageObject, frames: messagesFrames },
};

function dialectOf(path: string): Dialect | undefined {
  if (path.endsWith("/responses")) return "openai_responses";
  if (path.endsWith("/chat/completions")) return "openai_chat";
  if (path.endsWith("/messages")) return "anthropic_messages";
  return undefined;
}

/**
 * A model server on loopback that says what a script tells it to, in the words of OpenAI's Responses
 * and chat completions and of Anthropic's Messages. It never checks a key.
 */
export function startModelServer(
  options: {
    script: Script;
    /** What a request without tools is; left out: `title`. */
    toolless?: RequestKind;
  },
): Promise<ModelServer> {
  const { toolless = "title" } = options;
  let script = options.script;
  let turnsTaken = 0;
  let mainRequests = 0;
  let calls = 0;
  const requests: RecordedRequest[] = [];
  const closing = new AbortController();
  const closed = new Promise<void>((done) => {
    closing.signal.addEventListener("abort", () => done(), { once: true });
  });

  const nextTurn = (request: ModelRequest) => {
    if (typeof script === "function") return script(request);
    const turn = script[Math.min(turnsTaken, script.length - 1)]!;
    turnsTaken++;
    return turn;
  };

  /** Waits until the client goes away or the server closes. */
  const forEver = (signal: AbortSignal) =>
    Promise.race([
      closed,
      new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true })),
    ]);

  const generate = async (dialect: Dialect, request: ModelRequest, signal: AbortSignal) => {
    const parts = DIALECTS[dialect];
    const turn = request.kind === "main" ? await nextTurn(request) : { text: "A title" };
    if ("status" in turn) {
      const body = turn.body ?? errorBody(dialect, turn);
      return new Response(typeof body === "string" ? body : JSON.stringify(body), {
        status: turn.status,
        headers: { "content-type": "application/json", ...turn.headers },
      });
    }
    if ("hang" in turn && turn.hang === "before_headers") {
      await forEver(signal);
      return new Response(null, { status: 503 });
    }
    const answer: Answer = {
      model: request.model,
      callId: `call_${++calls}_${crypto.randomUUID().slice(0, 8)}`,
      tokens: request.kind === "main" ? MAIN_TOKENS : TITLE_TOKENS,
    };
    if ("text" in turn) answer.text = turn.text;
    else if ("refusal" in turn) Object.assign(answer, { text: turn.refusal, refused: true });
    else if ("cut" in turn) answer.text = turn.cut;
    else if ("hang" in turn) answer.text = "Half a text";
    else answer.call = toolCallFor(turn, request.tools);

    const cut = "cut" in turn;
    const hang = "hang" in turn ? turn.hang : undefined;
    if (!request.stream && !cut && !hang) return Response.json(parts.whole(answer));
    const frames = parts.frames(answer);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        if (hang !== "after_headers") controller.enqueue(encoder.encode(frames.head.join("")));
        if (hang) await forEver(signal);
        else if (cut) {
          // The text must have left before the connection is dropped.
          await new Promise((done) => setTimeout(done, 50));
          controller.error(new Error("Cut by the script"));
          return;
        } else controller.enqueue(encoder.encode(frames.tail.join("")));
        try {
          controller.close();
        } catch {
          // The client has gone.
        }
      },
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    });
  };

  const handle = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const recorded: RecordedRequest = {
      method: request.method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(request.headers),
      body: parse(new TextDecoder().decode(bytes)),
      bytes: bytes.length,
      kind: "other",
    };
    requests.push(recorded);
    const dialect = dialectOf(url.pathname);
    if (request.method === "POST" && dialect) {
      const read = DIALECTS[dialect].read(object(recorded.body));
      recorded.kind = read.tools.length > 0 ? "main" : toolless;
      recorded.seen = { ...read, dialect, kind: recorded.kind, index: mainRequests };
      if (recorded.kind === "main") mainRequests++;
      return await generate(dialect, recorded.seen, request.signal);
    }
    if (url.pathname.endsWith("/count_tokens")) return Response.json({ input_tokens: 100 });
    if (url.pathname.endsWith("/models")) {
      return Response.json({ object: "list", data: [{ id: "scripted", object: "model" }] });
    }
    return Response.json({ error: { message: "Not found" } }, { status: 404 });
  };

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: closing.signal, onListen: () => {} },
    handle,
  );
  const port = (server.addr as Deno.NetAddr).port;
  return Promise.resolve({
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    of: (kind) => requests.filter((request) => request.kind === kind),
    setScript: (next) => {
      script = next;
      turnsTaken = 0;
    },
    close: async () => {
      closing.abort();
      await server.finished;
    },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
