import {
  type CallToolResult,
  inputRequired,
  type InputRequiredResult,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { assertEquals, assertRejects } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import { putForms } from "../../../../lib/mcp/elicit/put_forms.ts";
import type { CallSurroundings } from "../../../../lib/mcp/run_tool.ts";

const DONE: CallToolResult = { content: [] };
const FORM: InputRequiredResult = inputRequired({
  inputRequests: {
    confirm: inputRequired.elicit({
      message: "Start it?",
      requestedSchema: { type: "object", properties: {} },
    }),
  },
});

/** A host that answers forms by `send`, and a call of it. */
function hostOf(
  send: (request: unknown, options: { timeout: number }) => Promise<unknown>,
  more: { envelope?: object; signal?: AbortSignal } = {},
) {
  const mcpReq = { send, signal: new AbortController().signal, ...more };
  const call = { canAsk: true, responses: undefined } as unknown as CallSurroundings;
  return { context: { mcpReq } as unknown as ServerContext, call };
}

Deno.test("a form is waited for as long as a person takes, and what came back is the next round", async () => {
  const asked: unknown[] = [];
  const { context, call } = hostOf((request, { timeout }) => {
    asked.push([(request as { params: { mode: string } }).params.mode, timeout]);
    return Promise.resolve({ action: "accept", content: { confirm: true } });
  });
  const rounds: unknown[] = [];
  const round = ({ responses }: CallSurroundings) => {
    rounds.push(responses);
    return Promise.resolve(responses === undefined ? FORM : DONE);
  };
  assertEquals(await putForms({} as App, context, call, round), DONE);
  assertEquals(asked, [["form", 600_000]]);
  assertEquals(rounds, [undefined, {
    confirm: { action: "accept", content: { confirm: true } },
  }]);
});

Deno.test("a form that fails is one that was closed; a call that is cancelled ends", async () => {
  const fails = hostOf(() => Promise.reject(new Error("boom")));
  const seen: unknown[] = [];
  await putForms({} as App, fails.context, fails.call, ({ responses }) => {
    seen.push(responses);
    return Promise.resolve(responses === undefined ? FORM : DONE);
  });
  assertEquals(seen[1], { confirm: { action: "cancel" } });
  const gone = hostOf(() => Promise.reject(new Error("gone")), { signal: AbortSignal.abort() });
  const form = () => Promise.resolve(FORM);
  await assertRejects(() => putForms({} as App, gone.context, gone.call, form), Error, "gone");
});

Deno.test("forms end some time, and a host of 2026 carries its own", async () => {
  const stubborn = hostOf(() => Promise.resolve({ action: "cancel" }));
  let forms = 0;
  const answer = await putForms({} as App, stubborn.context, stubborn.call, ({ canAsk }) => {
    forms++;
    return Promise.resolve(canAsk ? FORM : DONE);
  });
  assertEquals([answer, forms], [DONE, 9]);
  const modern = hostOf(() => Promise.reject(new Error("never asked")), { envelope: {} });
  const form = () => Promise.resolve(FORM);
  assertEquals(await putForms({} as App, modern.context, modern.call, form), FORM);
});
