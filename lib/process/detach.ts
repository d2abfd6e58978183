import { messageOf, OuroborosError } from "../kernel/error.ts";
import { SYSTEM_SHELL } from "./system_command.ts";

/** What to start and leave alone. */
export interface DetachSpec {
  /** Program and arguments. */
  argv: readonly [string, ...string[]];
  cwd: string;
  /**
   * File that takes what it prints, but on Windows, where that is lost; it is begun anew once it is
   * larger than `LOG_BYTES`.
   */
  log: string;
  /** What people call it in messages. */
  label: string;
}

/** A program that was started and is no child that we look after. */
export interface Detached {
  pid: number;
  /** Its exit code, if it ends while we are still there; 128 and more for a signal. */
  ended: Promise<number>;
  /** Asks it to end. */
  stop(): void;
  /**
   * It is nobody's child from now on, and its end is not told. Hosts that end their servers take the
   * descendants of those with them, whatever session they are in.
   */
  leave(): void;
}

/** Larger logs are begun anew: what happened in a run stands in the journal. */
const LOG_BYTES = 1_000_000;

/**
 * Deno hands a child no open file: a shell opens the log and becomes the program, whose pid it says
 * before. What a script had opened for us (a lock, a pipe on whose end somebody waits) does not live on
 * with it.
 */
const INTO_LOG = 'echo $$; exec "$@" >>"$0" 2>&1';
/** The shell above it waits and gives its exit code; killed, it leaves the program to the system. */
const WAITS = 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; "$@"; exit $?';

/**
 * Starts a program in a session of its own, so that no terminal's end reaches it, with our whole
 * environment: variables that we may not read go on by inheritance. Errors: not_started,
 * not_writable.
 */
export async function detach(spec: DetachSpec): Promise<Detached> {
  await prepareLog(spec.log);
  const windows = Deno.build.os === "windows";
  const [program, ...args] = windows ? spec.argv : [
    ...[SYSTEM_SHELL, "-c", WAITS, "sh"],
    ...[SYSTEM_SHELL, "-c", INTO_LOG, spec.log, ...spec.argv],
  ];
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program!, {
      args,
      cwd: spec.cwd,
      stdin: "null",
      stdout: windows ? "null" : "piped",
      stderr: "null",
      detached: true,
    }).spawn();
  } catch (cause) {
    throw new OuroborosError({
      code: "not_started",
      message: `Start "${spec.label}": ${messageOf(cause)}`,
      cause,
    });
  }
  const pid = windows ? child.pid : await saidPid(child.stdout, spec.label);
  child.unref();
  const signal = (target: number, name: Deno.Signal) => {
    try {
      Deno.kill(target, name);
    } catch {
      // It is gone already.
    }
  };
  let over = false;
  const ended = child.status.then(({ code }) => {
    over = true;
    return code;
  });
  return {
    pid,
    ended,
    // Once the shell has told its end, the number may be another's.
    stop: () => over ? undefined : signal(pid, "SIGTERM"),
    leave: () => over || windows ? undefined : signal(child.pid, "SIGKILL"),
  };
}

/** The pid that the shell says before it becomes the program. */
async function saidPid(stdout: ReadableStream<Uint8Array>, label: string): Promise<number> {
  let text = "";
  // The shell that waits keeps it open: one line is all that comes.
  for await (const part of stdout) {
    text += new TextDecoder().decode(part);
    if (text.includes("\n")) break;
  }
  const pid = parseInt(text);
  if (pid > 0) return pid;
  throw new OuroborosError({
    code: "not_started",
    message: `Start "${label}": the shell that starts it said no process`,
  });
}

async function prepareLog(path: string): Promise<void> {
  try {
    using file = await Deno.open(path, { append: true, create: true, mode: 0o600 });
    if ((await file.stat()).size > LOG_BYTES) await file.truncate();
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write "${path}": ${messageOf(cause)}`,
      cause,
    });
  }
}
