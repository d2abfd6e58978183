/**
 * The program's own server on HTTP, for the official suite: `conformance_server.ts HOME [--fixtures]`.
 * With fixtures it offers what the scenarios call by name in place of our tools; everything below
 * them, from the gate to the sessions, is the program's. Prints its address, ends with its stdin.
 */
import type { McpServer } from "@modelcontextprotocol/server";
import { createApp } from "../../lib/app/app.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { createServer } from "../../lib/mcp/create_server.ts";
import { type HttpHandler, httpHandler } from "../../lib/mcp/http/http_handler.ts";
import { requestState } from "../../lib/mcp/elicit/request_state.ts";
import { conformancePrompts, conformanceResources } from "./conformance_lists.ts";
import { conformanceTools } from "./conformance_tools.ts";
import { realClock, realRandom } from "./real_ports.ts";

const [home = "", fixtures] = Deno.args;
const TOKEN = "the-suite-sends-no-token";

const environment = fixedEnvironment({ HOME: home });
const app = createApp({
  environment,
  paths: resolvePaths(environment),
  clock: realClock,
  random: realRandom,
  cwd: home,
  self: ["ouroboros"],
  version: "0.0.0",
  skillsDir: decodeURIComponent(new URL("../../skills", import.meta.url).pathname),
});

let id = 0;
const handler: HttpHandler = httpHandler(
  () => createServer(app, fixtures === undefined ? undefined : [withFixtures]),
  { token: TOKEN, newId: () => `session-${++id}`, onerror: () => {} },
);

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}/mcp`),
}, async (request) => {
  const headers = new Headers(request.headers);
  // The one thing that the suite cannot be told.
  headers.set("authorization", `Bearer ${TOKEN}`);
  return await handler.fetch(new Request(request, { headers }));
});
for await (const _ of Deno.stdin.readable);
await handler.close();
await server.shutdown();
await app.close();

function withFixtures(one: McpServer): void {
  const { notify } = handler;
  conformanceTools(one, {
    notify,
    seal: (state, context) => requestState(app).mint(state, context),
  });
  conformancePrompts(one);
  conformanceResources(one);
}
