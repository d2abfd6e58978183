import { mcpChild } from "./mcp_child.ts";
import { HANDSHAKE } from "./mcp_messages.ts";

/** One message of the server's. */
export interface McpMessage {
  jsonrpc: "2.0";
  id?: number | string | null;
  method?: string;
  // deno-lint-ignore no-explicit-any -- what a test looks at is what a test is about
  result?: any;
  error?: { code: number; message: string };
}

/** How the server ended. */
export interface McpEnd {
  code: number;
  signal: Deno.Signal | null;
  stderr: string;
}

/** `ouroboros mcp serve`, spoken to by hand over real pipes. */
export interface McpClient {
  readonly pid: number;
  /** Every line of stdout so far, parsed; one that is no JSON fails the test. */
  readonly messages: McpMessage[];
  /** Writes text or bytes as they are. */
  write(text: string | Uint8Array): Promise<void>;
  /** Sends a request and waits for its answer. */
  ask(method: string, params?: unknown): Promise<McpMessage>;
  notify(method: string, params?: unknown): Promise<void>;
  /** Waits for a message that fits. */
  next(fits: (message: McpMessage) => boolean): Promise<McpMessage>;
  /** The handshake of 2025; gives its answer. */
  initialize(version?: string): Promise<McpMessage>;
  kill(signal: Deno.Signal): void;
  /** Closes stdin and waits for the end. */
  end(): Promise<McpEnd>;
  ended: Promise<McpEnd>;
}

/** No answer takes this long, on however busy a machine; milliseconds. */
const HANGS_MS = 60_000;

/** Starts the server under test. */
export async function startMcp(
  at: { cwd: string; home: string; env?: Readonly<Record<string, string>>; command?: string[] },
): Promise<McpClient> {
  const child = await mcpChild(at, { stdin: "piped", stdout: "piped", stderr: "piped" });
  const timer = setTimeout(() => child.kill("SIGKILL"), HANGS_MS);
  const writer = child.stdin.getWriter();
  const messages: McpMessage[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  const reading = (async () => {
    let rest = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      messages.push(...lines.map((line) => JSON.parse(line) as McpMessage));
      wake();
    }
    if (rest !== "") throw new Error(`stdout ends within a line: ${rest}`);
  })().finally(() => {
    over = true;
    wake();
  });
  const talk = new Response(child.stderr).text();
  const ended = (async () => {
    const { code, signal } = await child.status;
    clearTimeout(timer);
    await reading;
    return { code, signal, stderr: await talk };
  })();
  ended.catch(() => {});
  let id = 0;
  const client: McpClient = {
    pid: child.pid,
    messages,
    ended,
    write: (text) =>
      writer.write(typeof text === "string" ? new TextEncoder().encode(text) : text.slice()),
    async ask(method, params) {
      const mine = ++id;
      await client.write(`${JSON.stringify({ jsonrpc: "2.0", id: mine, method, params })}\n`);
      return await client.next((message) => message.id === mine);
    },
    notify: (method, params) =>
      client.write(`${JSON.stringify({ jsonrpc: "2.0", method, params })}\n`),
    next: (fits) =>
      new Promise((found, failed) => {
        const look = () => {
          const message = messages.find(fits);
          if (message) found(message);
          else if (over) failed(new Error("The server ended before it answered"));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    async initialize(protocolVersion = HANDSHAKE.protocolVersion) {
      const answer = await client.ask("initialize", { ...HANDSHAKE, protocolVersion });
      await client.notify("notifications/initialized");
      return answer;
    },
    kill: (signal) => child.kill(signal),
    async end() {
      await writer.close().catch(() => {});
      return await ended;
    },
  };
  return client;
}
