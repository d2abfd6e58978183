import { GUARD_SCRIPT } from "./guard_script.ts";
import { SYSTEM_PATH, SYSTEM_SHELL } from "./system_command.ts";

/**
 * Outlives us when we are killed without a chance to clean up: one `sh` in a session of its own,
 * which ends our children when the pipe to it closes. It starts with the first child that is added,
 * and is started again when somebody ended it. Windows has none.
 */
export class Guard {
  readonly #marker: string;
  readonly #pids = new Set<number>();
  #shell: Shell | undefined;
  #closed = false;

  /** `marker`: this worker's, without the variable's name. */
  constructor(marker: string) {
    this.#marker = marker;
  }

  /** pid of the guard while it runs. */
  get pid(): number | undefined {
    return this.#shell?.pid;
  }

  /** Starts the guard when it does not run. It is there when a child is started after this call. */
  ready(): void {
    if (this.#closed || this.#shell !== undefined || Deno.build.os === "windows") return;
    const shell = startShell(() => {
      if (this.#shell === shell) this.#shell = undefined;
    });
    this.#shell = shell;
    shell?.say([`mark ${this.#marker}`, ...[...this.#pids].map((pid) => `add ${pid}`)]);
  }

  /** From now on the group that `pid` leads is ended when we die. */
  add(pid: number): void {
    this.#pids.add(pid);
    if (this.#shell === undefined) this.ready();
    else this.#shell.say([`add ${pid}`]);
  }

  /** The tree of `pid` is gone. */
  end(pid: number): void {
    if (this.#pids.delete(pid)) this.#shell?.say([`end ${pid}`]);
  }

  /** Closes the pipe as our death would: the guard ends everything that it was told of. */
  hangUp(): void {
    const shell = this.#shell;
    this.#shell = undefined;
    shell?.hangUp();
  }

  /** Lets the guard go without ending anything, and waits until it has gone. */
  async close(): Promise<void> {
    this.#closed = true;
    const shell = this.#shell;
    this.#shell = undefined;
    await shell?.dismiss();
  }
}

interface Shell {
  pid: number;
  say(lines: string[]): void;
  hangUp(): void;
  dismiss(): Promise<void>;
}

/** Gives undefined where no shell can be started: the promise is then reduced, the work is not. */
function startShell(onEnd: () => void): Shell | undefined {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(SYSTEM_SHELL, {
      args: ["-c", GUARD_SCRIPT, "ouroboros-guard"],
      // Without the marker: the guard must not look like one of those that it ends.
      clearEnv: true,
      env: { PATH: SYSTEM_PATH },
      cwd: "/",
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      detached: true,
    }).spawn();
  } catch {
    return undefined;
  }
  // The program may end while the guard waits; that it then finds its pipe closed is the point.
  child.unref();
  const writer = child.stdin.getWriter();
  child.status.then(() => {
    writer.abort().catch(() => {});
    onEnd();
  });
  const say = (lines: string[]) => {
    writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""))).catch(onEnd);
  };
  return {
    pid: child.pid,
    say,
    hangUp: () => void writer.close().catch(() => {}),
    async dismiss() {
      child.ref();
      say(["bye"]);
      await writer.close().catch(() => {});
      await child.status;
    },
  };
}
