import { COMMON_ENV, SESSION_MARKERS } from "./_parts/common_env.ts";
import { hermesCompletion } from "./_parts/hermes_completion.ts";
import { hermesDecode } from "./_parts/hermes_decode.ts";
import { HERMES_FAILURES } from "./_parts/hermes_failures.ts";
import { hermesQuery } from "./_parts/hermes_query.ts";
import { guardPrompt } from "./_parts/prompt_guard.ts";
import { PROVIDER_KEYS } from "./_parts/provider_keys.ts";
import { defineRuntime, type Invocation, type RuntimeRequest } from "./definition.ts";

const TITLE = "Hermes";
const MINUTE_MS = 60_000;
/** Says no in a worker, which would start our server too, and show none of its tools. */
const SERVER_SWITCH = "_OUROBOROS_SERVER";
const PROMPT_BYTES = 4 * 1024 * 1024;

/**
 * Not among them: clarify (stands still for 120 s), delegation (the result of a quiet run is lost),
 * cronjob, memory and skills (write to the home; our own skills would be among those offered).
 */
const TOOLSETS = "terminal,file,todo,code_execution";

/**
 * Handed to MCP servers anyway. TZ: the placeholder of an unset one would put the clock in no zone,
 * because that is read before we are.
 */
const PASSED_ON = /^(PATH|HOME|USER|LANG|LC_ALL|TERM|SHELL|TMPDIR|TZ|XDG_.*)$/;

function invoke(request: RuntimeRequest): Invocation {
  guardPrompt(request, { title: TITLE, promptBytes: PROMPT_BYTES });
  const query = hermesQuery(request);
  return {
    args: [
      "chat",
      "-Q",
      // Keeps the session out of the user's own lists.
      "--source",
      "tool",
      ...(request.resume === undefined ? [] : ["--resume", request.resume]),
      ...(request.model === undefined ? [] : ["--model", request.model]),
      "-t",
      TOOLSETS,
      ...(request.permission === "full" ? ["--yolo"] : []),
      // With "=", or a prompt that begins with "-" is taken for a flag.
      query.arg,
    ],
    env: {
      PWD: request.cwd,
      [SERVER_SWITCH]: "no",
      // Hermes would install Python packages in the middle of a run.
      HERMES_DISABLE_LAZY_INSTALLS: "1",
    },
    files: query.files,
  };
}

/** Hermes Agent (`hermes chat -Q`), as tried with 0.19.0. */
export const hermes = defineRuntime({
  id: "hermes",
  aliases: ["hermes-agent"],
  title: TITLE,
  maturity: "stable",
  docsUrl: "https://hermes-agent.nousresearch.com/docs/",
  binary: {
    kind: "external",
    names: ["hermes"],
    versionArgs: ["--version"],
    parseVersion: (text) => /\bv?(\d+\.\d+\.\d+)\b/.exec(text)?.[1],
    // Session id on stderr, honest exit codes and 130 on SIGTERM began with it.
    lowestVersion: "0.16.0",
    install: "pip install 'hermes-agent[mcp]'",
    signIn: {
      files: [".hermes/config.yaml", ".hermes/.env"],
      env: PROVIDER_KEYS,
      command: "hermes setup",
    },
  },
  invoke,
  complete: hermesCompletion({ title: TITLE, promptBytes: PROMPT_BYTES }),
  // There is no way to look only: the file tools read and write together.
  permissions: {
    edit: {
      confinement:
        "dangerous commands are judged by the model, else refused after 60 s; files and commands elsewhere are not stopped",
      stopsOutsideWrites: false,
    },
    full: {
      confinement:
        "no question is asked (--yolo); a short list of commands like rm -rf / stays blocked",
      stopsOutsideWrites: false,
    },
  },
  decode: hermesDecode(HERMES_FAILURES),
  streams: false,
  limits: {
    startMs: 30 * MINUTE_MS,
    idleMs: 30 * MINUTE_MS,
    totalMs: 30 * MINUTE_MS,
    outputBytes: 64 * 1024 * 1024,
    lineBytes: 8 * 1024 * 1024,
    promptBytes: PROMPT_BYTES,
    parallel: 2,
  },
  // On SIGTERM it ends its own tools and names the session, within 7 s; after SIGKILL they would live on.
  stop: [{ signal: "SIGTERM", graceMs: 12_000 }, { signal: "SIGKILL", graceMs: 2_000 }],
  env: {
    pass: [
      ...COMMON_ENV,
      ...PROVIDER_KEYS,
      "CUSTOM_BASE_URL",
      "HERMES_HOME",
      "HERMES_API_TIMEOUT",
      "HERMES_MANAGED_DIR",
      "HERMES_SIGTERM_GRACE",
      "HERMES_STREAM_READ_TIMEOUT",
      "HERMES_VERIFY_ON_STOP",
      "NOUS_API_KEY",
    ],
    withhold: [
      ...SESSION_MARKERS,
      "HERMES_KANBAN_*",
      "HERMES_PROFILE",
      "HERMES_QUIET",
      "HERMES_SESSION_*",
      "HERMES_TUI",
      "HERMES_YOLO_MODE",
    ],
    // It would send an agent that changed code back twice, "verify", at the price of more requests:
    // 18 instead of 6 for an example of three criteria. Our own check is what decides. "auto" is what
    // Hermes itself writes into its file.
    defaults: [{
      name: "HERMES_VERIFY_ON_STOP",
      value: "0",
      unless: {
        file: "config.yaml",
        match: /^[ \t]+verify_on_stop:[ \t]*(?!["']?auto\b)[^\s#]/m,
      },
    }],
  },
  failures: HERMES_FAILURES,
  placement: {
    home: { env: "HERMES_HOME", path: ".hermes" },
    skills: { dir: "skills/autonomous-ai-agents/ouroboros", prefix: "ouroboros-" },
    mcp: {
      files: ["config.yaml"],
      format: "yaml",
      keyPath: ["mcp_servers", "ouroboros"],
      entry: ([command = "", ...args], names) => ({
        command,
        args,
        // Where it is not set this stays as it is, which counts as yes.
        enabled: `\${${SERVER_SWITCH}}`,
        timeout: 300,
        connect_timeout: 60,
        // Or it makes four tools more of them, in every session.
        tools: { prompts: false, resources: false },
        // It shows a form as a text to allow or deny, and sends it back empty.
        elicitation: { enabled: false },
        env: Object.fromEntries(
          names.filter((name) => !PASSED_ON.test(name)).map((name) => [name, `\${${name}}`]),
        ),
      }),
      switch: "enabled",
      environment: "named",
      toolPrefix: "mcp__ouroboros__",
    },
    approval: { unasked: "all", approve: () => [] },
    instructions: "SOUL.md",
    projectInstructions: "AGENTS.md",
    restart: "A Hermes that is open now knows nothing of it: start it again",
    firstWords: "Use the skill SKILL",
    former: { paths: ["skills/autonomous-ai-agents/ouroboros"], entries: [], blocks: [] },
    tried: {
      version: "0.19.0",
      facts: [
        "Servers come from `mcp_servers` in `$HERMES_HOME/config.yaml`, and need the `[mcp]` extra: without it they are left out without a word",
        "A server that does not answer within `mcp_discovery_timeout` (1.5 seconds unless set) is left out of the whole session",
        "The server gets PATH, HOME, USER, the language, the terminal, TMPDIR and XDG names; others arrive by `env` as `${NAME}`, which stays as that text where NAME is not set: Ouroboros takes its own placeholder for unset",
        "Skills come from `skills` at any depth, named by their front matter alone, listed under the path of folders, and cut at 60 characters of description",
        "MCP tools run without a question when headless; long results are wrapped as untrusted data",
        "The instructions of a server do not reach the model",
        "Both the text and the structure of an answer reach the model; after three answers in a row that are errors no call is made for a minute",
        "A server's form is shown as a text to allow or to deny, waits up to five minutes, is denied when headless, and comes back empty; `elicitation: { enabled: false }` in its entry turns forms off",
        "A server is started whether or not its tools are asked for by `-t`; `enabled` may be a `${NAME}`, which counts as yes where NAME is not set. `hermes mcp list` does not read it so and shows our server as disabled: it starts in your sessions all the same",
        "A server with prompts and resources gets four tools more, unless `tools: { prompts: false, resources: false }` stands in its entry",
        "After a server died in a call it is started again and the call is sent again",
      ],
    },
  },
  capabilities: {
    streaming: "none",
    resume: "by-id",
    systemPrompt: "in-prompt",
    toolRestriction: "native",
    structuredOutput: "none",
    completions: true,
    usage: "none",
    cost: "unknown",
  },
  guidance: [
    "Ouroboros tools are named mcp__ouroboros__<tool> here; they need the [mcp] extra of hermes-agent. What they answer comes wrapped as untrusted data: the steps are these, and `next` names the call that they mean. Three errors in a row shut the tools out for a minute: mend what `hint` says before the next call.",
    "Start a run and wait for it with the tools. Where the server is not there, with the terminal tool: `ouroboros run SEED --detach --yes` after the user's yes, then `ouroboros status`.",
  ],
  limitations: [
    "Silent until its end: only the total limit (30 minutes) ends a run whose model server hangs",
    'There is no read-only mode: permission "read" cannot be given to it',
    "A command that it holds for dangerous stands still for 60 s before it is refused (approvals.timeout)",
    "It reports neither tokens nor cost in this mode, so --max-tokens and --max-usd are refused",
    "A worker has the toolsets terminal, file, todo and code_execution; your MCP servers and skills are left out",
    "An answer that was cut at the limit of output tokens is glued together by Hermes and looks whole",
    "In a git project it fetches language servers from npm when it writes a file, up to a minute each time without network; `lsp: { install_strategy: manual }` in config.yaml stops that",
    "A prompt above 131,063 bytes is handed over as a file that it is told to read",
  ],
});
