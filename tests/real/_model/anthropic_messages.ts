import { type Answer, frame, type Frames } from "./answer.ts";
import { type Json, objects, textOf } from "./json.ts";
import type { ModelRequest } from "./turn.ts";

/** Reads a Messages request (Claude Code). */
export function readMessages(body: Json): Omit<ModelRequest, "index" | "kind" | "dialect"> {
  const messages = objects(body.messages);
  const results = (message: Json) =>
    objects(message.content).filter((block) => block.type === "tool_result");
  const isPrompt = (message: Json) => message.role === "user" && results(message).length === 0;
  const lastPrompt = messages.findLastIndex(isPrompt);
  return {
    model: String(body.model ?? ""),
    stream: body.stream === true,
    tools: objects(body.tools).map((tool) => String(tool.name)),
    prompts: messages.filter(isPrompt).map((message) => textOf(message.content)),
    answers: messages.filter((message) => message.role === "assistant")
      .map((message) => textOf(message.content)),
    results: messages.slice(lastPrompt + 1).flatMap(results)
      .map((block) => textOf(block.content)),
  };
}

function block(answer: Answer): Json {
  if (!answer.call) return { type: "text", text: answer.text };
  return {
    type: "tool_use",
    id: `toolu_${answer.callId}`,
    name: answer.call.name,
    input: answer.call.args,
  };
}

function usage(answer: Answer, output = answer.tokens.output + answer.tokens.reasoning): Json {
  return {
    input_tokens: answer.tokens.input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: answer.tokens.cached,
    output_tokens: output,
  };
}

/** The answer as one message object. */
export function messageObject(answer: Answer): Json {
  return {
    id: `msg_${answer.callId}`,
    type: "message",
    role: "assistant",
    model: answer.model,
    content: [block(answer)],
    stop_reason: answer.refused ? "refusal" : answer.call ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: usage(answer),
  };
}

/** The answer as a stream of the Messages interface. */
export function messagesFrames(answer: Answer): Frames {
  const of = (type: string, data: Json) => frame({ type, ...data }, type);
  const whole = messageObject(answer);
  const start = answer.call ? { ...block(answer), input: {} } : { type: "text", text: "" };
  const delta = answer.call
    ? { type: "input_json_delta", partial_json: JSON.stringify(answer.call.args) }
    : { type: "text_delta", text: answer.text };
  return {
    head: [
      of("message_start", {
        message: { ...whole, content: [], stop_reason: null, usage: usage(answer, 1) },
      }),
      of("content_block_start", { index: 0, content_block: start }),
      of("content_block_delta", { index: 0, delta }),
    ],
    tail: [
      of("content_block_stop", { index: 0 }),
      of("message_delta", {
        delta: { stop_reason: whole.stop_reason, stop_sequence: null },
        usage: usage(answer),
      }),
      of("message_stop", {}),
    ],
  };
}
