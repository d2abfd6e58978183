import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { App } from "../../app/app.ts";
import type { CallSurroundings } from "../run_tool.ts";
import { requestState } from "./request_state.ts";

/** How long a person may take over a form. */
const FORM_MS = 600_000;
/** Forms of one call; then it is answered without. */
const MOST_FORMS = 8;

type Answer = CallToolResult | InputRequiredResult;

/**
 * A call whose forms a host of the 2025 revisions is asked for meanwhile; one of 2026 calls again by
 * itself. By hand and not by the package: with that one a form that fails in the host is the end of
 * the call, and here it is a form that was closed, so that the model is told how to go on in words.
 */
export async function putForms(
  app: App,
  context: ServerContext,
  call: CallSurroundings,
  round: (call: CallSurroundings) => Promise<Answer>,
): Promise<Answer> {
  let answer = await round(call);
  if (context.mcpReq.envelope !== undefined) return answer;
  for (let forms = 1; isInputRequiredResult(answer); forms++) {
    const responses = await ask(context, answer.inputRequests ?? {});
    const sealed = answer.requestState;
    const state = sealed === undefined
      ? undefined
      : await requestState(app).verify(sealed, context);
    answer = await round({
      ...call,
      canAsk: call.canAsk && forms < MOST_FORMS,
      responses,
      state: <State>() => state as State | undefined,
    });
  }
  return answer;
}

async function ask(
  { mcpReq }: ServerContext,
  forms: NonNullable<InputRequiredResult["inputRequests"]>,
): Promise<Record<string, unknown>> {
  const answers = Object.entries(forms).map(async ([key, { method, params }]) => {
    if (method !== "elicitation/create") throw new Error(`No form: ${method}`);
    try {
      const form = { method, params: { ...params, mode: "form" } } as const;
      return [key, await mcpReq.send(form, { timeout: FORM_MS, signal: mcpReq.signal })];
    } catch (error) {
      if (mcpReq.signal.aborted) throw error;
      // Whatever kept it from being shown or filled in: nobody said yes or no.
      return [key, { action: "cancel" }];
    }
  });
  return Object.fromEntries(await Promise.all(answers));
}
