import type { FailureRule } from "../definition.ts";

/** Failures of Hermes; the first that matches wins, tested on what a failed run said. */
export const HERMES_FAILURES: readonly FailureRule[] = [
  {
    match: /failed to parse .*config\.yaml|has no attribute 'items'/i,
    code: "not_configured",
    retryable: false,
    hint: "Mend ~/.hermes/config.yaml (mcp_servers must be a mapping), then run: hermes doctor",
  },
  {
    match: /isn't configured yet|no api keys or providers found|unknown provider/i,
    code: "not_configured",
    retryable: false,
    hint: "Set up a provider with: hermes setup",
  },
  {
    match: /session not found|no previous cli session/i,
    code: "session_lost",
    retryable: true,
    hint: "Start the attempt again without the old session",
  },
  {
    match: /context length exceeded|context_length_exceeded|maximum context length/i,
    code: "context_too_long",
    retryable: false,
    hint: "Split the criterion, or choose a model with a longer context with --model",
  },
  {
    match: /declined to respond|content filter|safety refusal/i,
    code: "content_refused",
    retryable: false,
    hint: "Reword the criterion",
  },
  {
    match:
      /(?:HTTP |error code: )402|exceeded your current quota|insufficient[_ ](?:quota|credits)/i,
    code: "quota_exhausted",
    retryable: false,
    hint: "Top up the provider's account, or choose another model with --model",
  },
  {
    match: /(?:HTTP |error code: )429|rate.?limit/i,
    code: "rate_limited",
    retryable: true,
    hint: "Wait and run: ouroboros resume",
  },
  {
    match: /(?:HTTP |error code: )40[13]|incorrect api key|invalid_api_key/i,
    code: "not_signed_in",
    retryable: false,
    hint:
      "Give Hermes its key with: hermes setup (a key in a variable must be let through: --env NAME)",
  },
  {
    match: /(?:HTTP |error code: )404|model .*does not exist|model not found/i,
    code: "model_unknown",
    retryable: false,
    hint: "Choose a model with: hermes model",
  },
  {
    match: /(?:HTTP |error code: )5\d\d|overloaded/i,
    code: "server_error",
    retryable: true,
    hint: "Wait and run: ouroboros resume",
  },
  {
    match: /remained truncated|peer closed connection|incomplete chunked read|connection reset/i,
    code: "stream_cut",
    retryable: true,
    hint: "Try again",
  },
  {
    match: /connection error|request timed out|connection refused|name or service not known/i,
    code: "connection_failed",
    retryable: true,
    hint: "Look at the network, the proxy variables and model.base_url in ~/.hermes/config.yaml",
  },
  {
    match: /unrecognized arguments|expected one argument|invalid choice/i,
    code: "request_invalid",
    retryable: false,
    hint: "This version does not know a flag of ours: hermes update",
  },
];
