import { mcpChild, mcpUnderShell } from "./mcp_child.ts";
import { HANDSHAKE } from "./mcp_messages.ts";

/** How one server was started and ended. */
export type CycleWay = keyof typeof WAYS;

/** One life of a server. */
export interface Cycle {
  way: CycleWay;
  /** From what should end it to its end; milliseconds. */
  endMs: number;
}

/** A started server, as a host of few words has it. */
interface Life {
  child: Deno.ChildProcess;
  writer: WritableStreamDefaultWriter<Uint8Array>;
  reader: ReadableStreamDefaultReader<Uint8Array>;
}

const INITIALIZE = `${
  JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: HANDSHAKE })
}\n`;
const LIST = '{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n';

/** Asks for what lies in the journal, so that it is open when the end comes. */
const status = (tool: string) =>
  `{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"${tool}","arguments":{}}}\n`;

const TEN_MEGABYTES = 10 * 1024 * 1024;

/** Each brings its server to an end; those with `host` have a shell between us and the server. */
const WAYS = {
  "end of input": { end: async (life: Life) => await close(life) },
  "end of input after a handshake": {
    async end(life: Life) {
      await answered(life, INITIALIZE);
      await close(life);
    },
  },
  "end of input in a call": {
    async end(life: Life, tool: string) {
      await answered(life, INITIALIZE);
      await send(life, status(tool));
      await close(life);
    },
  },
  SIGTERM: {
    async end(life: Life) {
      await answered(life, INITIALIZE);
      life.child.kill("SIGTERM");
    },
  },
  "SIGTERM before it is up": {
    end(life: Life) {
      life.child.kill("SIGTERM");
      return Promise.resolve();
    },
  },
  "SIGINT in a call": {
    async end(life: Life, tool: string) {
      await answered(life, INITIALIZE);
      await send(life, status(tool));
      life.child.kill("SIGINT");
    },
  },
  "SIGKILL in a call": {
    async end(life: Life, tool: string) {
      await answered(life, INITIALIZE);
      await answered(life, status(tool));
      life.child.kill("SIGKILL");
    },
  },
  "SIGKILL of its parent": {
    host: true,
    async end(life: Life) {
      await answered(life, INITIALIZE);
      life.child.kill("SIGKILL");
    },
  },
  "broken pipe": {
    async end(life: Life) {
      await answered(life, INITIALIZE);
      await life.reader.cancel();
      await send(life, LIST);
    },
  },
  "half a message": {
    async end(life: Life) {
      await answered(life, INITIALIZE);
      await send(life, LIST.slice(0, 20));
      await close(life);
    },
  },
  "10 MB message": {
    async end(life: Life) {
      await answered(life, INITIALIZE);
      await send(life, `{"jsonrpc":"2.0","id":9,"text":"${"x".repeat(TEN_MEGABYTES)}"}\n`);
      await answered(life, "");
      await close(life);
    },
  },
  garbage: {
    async end(life: Life) {
      await send(life, crypto.getRandomValues(new Uint8Array(60_000)));
      await send(life, "\n");
      await answered(life, "");
      await close(life);
    },
  },
} satisfies Record<
  string,
  { host?: true; end(life: Life, tool: string): Promise<void> }
>;

/** Every way, in order. */
export const CYCLE_WAYS = Object.keys(WAYS) as CycleWay[];

/** Nothing takes this long to end, on however busy a machine; milliseconds. */
const HANGS_MS = 30_000;

/** Starts a server and ends it in one way; throws when it does not end. `tool` reads the journal. */
export async function cycle(
  way: CycleWay,
  at: { cwd: string; home: string; tmp: string; tool: string },
): Promise<Cycle> {
  const plan: { host?: true; end(life: Life, tool: string): Promise<void> } = WAYS[way];
  const place = { cwd: at.cwd, home: at.home, env: { TMPDIR: at.tmp } };
  const child = await mcpChild(
    { ...place, ...(plan.host ? { command: mcpUnderShell() } : {}) },
    { stdin: "piped", stdout: "piped", stderr: "null" },
  );
  const life = { child, writer: child.stdin.getWriter(), reader: child.stdout.getReader() };
  let timer = 0;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`A server still runs after: ${way}`)), HANGS_MS);
  });
  try {
    await Promise.race([plan.end(life, at.tool), hangs]);
    const startedMs = performance.now();
    // Of a server behind a shell we see the end of its output alone.
    const over = way === "broken pipe" ? child.status : drained(life);
    await Promise.race([Promise.all([over, child.status]), hangs]);
    return { way, endMs: performance.now() - startedMs };
  } finally {
    clearTimeout(timer);
    await close(life);
    await life.reader.cancel().catch(() => {});
  }
}

/** Sends a text and waits for the first bytes that come back. */
async function answered(life: Life, text: string): Promise<void> {
  if (text !== "") await send(life, text);
  const { done } = await life.reader.read();
  if (done) throw new Error("The server ended before it answered");
}

async function send(life: Life, what: string | Uint8Array): Promise<void> {
  await life.writer.write(typeof what === "string" ? new TextEncoder().encode(what) : what.slice());
}

async function close({ writer }: Life): Promise<void> {
  // It may be gone already, and with it the reader of our pipe.
  await writer.close().catch(() => {});
}

async function drained({ reader }: Life): Promise<void> {
  while (!(await reader.read()).done);
}
