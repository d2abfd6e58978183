import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { mcpChild } from "./mcp_child.ts";
import { HANDSHAKE, MODERN_META } from "./mcp_messages.ts";
import { runProgram } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

/** A started server on HTTP. */
export interface HttpServer {
  url: string;
  token: string;
  home: string;
  /** Sends SIGTERM and waits; gives the exit code. */
  stop(): Promise<number>;
}

/** Starts the program under test on a free port, for as long as `body` takes. */
export async function withHttp(body: (server: HttpServer) => Promise<void>): Promise<void> {
  await using dir = await tempDir();
  // As a service has it: the end of its input is no reason to end.
  await using child = await mcpChild(
    { cwd: dir.path, home: dir.path, words: ["--http", "0"] },
    { stdin: "null", stdout: "null", stderr: "piped" },
  );
  let talk = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    talk += text;
    if (talk.includes("Ctrl-C")) break;
  }
  const url = /http:\/\/\S+/.exec(talk)?.[0] ?? "";
  const file = /token is in (\S+)/.exec(talk)?.[1] ?? "";
  assert(file.startsWith(dir.path), talk);
  const token = (await Deno.readTextFile(file)).trim();
  assert(!talk.includes(token), "a token that is printed is read by others");
  const stop = async () => {
    child.kill("SIGTERM");
    return (await child.status).code;
  };
  await body({ url, token, home: dir.path, stop });
  await stop().catch(() => {});
}

function post(server: Pick<HttpServer, "url" | "token">, message: unknown, headers = {}) {
  return fetch(server.url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${server.token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
    },
    body: JSON.stringify(message),
  });
}

const INITIALIZE = { jsonrpc: "2.0", id: 1, method: "initialize", params: HANDSHAKE };
const MODERN_LIST = { jsonrpc: "2.0", id: 1, method: "tools/list", params: { _meta: MODERN_META } };

/** What the server promises on HTTP; the same tests from source and on the compiled program. */
export function mcpHttpPromises(): void {
  const posix = Deno.build.os !== "windows";
  const test = (name: string, fn: () => Promise<void>) =>
    Deno.test({ name: `mcp serve --http: ${name}`, ignore: !posix, fn });

  test("both eras are answered on this machine's own address, until it is ended", () =>
    withHttp(async (server) => {
      assertMatch(server.url, /^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
      const shaken = await post(server, INITIALIZE);
      const text = await shaken.text();
      assertStringIncludes(text, '"name":"ouroboros"');
      const session = shaken.headers.get("mcp-session-id") ?? "";
      const listed = await post(server, { jsonrpc: "2.0", id: 2, method: "tools/list" }, {
        "mcp-session-id": session,
      });
      assertStringIncludes(await listed.text(), "ouroboros_doctor");
      const modern = await post(server, MODERN_LIST, {
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "tools/list",
      });
      assertStringIncludes(await modern.text(), "ouroboros_doctor");
      // A stream that a client holds open does not hold the server up.
      const held = await fetch(server.url, {
        headers: {
          authorization: `Bearer ${server.token}`,
          accept: "text/event-stream",
          "mcp-session-id": session,
        },
      });
      assertEquals(held.status, 200);
      assertEquals(await server.stop(), 0);
      await held.body?.cancel().catch(() => {});
    }));

  test("whoever does not know the token is told nothing", () =>
    withHttp(async (server) => {
      const refused = await post({ ...server, token: "wrong" }, INITIALIZE);
      assertEquals(refused.status, 401);
      assert(!(await refused.text()).includes("ouroboros"));
      const named = await post(server, INITIALIZE, { origin: "https://evil.example" });
      assertEquals([named.status, await named.text() !== ""], [403, true]);
    }));

  test("its token is in a file of its owner's alone", () =>
    withHttp(async ({ home }) => {
      const info = await Deno.stat(join(home, ".ouroboros", "mcp-token"));
      assertEquals(info.mode! & 0o777, 0o600);
    }));

  test("a port that is taken is said, with a way out", () =>
    withHttp(async ({ url, home }) => {
      const port = new URL(url).port;
      const end = await runProgram({
        args: ["mcp", "serve", "--http", port],
        cwd: home,
        home,
      });
      assertEquals(end.code, 1);
      assertMatch(end.stderr, /Listen on port \d+: it is taken\n {2}Try: .*mcp serve --http 0/);
    }));
}
