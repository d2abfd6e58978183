import { claudeCompletion } from "./_parts/claude_completion.ts";
import { claudeDecode } from "./_parts/claude_decode.ts";
import { CLAUDE_FAILURES } from "./_parts/claude_failures.ts";
import { CLAUDE_ENV, notACommand } from "./_parts/claude_input.ts";
import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { guardPrompt } from "./_parts/prompt_guard.ts";
import { guardUuidSession } from "./_parts/session_guard.ts";
import { WORKER_LIMITS } from "./_parts/worker_limits.ts";
import { defineRuntime, type Invocation, type RuntimeRequest } from "./definition.ts";
import type { Permission } from "../kernel/runtime_event.ts";

const TITLE = "Claude Code";

/** It refuses more than 10 MB on stdin (spec §2.2). */
const LIMITS = { ...WORKER_LIMITS, promptBytes: 10_000_000 };

const PERMISSION_FLAGS: Readonly<Record<Permission, readonly string[]>> = {
  read: ["--permission-mode", "dontAsk", "--tools", "Read,Glob,Grep"],
  // acceptEdits alone refuses project commands; Bash alone is confined by the sandbox where it exists.
  edit: ["--permission-mode", "acceptEdits", "--allowedTools", "Bash"],
  full: ["--permission-mode", "bypassPermissions"],
};

/**
 * Tools that reach beyond one attempt: they leave its worktree, wait for another day, talk to other
 * sessions or start fleets of agents. Without them a request is 16 kB smaller, too.
 */
const UNWANTED_TOOLS = [
  "Skill(ouroboros:*)",
  "EnterWorktree",
  "ExitWorktree",
  "CronCreate",
  "CronDelete",
  "CronList",
  "ScheduleWakeup",
  "SendMessage",
  "Workflow",
];

function invoke(request: RuntimeRequest): Invocation {
  guardPrompt(request, { title: TITLE, promptBytes: LIMITS.promptBytes });
  const { systemText } = request;
  return {
    args: [
      "-p",
      "--output-format",
      "stream-json",
      "--verbose",
      ...PERMISSION_FLAGS[request.permission],
      "--disallowedTools",
      UNWANTED_TOOLS.join(","),
      "--strict-mcp-config",
      ...settings(request),
      ...(request.model === undefined ? [] : [`--model=${request.model}`]),
      ...(systemText ? ["--append-system-prompt-file", `${request.scratchDir}/system.txt`] : []),
      ...(request.resume === undefined
        ? []
        : ["--resume", guardUuidSession(request.resume, TITLE)]),
    ],
    stdin: notACommand(request.prompt),
    env: { ...CLAUDE_ENV },
    files: systemText ? { "system.txt": systemText } : {},
  };
}

function settings({ permission, hiddenSkills = [] }: RuntimeRequest): string[] {
  const sandbox = permission === "edit"
    ? {
      sandbox: {
        enabled: true,
        autoAllowBashIfSandboxed: true,
        // Otherwise the model can ask for a command outside of the sandbox, and Bash is allowed.
        allowUnsandboxedCommands: false,
      },
    }
    : {};
  const skills = hiddenSkills.length === 0
    ? {}
    : { skillOverrides: Object.fromEntries(hiddenSkills.map((name) => [name, "off"])) };
  const all = { ...sandbox, ...skills };
  return Object.keys(all).length === 0 ? [] : ["--settings", JSON.stringify(all)];
}

/** What "edit" confines on one system: a plan is read by people who have one, and not three. */
function editConfinement(os: string): string {
  const files = "file tools write to the worktree only";
  const sandbox = "its own sandbox (worktree and its TMPDIR writable, no host network)";
  switch (os) {
    case "linux":
      return `${files}; commands run in ${sandbox} where bubblewrap and socat are installed, else ` +
        "not confined, and a warning says so";
    case "darwin":
      return `${files}; commands run in ${sandbox}, by its papers`;
    default:
      return `${files}; commands are not confined, and a warning says so`;
  }
}

/** Anthropic's Claude Code, driven through `claude -p`. */
export const claude = defineRuntime({
  id: "claude",
  aliases: ["claude-code", "claude_code", "claudecode"],
  title: TITLE,
  maturity: "stable",
  docsUrl: "https://code.claude.com/docs",
  binary: {
    kind: "external",
    names: ["claude"],
    versionArgs: ["--version"],
    parseVersion: (text) => /\b(\d+\.\d+\.\d+)\b/.exec(text)?.[1],
    lowestVersion: "2.1.150",
    install: "npm install -g @anthropic-ai/claude-code",
    signIn: {
      files: [".credentials.json"],
      env: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"],
      command: "claude auth login",
    },
  },
  invoke,
  complete: claudeCompletion({ title: TITLE, promptBytes: LIMITS.promptBytes }),
  permissions: {
    read: {
      confinement: "three tools (Read, Glob, Grep), and only for files of the worktree",
      stopsOutsideWrites: true,
    },
    edit: {
      confinement:
        "file tools write to the worktree only; commands run in its own sandbox (worktree and its TMPDIR writable, no host network) on Linux with bubblewrap and socat, and by its papers on macOS; elsewhere commands are not confined, and a warning says so",
      confinementOn: editConfinement,
      stopsOutsideWrites: false,
    },
    full: {
      confinement: "nothing (bypassPermissions): whatever your user may do",
      stopsOutsideWrites: false,
    },
  },
  decode: claudeDecode(CLAUDE_FAILURES),
  streams: true,
  limits: LIMITS,
  // On SIGTERM it may make another paid request and go on (spec §2.6), so SIGINT it is, then the end.
  stop: [
    { signal: "SIGINT", graceMs: 5_000 },
    { signal: "SIGKILL", graceMs: 2_000 },
  ],
  env: {
    pass: [
      ...COMMON_ENV,
      "ANTHROPIC_API_KEY",
      "ANTHROPIC_AUTH_TOKEN",
      "ANTHROPIC_BASE_URL",
      "ANTHROPIC_BEDROCK_BASE_URL",
      "ANTHROPIC_BETAS",
      "ANTHROPIC_CUSTOM_HEADERS",
      "ANTHROPIC_DEFAULT_HAIKU_MODEL",
      "ANTHROPIC_DEFAULT_OPUS_MODEL",
      "ANTHROPIC_DEFAULT_SONNET_MODEL",
      "ANTHROPIC_FOUNDRY_API_KEY",
      "ANTHROPIC_FOUNDRY_BASE_URL",
      "ANTHROPIC_FOUNDRY_RESOURCE",
      "ANTHROPIC_MODEL",
      "ANTHROPIC_SMALL_FAST_MODEL",
      "ANTHROPIC_VERTEX_BASE_URL",
      "ANTHROPIC_VERTEX_PROJECT_ID",
      "API_TIMEOUT_MS",
      "AWS_BEARER_TOKEN_BEDROCK",
      "AWS_DEFAULT_REGION",
      "AWS_PROFILE",
      "AWS_REGION",
      "BASH_DEFAULT_TIMEOUT_MS",
      "BASH_MAX_TIMEOUT_MS",
      "CLAUDE_CODE_GIT_BASH_PATH",
      "CLAUDE_CODE_MAX_OUTPUT_TOKENS",
      "CLAUDE_CODE_OAUTH_TOKEN",
      "CLAUDE_CODE_USE_BEDROCK",
      "CLAUDE_CODE_USE_FOUNDRY",
      "CLAUDE_CODE_USE_VERTEX",
      "CLAUDE_CONFIG_DIR",
      "CLOUD_ML_REGION",
      "GOOGLE_APPLICATION_CREDENTIALS",
      "GOOGLE_CLOUD_PROJECT",
      "IS_SANDBOX",
      "MAX_THINKING_TOKENS",
    ],
    withhold: SESSION_MARKERS,
  },
  failures: CLAUDE_FAILURES,
  placement: {
    home: { env: "CLAUDE_CONFIG_DIR", path: ".claude" },
    skills: { dir: "skills", prefix: "ouroboros-" },
    mcp: {
      files: ["../.claude.json"],
      movedFiles: [".claude.json"],
      format: "json",
      keyPath: ["mcpServers", "ouroboros"],
      entry: ([command = "", ...args]) => ({ type: "stdio", command, args }),
      environment: "all",
      toolPrefix: "mcp__ouroboros__",
    },
    approval: {
      unasked: "none",
      file: { path: "settings.json", format: "json" },
      approve: (tools) =>
        tools.map((tool) => ({
          op: "add_item",
          path: ["permissions", "allow"],
          item: `mcp__ouroboros__${tool}`,
        })),
    },
    instructions: "CLAUDE.md",
    projectInstructions: "CLAUDE.md",
    projectImports: true,
    restart: "Sessions of Claude Code that are open now know nothing of it: start a new one",
    firstWords: "/SKILL",
    former: {
      paths: [],
      // Claude Code never read this file; the original wrote it all the same.
      entries: [{ file: "mcp.json", format: "json", keyPath: ["mcpServers", "ouroboros"] }],
      blocks: [],
      keys: [{ path: ["timeout"] }],
    },
    tried: {
      version: "2.1.197",
      facts: [
        "User servers come from `mcpServers` in `~/.claude.json` alone (`$CLAUDE_CONFIG_DIR/.claude.json` where that is set); `~/.claude/mcp.json`, `~/.claude/.mcp.json`, `~/.mcp.json` and `settings.json` are not read for it",
        "Skills come from `skills/NAME/SKILL.md`, one level deep, named by the folder and not by the front matter; a skill named `run` stands beside one of Claude Code's own",
        "A plugin folder in `skills` loads as `ouroboros:run` with 2.1.197 and not with 2.1.150, so it is not used; `skillOverrides` would not hide it from a worker either",
        "Without an approval our tools are refused in `claude -p`, read-only or not; `mcp__ouroboros__TOOL` or `mcp__ouroboros` in `permissions.allow` lets them through",
        "The server inherits the whole environment; `${VAR}` in its `env` is replaced, and stays as text where VAR is not set",
      ],
    },
  },
  capabilities: {
    streaming: "events",
    resume: "by-id",
    systemPrompt: "native",
    toolRestriction: "native",
    structuredOutput: "native",
    completions: true,
    usage: "per-call",
    cost: "reported",
  },
  guidance: [
    "Call skills with a leading slash (`/ouroboros-run`) or by naming them.",
    "Tools of the ouroboros server are named `mcp__ouroboros__…`. Where one is refused for want of a permission, the user types `ouroboros setup --runtime claude --approve-tools`.",
    "A run goes on by itself: wait with `ouroboros_job_wait`, which comes back when something changed.",
  ],
  limitations: [
    "On Linux, `edit` confines commands only where bubblewrap and socat are installed",
    "In its sandbox, commands reach no network and no server on this machine, and build caches below HOME are read-only; your own `sandbox` settings of Claude Code still apply",
    "A worker runs without MCP servers (`--strict-mcp-config`): a repository's own would start unasked",
    "A session can be resumed only in the folder it was started in",
    "As root, `full` is refused unless IS_SANDBOX=1 is set",
    "AGENTS.md is not read, CLAUDE.md is",
    "The cost is what its price list says, on a subscription too",
    "Where it gives up on the form of an answer (`error_max_structured_output_retries`), it reports no cost and a part of its tokens",
  ],
});
