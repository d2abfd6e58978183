import { EXIT, type ExitCode } from "./exit_code.ts";

/**
 * Every error code of the program and the exit code it ends a command with.
 * A code names what went wrong, not where: rooms share codes.
 */
export const ERROR_CODES = {
  // The words that were typed.
  usage: EXIT.usage,
  unknown_command: EXIT.usage,
  unknown_runtime: EXIT.usage,
  needs_input: EXIT.needsInput,
  // Files and records that were named.
  not_found: EXIT.notFound,
  unreadable: EXIT.failed,
  not_writable: EXIT.failed,
  disk_full: EXIT.failed,
  checksum_mismatch: EXIT.failed,
  // Seeds, configuration and skills.
  seed_invalid: EXIT.usage,
  seed_too_large: EXIT.usage,
  config_invalid: EXIT.usage,
  skill_invalid: EXIT.failed,
  recording_invalid: EXIT.usage,
  recording_exhausted: EXIT.failed,
  // Setting up hosts: a file of the user's that is not as it must be, and our own records of it.
  host_file_unusable: EXIT.failed,
  setup_unfinished: EXIT.failed,
  setup_unverified: EXIT.failed,
  receipt_invalid: EXIT.failed,
  // Programs that we start.
  program_missing: EXIT.missing,
  runtime_missing: EXIT.missing,
  runtime_too_old: EXIT.missing,
  git_missing: EXIT.missing,
  not_started: EXIT.failed,
  depth_exceeded: EXIT.failed,
  prompt_too_large: EXIT.failed,
  prompt_empty: EXIT.failed,
  timed_out: EXIT.timeLimit,
  limit_reached: EXIT.timeLimit,
  output_limit: EXIT.failed,
  cancelled: EXIT.cancelled,
  // What an agent CLI reports.
  not_signed_in: EXIT.failed,
  rate_limited: EXIT.failed,
  quota_exhausted: EXIT.failed,
  model_unknown: EXIT.failed,
  permission_refused: EXIT.failed,
  context_too_long: EXIT.failed,
  content_refused: EXIT.failed,
  server_error: EXIT.failed,
  connection_failed: EXIT.failed,
  stream_cut: EXIT.failed,
  empty_response: EXIT.failed,
  answer_invalid: EXIT.failed,
  truncated_response: EXIT.failed,
  turn_limit: EXIT.failed,
  session_lost: EXIT.failed,
  not_configured: EXIT.failed,
  request_invalid: EXIT.failed,
  agent_failed: EXIT.failed,
  // The journal and the workspace.
  journal_locked: EXIT.failed,
  journal_conflict: EXIT.failed,
  journal_fenced: EXIT.failed,
  journal_unusable: EXIT.failed,
  workspace_lost: EXIT.failed,
  workspace_unsupported: EXIT.failed,
  git_failed: EXIT.failed,
  conflict: EXIT.failed,
  nothing_to_do: EXIT.failed,
  not_allowed: EXIT.failed,
  // Verdicts.
  check_said_no: EXIT.checkSaidNo,
  undecided: EXIT.undecided,
  // A defect of ours.
  internal: EXIT.failed,
} as const satisfies Record<string, ExitCode>;

/** A key of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** What an {@link OuroborosError} is made of. */
export interface ErrorParts {
  /** Stable, for programs. */
  code: ErrorCode;
  /** Sentence case, action first, values in double quotes, a colon before detail, no final period. */
  message: string;
  /** What to type or change next; can be pasted where it is a command. */
  hint?: string;
  /** Whether the same call may succeed when it is made again unchanged. */
  retryable?: boolean;
  /** Nothing of the kind was ever begun: what helps is how to begin, and no further look for it. */
  noneYet?: boolean;
  cause?: unknown;
}

/** The one error class of the program: what failed, where, and what to do next. */
export class OuroborosError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly noneYet: boolean;

  constructor(parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = "OuroborosError";
    this.code = parts.code;
    this.hint = parts.hint;
    this.retryable = parts.retryable ?? false;
    this.noneYet = parts.noneYet ?? false;
  }

  /** The exit code that this error ends a command with. */
  get exitCode(): ExitCode {
    return ERROR_CODES[this.code];
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? closedPlace(thrown) ?? thrown.message : String(thrown);
}

/** What no grant of the binary opens, in words of ours: the runtime's tell people to compile it anew. */
function closedPlace({ name, message }: Error): string | undefined {
  if (name !== "NotCapable") return undefined;
  const place = /^Requires (?:all|read|write) access to (".+?"|\S+?),? /.exec(`${message} `)?.[1];
  return place &&
    `${place} is closed to ouroboros, as files of the system are (below /proc, /sys and /dev)`;
}
