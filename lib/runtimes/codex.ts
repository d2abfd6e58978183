import { codexCompletion } from "./_parts/codex_completion.ts";
import { codexDecode } from "./_parts/codex_decode.ts";
import { CODEX_FAILURES } from "./_parts/codex_failures.ts";
import { CODEX_SETTINGS, codexTmp, WITHOUT_OURS } from "./_parts/codex_input.ts";
import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { guardPrompt } from "./_parts/prompt_guard.ts";
import { guardUuidSession } from "./_parts/session_guard.ts";
import { tomlText } from "./_parts/toml_text.ts";
import { WORKER_LIMITS } from "./_parts/worker_limits.ts";
import { defineRuntime, type Invocation, type RuntimeRequest } from "./definition.ts";
import type { Permission } from "../kernel/runtime_event.ts";

const TITLE = "Codex";

/** What Codex takes of a prompt: it counts characters (spec §1.2), and any may have four bytes. */
const PROMPT = { title: TITLE, promptBytes: 4 * 1_048_576, promptUnits: 1_048_576 };

const LIMITS = { ...WORKER_LIMITS, promptBytes: PROMPT.promptBytes };

/** Longer standing instructions would not fit into an argument on Linux (128 KiB each). */
const LONGEST_INSTRUCTIONS = 30_000;

const SANDBOX: Readonly<Record<Permission, string>> = {
  read: "read-only",
  edit: "workspace-write",
  full: "danger-full-access",
};

function invoke(request: RuntimeRequest): Invocation {
  const inline = (request.systemText?.length ?? 0) <= LONGEST_INSTRUCTIONS;
  const prompt = request.systemText && !inline
    ? `${request.systemText}\n\n${request.prompt}`
    : request.prompt;
  guardPrompt(request, { title: TITLE, promptBytes: LIMITS.promptBytes });
  guardPrompt({ prompt }, PROMPT);
  return {
    args: [
      "exec",
      "--json",
      "--skip-git-repo-check",
      "-C",
      request.cwd,
      "--sandbox",
      SANDBOX[request.permission],
      ...(request.model === undefined ? [] : [`--model=${request.model}`]),
      ...settings(request, inline).flatMap((setting) => ["-c", setting]),
      // `resume` takes none of the flags above, so it comes after them (spec §1.1).
      ...(request.resume === undefined ? [] : ["resume", guardUuidSession(request.resume, TITLE)]),
      "-",
    ],
    stdin: prompt,
    // Its sandbox lets TMPDIR be written.
    env: codexTmp(request),
    files: {},
  };
}

function settings(request: RuntimeRequest, inline: boolean): string[] {
  const hidden = (request.hiddenSkills ?? []).map((name) =>
    `{name=${tomlText(name)},enabled=false}`
  );
  return [
    ...CODEX_SETTINGS,
    // What everybody's programs leave and read in /tmp is no business of an agent.
    "sandbox_workspace_write.exclude_slash_tmp=true",
    "sandbox_workspace_write.exclude_tmpdir_env_var=false",
    `mcp_servers.ouroboros=${WITHOUT_OURS}`,
    ...(hidden.length === 0 ? [] : [`skills.config=[${hidden.join(",")}]`]),
    ...(request.systemText && inline
      ? [`developer_instructions=${tomlText(request.systemText)}`]
      : []),
  ];
}

/** OpenAI's Codex CLI, driven through `codex exec --json`. */
export const codex = defineRuntime({
  id: "codex",
  aliases: ["codex-cli", "codex_cli", "openai-codex"],
  title: TITLE,
  maturity: "stable",
  docsUrl: "https://developers.openai.com/codex/cli",
  binary: {
    kind: "external",
    names: ["codex"],
    versionArgs: ["--version"],
    parseVersion: (text) => /\b(\d+\.\d+\.\d+)\b/.exec(text)?.[1],
    lowestVersion: "0.145.0",
    install: "npm install -g @openai/codex",
    signIn: { files: ["auth.json"], env: ["CODEX_API_KEY"], command: "codex login" },
  },
  invoke,
  complete: codexCompletion(PROMPT),
  permissions: {
    read: {
      confinement: "its own sandbox (read-only): no file is written, no network for commands",
      stopsOutsideWrites: true,
    },
    edit: {
      confinement:
        "its own sandbox (workspace-write): commands and patches write to the worktree and a TMPDIR of its own only; no network for commands, loopback included",
      stopsOutsideWrites: true,
    },
    full: {
      confinement: "nothing (danger-full-access): whatever your user may do",
      stopsOutsideWrites: false,
    },
  },
  decode: codexDecode(CODEX_FAILURES),
  streams: true,
  limits: LIMITS,
  // SIGINT ends Codex and its tools; SIGTERM leaves what its tools started (spec §1.6).
  stop: [
    { signal: "SIGINT", graceMs: 5_000 },
    { signal: "SIGTERM", graceMs: 2_000 },
    { signal: "SIGKILL", graceMs: 2_000 },
  ],
  env: {
    pass: [
      ...COMMON_ENV,
      "CODEX_API_KEY",
      "CODEX_HOME",
      "CODEX_CA_CERTIFICATE",
      "OPENAI_API_KEY",
      "OPENAI_BASE_URL",
      "OPENAI_ORGANIZATION",
      "OPENAI_PROJECT",
      "AZURE_OPENAI_API_KEY",
    ],
    withhold: SESSION_MARKERS,
  },
  failures: CODEX_FAILURES,
  placement: {
    home: { env: "CODEX_HOME", path: ".codex" },
    skills: { dir: "skills", prefix: "ouroboros-" },
    mcp: {
      files: ["config.toml"],
      format: "toml",
      keyPath: ["mcp_servers", "ouroboros"],
      entry: ([command = "", ...args], names) => ({
        command,
        args,
        env_vars: names,
        startup_timeout_sec: 30,
      }),
      environment: "named",
      toolPrefix: "mcp__ouroboros.",
    },
    approval: {
      unasked: "read-only",
      approve: (tools) =>
        tools.map((tool) => ({
          op: "set",
          path: ["mcp_servers", "ouroboros", "tools", tool, "approval_mode"],
          value: "approve",
        })),
    },
    instructions: "AGENTS.md",
    projectInstructions: "AGENTS.md",
    projectOverride: "AGENTS.override.md",
    restart: "Sessions of Codex that are open now know nothing of it: start a new one",
    firstWords: "$SKILL",
    former: {
      paths: ["rules/ouroboros.md", "rules/ouroboros-*", "skills/ouroboros-*"],
      entries: [],
      blocks: [],
      keys: [
        { path: ["env", "OUROBOROS_AGENT_RUNTIME"] },
        { path: ["env", "OUROBOROS_LLM_BACKEND"] },
      ],
      remark: "# Ouroboros MCP hookup for Codex CLI.",
    },
    tried: {
      version: "0.169.0",
      facts: [
        "Servers come from `[mcp_servers.NAME]` in `$CODEX_HOME/config.toml`; the folder must exist",
        "The server gets about a dozen names of the environment; others arrive when `env_vars` names them, and a name that is not set does no harm there",
        "Skills come from `$CODEX_HOME/skills` and `~/.agents/skills`, at any depth, named by their front matter alone: a bare `run` would be everybody's",
        "`$NAME` in a prompt puts the whole skill into it; `/NAME` is plain text",
        "Files in `rules/` ending in `.md` and in `prompts/` do not reach the model of `codex exec`: none are written",
        'Tools that are marked read-only, or as neither destructive nor open-world, run without an approval in `codex exec`; others need `approval_mode`, and are refused with "MCP tool call requires approval" else',
        "`codex exec` declines a server's forms by itself, and nobody sees them",
        "The tools of a server are deferred: the model sees the first line of its instructions and finds them by search; a server that is not ready after about a second is left out without a word",
      ],
    },
  },
  capabilities: {
    streaming: "events",
    resume: "by-id",
    systemPrompt: "native",
    toolRestriction: "none",
    structuredOutput: "native",
    completions: true,
    usage: "per-attempt",
    cost: "unknown",
  },
  guidance: [
    "Skills are called by name with a dollar sign: `$ouroboros-run`; a leading slash is plain text here.",
    "Tools of the ouroboros server may be deferred: look for them with the tool search. Where one is refused for want of an approval, the user types `ouroboros setup --runtime codex --approve-tools`.",
    "Ask to run `ouroboros` commands outside of your sandbox: they write below ~/.ouroboros, and their agents need the network.",
  ],
  limitations: [
    "With `edit`, commands reach no network, not even loopback, and build caches below HOME and /tmp are read-only (TMPDIR is not); your own `sandbox_workspace_write` settings in Codex's config.toml still apply",
    "Its shell sees every variable that it is handed, keys included",
    "Your other MCP servers start with it, but with `read` and `edit` their tools are refused unless they are marked read-only or your config approves them; plugins are off",
    "Prompts end at 1,048,576 characters",
    "It names no costs, and a failed attempt reports no tokens",
  ],
});
