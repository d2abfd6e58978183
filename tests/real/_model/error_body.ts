import type { Json } from "./json.ts";
import type { Dialect, Turn } from "./turn.ts";

const OPENAI: Record<number, { message: string; type: string; code: string | null }> = {
  400: { message: "Invalid request.", type: "invalid_request_error", code: null },
  401: {
    message: "Incorrect API key provided: sk-fake.",
    type: "invalid_request_error",
    code: "invalid_api_key",
  },
  403: {
    message: "You are not allowed to use this model.",
    type: "permission_error",
    code: "forbidden",
  },
  404: {
    message: "The model `scripted` does not exist or you do not have access to it.",
    type: "invalid_request_error",
    code: "model_not_found",
  },
  429: {
    message: "Rate limit reached for requests",
    type: "requests",
    code: "rate_limit_exceeded",
  },
  500: {
    message: "The server had an error while processing your request",
    type: "server_error",
    code: null,
  },
};

const ANTHROPIC: Record<number, { type: string; message: string }> = {
  400: { type: "invalid_request_error", message: "Invalid request." },
  401: { type: "authentication_error", message: "invalid x-api-key" },
  403: { type: "permission_error", message: "Your API key does not have permission." },
  404: { type: "not_found_error", message: "model: scripted" },
  429: { type: "rate_limit_error", message: "Number of requests has exceeded your rate limit." },
  500: { type: "api_error", message: "Internal server error" },
  529: { type: "overloaded_error", message: "Overloaded" },
};

/** The error body that the vendor of a dialect sends with a status (shapes from their documents). */
export function errorBody(dialect: Dialect, turn: Extract<Turn, { status: number }>): Json {
  if (dialect === "anthropic_messages") {
    const error = turn.about === "context"
      ? { type: "invalid_request_error", message: "prompt is too long: 210000 tokens > 200000" }
      : turn.about === "quota"
      ? { type: "invalid_request_error", message: "Your credit balance is too low." }
      : ANTHROPIC[turn.status] ?? { type: "api_error", message: `Status ${turn.status}` };
    return { type: "error", error, request_id: "req_scripted" };
  }
  if (turn.about === "quota") {
    const message = "You exceeded your current quota, please check your plan and billing details.";
    return { error: { message, type: "insufficient_quota", code: "insufficient_quota" } };
  }
  if (turn.about === "context") {
    const message = "This model's maximum context length is 200000 tokens.";
    return { error: { message, type: "invalid_request_error", code: "context_length_exceeded" } };
  }
  return {
    error: OPENAI[turn.status] ??
      { message: `Status ${turn.status}`, type: "server_error", code: null },
  };
}
