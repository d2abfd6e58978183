import type { FailureRule } from "../definition.ts";

/**
 * What Claude's errors mean (spec §2.3, §2.4). The text that is looked at begins with the error class
 * of the synthetic message, where there is one: `rate_limit: API Error: …`. The class alone misleads:
 * a refused connection is a `server_error`, and a refusal an `invalid_request`.
 */
export const CLAUDE_FAILURES: readonly FailureRule[] = [
  {
    match: /No conversation found|requires a valid session ID/,
    code: "session_lost",
    retryable: true,
    hint: "Its session is gone or belongs to another folder; a new attempt starts a new one",
  },
  {
    match: /Prompt is too long|context window|input length and `?max_tokens`? exceed/i,
    code: "context_too_long",
    retryable: false,
    hint: "Split the criterion, or let a new session start",
  },
  {
    match: /stdin input exceeds/,
    code: "prompt_too_large",
    retryable: false,
    hint: "Put the long part into a file of the project and name the file in the prompt",
  },
  {
    match: /Input must be provided/,
    code: "prompt_empty",
    retryable: false,
    hint: "Say in words what is to be done",
  },
  {
    match: /Usage Policy|unable to respond to this request/i,
    code: "content_refused",
    retryable: false,
    hint: "Say the task in other words, or choose another model",
  },
  {
    match: /^max_output_tokens|output token maximum/,
    code: "truncated_response",
    retryable: true,
    hint: "Split the criterion, or raise CLAUDE_CODE_MAX_OUTPUT_TOKENS",
  },
  {
    match: /^billing_error|Credit balance|usage limit|hit your .{0,40}limit|out of extra usage/i,
    code: "quota_exhausted",
    retryable: false,
    hint: "Wait until the limit resets, or add credit in your Anthropic account",
  },
  {
    match: /Unable to connect|ConnectionRefused|ECONNREFUSED|ENOTFOUND|ECONNRESET|Connection error/,
    code: "connection_failed",
    retryable: true,
    hint: "Look at your network, proxy and ANTHROPIC_BASE_URL, then try again",
  },
  {
    match:
      /^authentication_failed|Not logged in|Invalid API key|OAuth token|Failed to authenticate/,
    code: "not_signed_in",
    retryable: false,
    hint: "Sign in: claude, then /login (or set ANTHROPIC_API_KEY, or claude setup-token)",
  },
  {
    match: /^rate_limit|\(429\)/,
    code: "rate_limited",
    retryable: true,
    hint: "Wait a little and try again, or run fewer agents at once",
  },
  {
    match: /^model_not_found|issue with the selected model/,
    code: "model_unknown",
    retryable: false,
    hint: "Choose another model, for example: --model sonnet",
  },
  {
    match: /^server_error|\boverloaded\b|API Error: 5\d\d/i,
    code: "server_error",
    retryable: true,
    hint: "The provider has trouble; try again later",
  },
  {
    match: /^error_max_turns|maximum number of turns|same result \d+ times in a row/,
    code: "turn_limit",
    retryable: true,
    hint: "Split the criterion, or resume the session",
  },
  {
    match: /^error_max_budget_usd|maximum budget/,
    code: "quota_exhausted",
    retryable: false,
    hint: "The budget of this attempt is spent; raise it, or split the criterion",
  },
  {
    match: /root\/sudo privileges/,
    code: "not_configured",
    retryable: false,
    hint: "Use --permission edit, or set IS_SANDBOX=1 where root is confined by other means",
  },
  {
    match: /unknown option|requires --verbose|is already in use/,
    code: "request_invalid",
    retryable: false,
    hint: "This version of Claude Code takes other arguments: claude update",
  },
  {
    match: /^Unknown command|isn't available in this environment/,
    code: "request_invalid",
    retryable: false,
    hint: "The prompt was taken for a command; begin it with a word",
  },
  {
    match: /^invalid_request|API Error: 4\d\d/,
    code: "request_invalid",
    retryable: false,
    hint: "The provider refused the request; look at the model and gateway settings of Claude Code",
  },
];
