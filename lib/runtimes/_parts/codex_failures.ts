import type { FailureRule } from "../definition.ts";

/** What Codex's messages mean (spec §1.4): its events carry no error class, only text. */
export const CODEX_FAILURES: readonly FailureRule[] = [
  {
    match: /Missing environment variable: `?([A-Za-z0-9_]+)/,
    code: "not_configured",
    retryable: false,
    hint: "Set it and let agents have it: ouroboros run … --env $1",
  },
  {
    match: /no rollout found for thread id|thread\/resume failed/,
    code: "session_lost",
    retryable: true,
    hint: "Its session is gone; a new attempt starts a new one",
  },
  {
    match: /Input exceeds the maximum length|input_too_large/,
    code: "prompt_too_large",
    retryable: false,
    hint: "Put the long part into a file of the project and name the file in the prompt",
  },
  {
    match: /No prompt provided/,
    code: "prompt_empty",
    retryable: false,
    hint: "Say in words what is to be done",
  },
  {
    match: /usage limit|Quota exceeded|insufficient_quota|usage_limit_reached|out of credits/i,
    code: "quota_exhausted",
    retryable: false,
    hint: "Wait until the limit resets, or raise it in your OpenAI account",
  },
  {
    match: /\b(?:401 Unauthorized|403 Forbidden)\b|Not logged in|refresh token|Incorrect API key/i,
    code: "not_signed_in",
    retryable: false,
    hint: "Sign in: codex login (or set CODEX_API_KEY; OPENAI_API_KEY alone is not read)",
  },
  {
    match: /context window|context_length_exceeded/i,
    code: "context_too_long",
    retryable: false,
    hint: "Split the criterion, or let a new session start",
  },
  {
    match: /\b429\b|rate limit|Too Many Requests/i,
    code: "rate_limited",
    retryable: true,
    hint: "Wait a little and try again, or run fewer agents at once",
  },
  {
    match: /model .{0,80}(?:does not exist|not found|not supported)|model_not_found/i,
    code: "model_unknown",
    retryable: false,
    hint: "Choose another model; known ones: codex debug models",
  },
  {
    match: /content_filter|usage policy|flagged for|safety reasons/i,
    code: "content_refused",
    retryable: false,
    hint: "Say the task in other words, or choose another model",
  },
  {
    match: /Incomplete response returned/,
    code: "truncated_response",
    retryable: true,
    hint: "Split the criterion: the answer was cut at the model's output limit",
  },
  {
    match: /same result \d+ times in a row/,
    code: "turn_limit",
    retryable: true,
    hint: "It went round in a circle; reword or split the criterion",
  },
  {
    match: /high demand|at capacity|overloaded|unexpected status 5\d\d|last status: 5\d\d/i,
    code: "server_error",
    retryable: true,
    hint: "The provider has trouble; try again later or choose another model",
  },
  {
    match: /Connection failed|waiting for network|error sending request|connection refused/i,
    code: "connection_failed",
    retryable: true,
    hint: "Look at your network, proxy and base URL settings, then try again",
  },
  {
    match: /stream disconnected before completion|stream closed/i,
    code: "stream_cut",
    retryable: true,
    hint: "The connection broke in the middle of an answer; try again",
  },
  {
    match: /Error loading config\.toml|CODEX_HOME points to|Not inside a trusted directory/,
    code: "not_configured",
    retryable: false,
    hint: "Mend Codex's own configuration; see what it says: codex doctor",
  },
  {
    match: /unexpected argument|unrecognized subcommand|invalid value/,
    code: "request_invalid",
    retryable: false,
    hint: "This version of Codex takes other arguments: npm install -g @openai/codex@latest",
  },
  {
    match: /invalid_request_error|unexpected status 4\d\d/,
    code: "request_invalid",
    retryable: false,
    hint: "The provider refused the request; look at the model and provider settings of Codex",
  },
];
