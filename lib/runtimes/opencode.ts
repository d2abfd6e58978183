import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { openCodeDecode } from "./_parts/opencode_decode.ts";
import { openCodeCompletion, openCodeInvoke } from "./_parts/opencode_invoke.ts";
import { PROVIDER_KEYS } from "./_parts/provider_keys.ts";
import { defineRuntime, type FailureRule } from "./definition.ts";

const TITLE = "OpenCode";
const MINUTE_MS = 60_000;
/** 2 MB arrived whole on stdin; more than this no model reads. */
const PROMPT_BYTES = 4 * 1024 * 1024;

/** The first that matches wins; tested on `HTTP <status>: <message> (<code of the body>)` or on stderr. */
const FAILURES: readonly FailureRule[] = [
  {
    match: /ContextOverflowError|context_length_exceeded|maximum context length/i,
    code: "context_too_long",
    retryable: false,
    hint: "Split the criterion, or choose a model with a longer context with --model",
  },
  {
    match: /ContentFilterError|content filter/i,
    code: "content_refused",
    retryable: false,
    hint: "Reword the criterion",
  },
  {
    match: /HTTP 402|insufficient_quota|exceeded your current quota|insufficient credits/i,
    code: "quota_exhausted",
    retryable: false,
    hint: "Top up the provider's account, or choose another model with --model",
  },
  {
    match: /HTTP 429|rate.?limit|too many requests/i,
    code: "rate_limited",
    retryable: true,
    hint: "Wait and run: ouroboros resume",
  },
  {
    match:
      /HTTP 40[13]|ProviderAuthError|invalid_api_key|incorrect api key|api key is missing|unauthorized/i,
    code: "not_signed_in",
    retryable: false,
    hint: "Sign in with: opencode auth login (a key in a variable must be let through: --env NAME)",
  },
  {
    match: /ProviderModelNotFoundError|model not found|HTTP 404|model_not_found/i,
    code: "model_unknown",
    retryable: false,
    hint: "List the models with: opencode models",
  },
  {
    match: /HTTP 5\d\d|overloaded|server had an error/i,
    code: "server_error",
    retryable: true,
    hint: "Wait and run: ouroboros resume",
  },
  {
    match: /cannot connect to api|ECONNREFUSED|ENOTFOUND|unable to connect|timed out/i,
    code: "connection_failed",
    retryable: true,
    hint: "Look at the network, the proxy variables and the provider's baseURL in opencode.json",
  },
  {
    match: /connection reset|ECONNRESET|socket connection was closed|json parsing failed/i,
    code: "stream_cut",
    retryable: true,
    hint: "Try again",
  },
  {
    match: /session not found/i,
    code: "session_lost",
    retryable: true,
    hint: "Start the attempt again without the old session",
  },
  {
    // Several that start at once set its database up at once, and all but one of them give up.
    match: /database is locked|SQLITE_BUSY|Failed query:\s+(?:CREATE|ALTER|DROP|PRAGMA)\b/i,
    code: "not_started",
    retryable: true,
    hint: "Another OpenCode is setting its database up: let that one end, then: ouroboros resume",
  },
  {
    match: /is not valid JSON|configuration is invalid|invalid configuration/i,
    code: "not_configured",
    retryable: false,
    hint: "Mend the configuration file that the message names",
  },
  {
    match: /must provide a message/i,
    code: "prompt_empty",
    retryable: false,
    hint: "Say in words what is to be done",
  },
  {
    match: /failed to change directory/i,
    code: "workspace_lost",
    retryable: false,
    hint: "Run: ouroboros resume",
  },
  {
    match: /EACCES|EROFS|EPERM|read-only file system/,
    code: "not_writable",
    retryable: false,
    hint: "OpenCode must be able to write below HOME (~/.local/share/opencode)",
  },
  {
    match: /opencode run \[message/,
    code: "request_invalid",
    retryable: false,
    hint: "This version does not know a flag of ours: npm install -g opencode-ai@latest",
  },
];

const PROMPT = { title: TITLE, promptBytes: PROMPT_BYTES };

/** OpenCode (`opencode run --format json`), as tried with 1.18.33. */
export const opencode = defineRuntime({
  id: "opencode",
  aliases: ["open-code"],
  title: TITLE,
  maturity: "stable",
  docsUrl: "https://opencode.ai/docs/cli/",
  binary: {
    kind: "external",
    names: ["opencode"],
    versionArgs: ["--version"],
    versionFolders: ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"],
    parseVersion: (text) => /\b(\d+\.\d+\.\d+)\b/.exec(text)?.[1],
    // The oldest that was tried with all our flags and rules.
    lowestVersion: "1.18.3",
    install: "npm install -g opencode-ai",
    signIn: {
      files: [".local/share/opencode/auth.json"],
      env: [...PROVIDER_KEYS, "OPENCODE_API_KEY"],
      command: "opencode auth login",
    },
  },
  invoke: (request) => openCodeInvoke(request, PROMPT),
  complete: openCodeCompletion(PROMPT),
  permissions: {
    read: {
      confinement: "only read, glob, grep and todo are offered; no file is changed, no command run",
      stopsOutsideWrites: true,
    },
    edit: {
      confinement:
        "file tools and commands that name a path outside (touch, cp, cd) are refused; a redirection or a script may write anywhere the user can",
      stopsOutsideWrites: false,
    },
    full: {
      confinement: "every question is answered yes (--auto); only the user's own deny rules hold",
      stopsOutsideWrites: false,
    },
  },
  decode: openCodeDecode(FAILURES),
  streams: true,
  limits: {
    // Nothing is printed before the first answer is whole; a plugin folder alone costs 90 s offline.
    startMs: 10 * MINUTE_MS,
    // A tool is told of when it has ended: a long test run is silence.
    idleMs: 20 * MINUTE_MS,
    totalMs: 60 * MINUTE_MS,
    outputBytes: 256 * 1024 * 1024,
    // A line holds a whole file that was written.
    lineBytes: 16 * 1024 * 1024,
    promptBytes: PROMPT_BYTES,
    parallel: 3,
  },
  stop: [{ signal: "SIGTERM", graceMs: 3_000 }, { signal: "SIGKILL", graceMs: 2_000 }],
  env: {
    pass: [
      ...COMMON_ENV,
      ...PROVIDER_KEYS,
      "OPENCODE_API_KEY",
      "OPENCODE_CONFIG",
      "OPENCODE_CONFIG_DIR",
      "OPENCODE_DISABLE_CLAUDE_CODE",
      "OPENCODE_DISABLE_EXTERNAL_SKILLS",
      "OPENCODE_DISABLE_PROJECT_CONFIG",
    ],
    withhold: [...SESSION_MARKERS, "AGENT", "OPENCODE_CONFIG_CONTENT", "OPENCODE_PERMISSION"],
  },
  failures: FAILURES,
  placement: {
    home: { env: "OPENCODE_CONFIG_DIR", xdg: "opencode", path: ".config/opencode" },
    skills: { dir: "skills", prefix: "ouroboros-" },
    mcp: {
      fileEnv: "OPENCODE_CONFIG",
      files: ["opencode.jsonc", "opencode.json", "config.json"],
      format: "jsonc",
      keyPath: ["mcp", "ouroboros"],
      // Milliseconds for the start and the list of tools; its own five seconds are little on a busy machine.
      entry: (launcher) => ({ type: "local", command: launcher, enabled: true, timeout: 30_000 }),
      environment: "all",
      toolPrefix: "ouroboros_",
    },
    approval: {
      unasked: "all",
      last: true,
      short: { path: ["permission"], key: "*", all: "allow" },
      approve: (tools) =>
        tools.map((tool) => ({
          op: "set",
          path: ["permission", `ouroboros_${tool}`],
          value: "allow",
        })),
    },
    instructions: "AGENTS.md",
    projectInstructions: "AGENTS.md",
    restart: "An OpenCode that is open now knows nothing of it: quit it and start it again",
    firstWords: "Use the skill SKILL",
    former: {
      paths: ["plugins/ouroboros-bridge"],
      entries: [],
      blocks: [{
        file: "AGENTS.md",
        start: "<!-- ouroboros:skill-capability-guide:start -->",
        end: "<!-- ouroboros:skill-capability-guide:end -->",
      }],
      keys: [
        { path: ["environment", "OUROBOROS_AGENT_RUNTIME"] },
        { path: ["environment", "OUROBOROS_LLM_BACKEND"] },
        { path: ["timeout"], value: 300_000 },
      ],
      items: [{ keyPath: ["plugin"], ending: "plugins/ouroboros-bridge/ouroboros-bridge.ts" }],
    },
    tried: {
      version: "1.18.33",
      facts: [
        "Servers come from `mcp` in `opencode.jsonc`, `opencode.json` and `config.json` of its folder, from `~/.opencode/opencode.json`, and from the file in OPENCODE_CONFIG: all are merged",
        "XDG_CONFIG_HOME moves its folder; OPENCODE_CONFIG_DIR adds one, and the usual one is still read",
        "Skills come from `skill` and `skills` of its folders, `~/.opencode`, `~/.claude/skills` and `~/.agents/skills`, named by their front matter alone; of two with one name one is listed, and which one is a race: with Claude Code set up too, ours may be the copy in `~/.claude/skills`, which differs in its last lines alone, those about the host",
        "Tools run without a question unless a rule of the user's says ask (then a headless run refuses them) or deny; the last rule that fits wins",
        '`"permission": "ask"` is read as `{"*": "ask"}`, and so are the other two words',
        "The server inherits the whole environment and stands in the project's folder; `{env:VAR}` is replaced, by nothing where VAR is not set",
        "It sends `notifications/cancelled` for calls that were answered",
      ],
    },
  },
  capabilities: {
    streaming: "events",
    resume: "by-id",
    systemPrompt: "in-prompt",
    toolRestriction: "native",
    structuredOutput: "none",
    completions: true,
    usage: "per-call",
    cost: "reported",
  },
  guidance: [
    "Ouroboros tools are named ouroboros_<tool> here.",
    "Start a run and wait for it with the tools. Where the server is not there, with the shell tool: `ouroboros run SEED --detach --yes` after the user's yes, then `ouroboros status`.",
  ],
  limitations: [
    "Without a model in its configuration or --model, OpenCode picks a free remote model of opencode.ai: name one",
    "A session is resumed only in the folder where it began; from another one OpenCode hangs",
    "It waits as long as a provider's retry-after asks, without a word; the idle limit ends that",
    "An OPENCODE_CONFIG_CONTENT of your own is replaced; configuration files are merged as usual",
    'It runs as agent "build", whatever default_agent says',
    "A folder .opencode/plugin makes a start without network silent for about 90 s",
  ],
});
