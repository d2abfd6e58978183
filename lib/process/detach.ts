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
}

/** Larger logs are begun anew: what happened in a run stands in the journal. */
const LOG_BYTES = 1_000_000;

/**
 * Deno hands a child no open file: a shell opens the log and becomes the program, by the same pid. What
 * a script had opened for us (a lock, a pipe on whose end somebody waits) does not live on with it.
 */
const INTO_LOG = 'log=$1; shift; exec "$@" >>"$log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-';

/**
 * Starts a program in a session of its own, so that no terminal's end reaches it, with our whole
 * environment: variables that we may not read go on by inheritance. Errors: not_started,
 * not_writable.
 */
export async function detach(spec: DetachSpec): Promise<Detached> {
  await prepareLog(spec.log);
  const windows = Deno.build.os === "windows";
  const [program, ...args] = windows
    ? spec.argv
    : [SYSTEM_SHELL, "-c", INTO_LOG, "sh", spec.log, ...spec.argv];
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program!, {
      args,
      cwd: spec.cwd,
      stdin: "null",
      stdout: "null",
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
  child.unref();
  return {
    pid: child.pid,
    ended: child.status.then((status) => status.code),
    stop() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It is gone already.
      }
    },
  };
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
