import { type Answer, frame, type Frames } from "./answer.ts";
import { type Json, object, objects, textOf } from "./json.ts";
import type { ModelRequest } from "./turn.ts";

/** Reads a chat completions request (OpenCode, Hermes). */
export function readChat(body: Json): Omit<ModelRequest, "index" | "kind" | "dialect"> {
  const messages = objects(body.messages);
  const of = (role: string) =>
    messages.filter((message) => message.role === role).map((message) => textOf(message.content));
  const lastPrompt = messages.findLastIndex((message) => message.role === "user");
  return {
    model: String(body.model ?? ""),
    stream: body.stream === true,
    tools: objects(body.tools).map((tool) => String(object(tool.function).name)),
    prompts: of("user"),
    answers: of("assistant"),
    results: messages.slice(lastPrompt + 1)
      .filter((message) => message.role === "tool")
      .map((message) => textOf(message.content)),
  };
}

function usage(answer: Answer): Json {
  const { input, cached, output, reasoning } = answer.tokens;
  return {
    prompt_tokens: input + cached,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens: output + reasoning,
    completion_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + cached + output + reasoning,
  };
}

function toolCalls(answer: Answer): Json[] | undefined {
  if (!answer.call) return undefined;
  const { name, args } = answer.call;
  return [{
    index: 0,
    id: answer.callId,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }];
}

function finishOf(answer: Answer): string {
  if (answer.refused) return "content_filter";
  return answer.call ? "tool_calls" : "stop";
}

/** The answer as one completion object. */
export function completionObject(answer: Answer): Json {
  return {
    id: `chatcmpl-${answer.callId}`,
    object: "chat.completion",
    created: 1_750_000_000,
    model: answer.model,
    choices: [{
      index: 0,
      message: { role: "assistant", content: answer.text ?? null, tool_calls: toolCalls(answer) },
      finish_reason: finishOf(answer),
    }],
    usage: usage(answer),
  };
}

/** The answer as a stream of chunks, usage last. */
export function chatFrames(answer: Answer): Frames {
  const chunk = (data: Json) =>
    frame({
      id: `chatcmpl-${answer.callId}`,
      object: "chat.completion.chunk",
      created: 1_750_000_000,
      model: answer.model,
      ...data,
    });
  const choice = (delta: Json, finish: string | null = null) =>
    chunk({ choices: [{ index: 0, delta, finish_reason: finish }] });
  const head = [choice({ role: "assistant", content: answer.text ?? "" })];
  if (answer.call) head.push(choice({ tool_calls: toolCalls(answer) }));
  return {
    head,
    tail: [
      choice({}, finishOf(answer)),
      chunk({ choices: [], usage: usage(answer) }),
      frame("[DONE]"),
    ],
  };
}
