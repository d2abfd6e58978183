import { WINDOWS_ENV } from "../../kernel/windows_env.ts";

/**
 * What nearly every program needs to find its files, speak the right language and reach its servers.
 * Names only. Where a runtime is started, these are handed on if they are set.
 */
export const COMMON_ENV: readonly string[] = [
  "HOME",
  "PATH",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TERM",
  "TMPDIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_RUNTIME_DIR",
  "XDG_STATE_HOME",
  "SSH_AUTH_SOCK",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "ALL_PROXY",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "all_proxy",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  ...WINDOWS_ENV,
];

/**
 * Session markers of hosts and our own selectors: a worker that finds them takes itself for part of
 * the session that started us, or picks our settings for its own.
 */
export const SESSION_MARKERS: readonly string[] = [
  "CLAUDECODE",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_SESSION_ID",
  "CLAUDE_CODE_SSE_PORT",
  "CODEX_CI",
  "CODEX_SANDBOX",
  "CODEX_SANDBOX_NETWORK_DISABLED",
  "CODEX_THREAD_ID",
  "HERMES_INTERACTIVE",
  "HERMES_SESSION_ID",
  "OPENCODE",
  "OPENCODE_CLIENT",
  "OPENCODE_PID",
  "OPENCODE_RUN_ID",
  "OUROBOROS_AGENT_RUNTIME",
  "OUROBOROS_LLM_BACKEND",
  "OUROBOROS_NESTED",
  "OUROBOROS_RUNTIME",
];
