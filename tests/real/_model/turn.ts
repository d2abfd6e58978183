/** The three wire forms that the agent CLIs speak. */
export type Dialect = "openai_responses" | "openai_chat" | "anthropic_messages";

/**
 * `main`: a generation request that offers tools, so the agent's own work. `title`: one without
 * tools (a CLI names its session, or sums something up). `other`: model listings, token counts, …
 */
export type RequestKind = "main" | "title" | "other";

/** One tool call, in the CLI's own words. */
export interface ToolCall {
  name: string;
  args: Record<string, unknown>;
  /** Text of a free-form tool (Codex's `apply_patch`), instead of `args`. */
  input?: string;
  /** Where Codex keeps the tool, for models that get their tools in namespaces. */
  namespace?: string;
}

/**
 * What the model does next. `write` and `shell` are neutral: each CLI's own tool is looked up in the
 * tools that its request offers.
 */
export type Turn =
  | { text: string }
  /** The text, and the provider's own mark that the model would not go on. */
  | { refusal: string }
  | { tool: ToolCall }
  | { write: { path: string; text: string } }
  | { shell: string }
  /** Answers with this status and the vendor's usual error body; `headers` is where `retry-after` goes. */
  | {
    status: number;
    headers?: Record<string, string>;
    body?: unknown;
    about?: "quota" | "context";
  }
  /** Sends the text, then drops the connection in the middle of the stream. */
  | { cut: string }
  /** Never ends: no answer at all, headers alone, or headers and half a text. */
  | { hang: "before_headers" | "after_headers" | "mid_text" };

/** What a script sees of a request, in neutral words. */
export interface ModelRequest {
  dialect: Dialect;
  kind: RequestKind;
  model: string;
  /** Whether the client asked for a stream. */
  stream: boolean;
  /** Names of the tools that the request offers. */
  tools: string[];
  /** Text of every message of the user, in order (with what the CLI puts around it). */
  prompts: string[];
  /** Text of every answer of the model so far, in order. */
  answers: string[];
  /** Results of the tool calls since the last message of the user. */
  results: string[];
  /** Number of `main` requests before this one. */
  index: number;
}

/**
 * Turns in order, the last one repeated for ever; or a function of the request, which may think for
 * as long as the test wants.
 */
export type Script = readonly [Turn, ...Turn[]] | ((request: ModelRequest) => Turn | Promise<Turn>);

/** Tokens that every answer to a `main` request reports. */
export const MAIN_TOKENS = { input: 1000, cached: 200, output: 50, reasoning: 10 } as const;

/** Tokens that every other answer reports: told apart from the above in any sum. */
export const TITLE_TOKENS = { input: 7, cached: 0, output: 3, reasoning: 0 } as const;

/** The token numbers for one kind of request. */
export type Tokens = { input: number; cached: number; output: number; reasoning: number };
