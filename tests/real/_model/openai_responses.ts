import { type Answer, frame, type Frames } from "./answer.ts";
import { type Json, object, objects, textOf } from "./json.ts";
import type { ModelRequest } from "./turn.ts";

/** Reads a request of the Responses interface (Codex). */
export function readResponses(body: Json): Omit<ModelRequest, "index" | "kind" | "dialect"> {
  const items = objects(body.input);
  const messages = (role: string) =>
    items.filter((item) => item.role === role).map((item) => textOf(item.content));
  const lastPrompt = items.findLastIndex((item) => item.role === "user");
  return {
    model: String(body.model ?? ""),
    stream: body.stream === true,
    tools: toolNames(body, items),
    prompts: typeof body.input === "string" ? [body.input] : messages("user"),
    answers: messages("assistant"),
    results: items.slice(lastPrompt + 1)
      .filter((item) => String(item.type).endsWith("_call_output"))
      .map((item) => typeof item.output === "string" ? item.output : textOf(item.output)),
  };
}

/** Newer models of Codex get their tools as an item of the conversation, in namespaces. */
function toolNames(body: Json, items: Json[]): string[] {
  const added = items.filter((item) => item.type === "additional_tools");
  const flat = (tools: unknown): string[] =>
    objects(tools).flatMap((tool) =>
      tool.type === "namespace" ? flat(tool.tools) : [String(tool.name ?? tool.type)]
    );
  return [...flat(body.tools), ...added.flatMap((item) => flat(item.tools))];
}

/** The answer as a finished response object. */
export function responseObject(answer: Answer): Json {
  const { input, cached, output, reasoning } = answer.tokens;
  return {
    id: `resp_${answer.callId}`,
    object: "response",
    created_at: 1_750_000_000,
    ...(answer.refused
      ? { status: "incomplete", incomplete_details: { reason: "content_filter" } }
      : { status: "completed" }),
    model: answer.model,
    output: [outputItem(answer)],
    usage: {
      input_tokens: input + cached,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: output + reasoning,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + cached + output + reasoning,
    },
  };
}

function outputItem(answer: Answer): Json {
  if (answer.call?.input !== undefined) {
    return {
      type: "custom_tool_call",
      id: `ctc_${answer.callId}`,
      call_id: answer.callId,
      name: answer.call.name,
      ...(answer.call.namespace === undefined ? {} : { namespace: answer.call.namespace }),
      input: answer.call.input,
    };
  }
  if (answer.call) {
    return {
      type: "function_call",
      id: `fc_${answer.callId}`,
      call_id: answer.callId,
      name: answer.call.name,
      ...(answer.call.namespace === undefined ? {} : { namespace: answer.call.namespace }),
      arguments: JSON.stringify(answer.call.args),
    };
  }
  return {
    type: "message",
    id: `msg_${answer.callId}`,
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text: answer.text, annotations: [] }],
  };
}

/** The answer as a stream of the Responses interface. */
export function responsesFrames(answer: Answer): Frames {
  const response = responseObject(answer);
  const item = object((response.output as unknown[])[0]);
  const of = (type: string, data: Json) => frame({ type, ...data }, type);
  const head = [
    of("response.created", {
      response: { ...response, status: "in_progress", output: [], usage: null },
    }),
  ];
  if (answer.text !== undefined) {
    head.push(
      of("response.output_item.added", { output_index: 0, item: { ...item, content: [] } }),
      of("response.output_text.delta", {
        item_id: item.id,
        output_index: 0,
        content_index: 0,
        delta: answer.text,
      }),
    );
  }
  return {
    head,
    tail: [
      of("response.output_item.done", { output_index: 0, item }),
      of(answer.refused ? "response.incomplete" : "response.completed", { response }),
    ],
  };
}
