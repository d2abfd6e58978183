import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { mcpChild, mcpUnderShell } from "./mcp_child.ts";
import { type McpClient, startMcp } from "./mcp_client.ts";
import { HANDSHAKE, MODERN_META } from "./mcp_messages.ts";
import { passedProject, playPassed } from "./passed_project.ts";
import { processesIn } from "./processes_in.ts";
import { onBinary, runProgram } from "./program.ts";
import { tempDir } from "./temp_dir.ts";
import { listTools } from "../../lib/mcp/list_tools.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";

/** A server in a home of its own; at the end of `body` its stdin is closed, and it ends with 0. */
async function withServer(
  body: (client: McpClient, dir: string) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using dir = await tempDir();
  for (const name of ["home", "project"]) await Deno.mkdir(join(dir.path, name));
  const client = await startMcp({
    cwd: join(dir.path, "project"),
    home: join(dir.path, "home"),
    env,
  });
  try {
    await body(client, dir.path);
  } catch (error) {
    console.error((await client.end()).stderr);
    throw error;
  }
  const end = await client.end();
  assertEquals([end.code, end.signal], [0, null], end.stderr);
}

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;

/** What the server promises; the same tests from source and on the compiled program. */
export function mcpPromises(): void {
  const test = (name: string, body: () => Promise<void>) => Deno.test(`mcp serve: ${name}`, body);

  test("the handshake is answered in the client's version, with short instructions", () =>
    withServer(async (client, dir) => {
      const { result } = await client.initialize("2025-06-18");
      assertEquals(result.protocolVersion, "2025-06-18");
      assertEquals(result.serverInfo.name, "ouroboros");
      assert(new TextEncoder().encode(result.instructions).length <= 2048);
      const written = [...Deno.readDirSync(join(dir, "home"))].filter((one) =>
        one.name !== ".cache"
      );
      assertEquals(written, [], "a handshake writes nothing");
    }));

  test("without a handshake, in the revision of 2026, it can be discovered and called", () =>
    withServer(async (client) => {
      const found = await client.ask("server/discover", { _meta: MODERN_META });
      assert(found.result.supportedVersions.includes("2026-07-28"), JSON.stringify(found));
      const listed = await client.ask("tools/list", { _meta: MODERN_META });
      assertEquals(listed.result.tools.length, TOOLS.length);
      assertEquals(listed.result.cacheScope, "public");
    }));

  test("a client that asks what it is first may still shake hands", () =>
    withServer(async (client) => {
      await client.ask("server/discover", {});
      assertEquals((await client.initialize()).result.serverInfo.name, "ouroboros");
      assertEquals((await client.ask("tools/list")).result.tools.length, TOOLS.length);
    }));

  test("a client may shake hands after it has called without", () =>
    withServer(async (client) => {
      await client.ask("tools/list", { _meta: MODERN_META });
      assertEquals((await client.initialize()).result.serverInfo.name, "ouroboros");
      assertEquals((await client.initialize()).result.serverInfo.name, "ouroboros");
    }));

  test("its list is the table, in its order, the same again", () =>
    withServer(async (client) => {
      await client.initialize();
      const { tools } = (await client.ask("tools/list")).result;
      assertEquals(tools, JSON.parse(JSON.stringify(listTools(TOOLS))));
      assertEquals((await client.ask("tools/list")).result.tools, tools);
    }));

  test("a project without anything is said so, as a structure and as a text that suffices", () =>
    withServer(async (client, dir) => {
      await client.initialize();
      const { result } = await client.ask("tools/call", { name: "ouroboros_session_status" });
      const project = await Deno.realPath(join(dir, "project"));
      assertEquals(result.isError, true);
      const { error } = result.structuredContent;
      assertEquals([error.code, error.recoverable], ["not_found", true]);
      assertStringIncludes(result.content[0].text, `of "${project}": there is none yet`);
    }));

  test("a run is found by the end of its id, and nothing of it that the command line does not say", () =>
    withServer(async (client, dir) => {
      const [home, project] = [join(dir, "home"), join(dir, "project")];
      await passedProject(project);
      const id = await playPassed({ cwd: project, home });
      await client.initialize();
      const call = { name: "ouroboros_session_status", arguments: { session_id: id.slice(-8) } };
      const { structuredContent } = (await client.ask("tools/call", call)).result;
      const line = await runProgram({ args: ["status", id, "--json"], cwd: project, home });
      const { runId, state, reason, criteria } = JSON.parse(line.stdout);
      assertEquals(structuredContent.id, runId);
      assertEquals([structuredContent.state, structuredContent.reason], [state, reason]);
      assertEquals(
        structuredContent.criteria,
        criteria.map(({ id, state, tries, reason }: Record<string, unknown>) => ({
          ...{ id, state, tries, reason },
        })),
      );
    }));

  test("what the model did wrong is told to the model, with what to do", () =>
    withServer(async (client) => {
      await client.initialize();
      for (
        const [args, text] of [
          [{ session_id: "zzzzzzzz" }, /has that id \(not_found\)\nTry: ouroboros_session_status/],
          [{ runs: "zzzzzzzz" }, /"runs".*\nTry: It takes session_id, cwd/],
          [{ session_id: 5 }, /session_id/],
          [{ cwd: "/" }, /outside of .* \(not_allowed\)/],
        ] as const
      ) {
        const { result } = await client.ask("tools/call", {
          name: "ouroboros_session_status",
          arguments: args,
        });
        assertEquals(result.isError, true);
        assertMatch(result.content[0].text, text);
      }
    }));

  test("the examination names the variables that arrive, never their values", () =>
    withServer(async (client) => {
      await client.initialize();
      const { result } = await client.ask("tools/call", { name: "ouroboros_doctor" });
      const { sections } = result.structuredContent;
      const found = sections.find((one: { title: string }) => one.title === "Environment").findings;
      assertStringIncludes(found[0].text, "OPENAI_API_KEY");
      assertStringIncludes(JSON.stringify(found), "depth 5");
      assert(!found[0].text.includes("HERMES_HOME"), "a placeholder is no value");
      assert(!JSON.stringify(client.messages).includes("a-secret"));
    }, {
      OPENAI_API_KEY: "a-secret",
      HERMES_HOME: "${HERMES_HOME}",
      // The cap: nothing can be started any more, and the tools still answer.
      _OUROBOROS_DEPTH: "5",
    }));

  test("what is no message is answered, and the next one is read", () =>
    withServer(async (client) => {
      await client.initialize();
      await client.write("nonsense\n\n[1,2]\n");
      await client.next((one) => one.error?.code === PARSE_ERROR);
      await client.next((one) => one.error?.code === INVALID_REQUEST);
      await client.write('{"id":"x","method":"ping"}\n');
      const odd = await client.next((one) => one.id === "x");
      assertEquals(odd.error?.code, INVALID_REQUEST);
      assertEquals((await client.ask("no/such")).error?.code, METHOD_NOT_FOUND);
      assertEquals((await client.ask("ping")).result, {});
    }));

  test("a message that is too long is refused while it comes, and the next one is read", () =>
    withServer(async (client) => {
      await client.initialize();
      const piece = "x".repeat(1024 * 1024);
      await client.write('{"jsonrpc":"2.0","id":99,"method":"ping","params":{"text":"');
      for (let n = 0; n < 8; n++) await client.write(piece);
      await client.write('"}}\n');
      const refused = await client.next((one) => one.error !== undefined);
      assertMatch(refused.error?.message ?? "", /longer than \d+ bytes/);
      assertEquals((await client.ask("ping")).result, {});
    }));

  test("messages may come in pieces, many at once, and with a character cut in two", () =>
    withServer(async (client) => {
      await client.initialize();
      const bytes = new TextEncoder().encode(
        '{"jsonrpc":"2.0","id":"é","method":"ping"}\r\n{"jsonrpc":"2.0","id":"b","method":"ping"}\n',
      );
      const cut = bytes.indexOf(0xc3) + 1;
      await client.write(bytes.subarray(0, cut));
      await client.write(bytes.subarray(cut));
      await client.next((one) => one.id === "é");
      await client.next((one) => one.id === "b");
    }));

  test("a cancel of an answered call does no harm, and a call may be sent twice", () =>
    withServer(async (client) => {
      await client.initialize();
      const call = { name: "ouroboros_session_status", arguments: {} };
      const first = await client.ask("tools/call", call);
      await client.notify("notifications/cancelled", { requestId: first.id, reason: "Aborted" });
      await client.notify("notifications/cancelled", { requestId: 12345 });
      const again = await Promise.all([
        client.ask("tools/call", call),
        client.ask("tools/call", call),
      ]);
      for (const { result } of again) assertEquals(result, first.result);
    }));

  test("what was asked before the end of input is answered", async () => {
    await using dir = await tempDir();
    const end = await runProgram({
      args: ["mcp", "serve"],
      cwd: dir.path,
      home: dir.path,
      stdin: [
        JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: HANDSHAKE }),
        '{"jsonrpc":"2.0","id":2,"method":"tools/list"}',
      ].join("\n"),
    });
    assertEquals([end.code, end.stderr], [0, ""]);
    const answers = end.stdout.trim().split("\n").map((line) => JSON.parse(line).id);
    assertEquals(answers, [1, 2]);
  });

  test("nothing asked, nothing said: an empty input ends it", async () => {
    await using dir = await tempDir();
    const end = await runProgram({ args: ["mcp", "serve"], cwd: dir.path, home: dir.path });
    assertEquals(end, { code: 0, stdout: "", stderr: "" });
  });

  Deno.test({
    name: "mcp serve: it ends when whoever started it is killed, though its stdin stays open",
    ignore: Deno.build.os === "windows",
    async fn() {
      await using dir = await tempDir();
      // The shell is the host; the other end of the server's stdin is ours, and stays.
      const client = await startMcp({ cwd: dir.path, home: dir.path, command: mcpUnderShell() });
      await client.initialize();
      client.kill("SIGKILL");
      // Its end is the end of its stdout.
      assertEquals((await client.ended).signal, "SIGKILL");
      assertEquals(await processesIn(dir.path), []);
      await client.end();
    },
  });

  Deno.test({
    name: "mcp serve: SIGTERM ends it although nobody reads what it says",
    ignore: Deno.build.os === "windows",
    async fn() {
      await using dir = await tempDir();
      await using child = await mcpChild(
        { cwd: dir.path, home: dir.path },
        { stdin: "piped", stdout: "piped", stderr: "null" },
      );
      const writer = child.stdin.getWriter();
      const encoder = new TextEncoder();
      const list = (id: number) =>
        writer.write(encoder.encode(`{"jsonrpc":"2.0","id":${id},"method":"tools/list"}\n`));
      const reader = child.stdout.getReader();
      await list(0);
      await reader.read();
      // Far more than a pipe holds.
      for (let id = 1; id <= 500; id++) await list(id);
      child.kill("SIGTERM");
      assertEquals((await child.status).code, 0);
      await writer.close().catch(() => {});
      await reader.cancel();
    },
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.test({
      name: `mcp serve: ${signal} ends it as its end of input does`,
      ignore: Deno.build.os === "windows",
      async fn() {
        await using dir = await tempDir();
        const client = await startMcp({ cwd: dir.path, home: dir.path });
        await client.initialize();
        client.kill(signal);
        const end = await client.ended;
        assertEquals([end.code, end.signal, end.stderr], [0, null, ""]);
        await client.end();
      },
    });
  }

  test(`it is the program under test (${onBinary ? "compiled" : "source"})`, () =>
    withServer(async (client) => {
      await client.initialize();
      const { result } = await client.ask("tools/call", { name: "ouroboros_doctor" });
      const text = result.structuredContent.sections[0].findings[0].text;
      assertStringIncludes(text, onBinary ? "one file" : "from source");
    }));
}
