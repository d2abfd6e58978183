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
  get pid(): Promise<number | undefined> {
    return this.#shell?.pid ?? Promise.resolve(undefined);
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
  /** pid of the guard itself; undefined when it was gone before it could say. */
  pid: Promise<number | undefined>;
  say(lines: string[]): void;
  hangUp(): void;
  dismiss(): Promise<void>;
}

/**
 * Hands the pipe to a second shell and goes, so that the guard is nobody's child: it must outlive
 * also an ouroboros above us that lists our descendants and kills them all. A shell gives its
 * background children an empty stdin, hence the detour over descriptor 3.
 */
const LAUNCH_SCRIPT = 'exec 3<&0; /bin/sh -c "$1" "$0" <&3 3<&- & exit 0';

/** Gives undefined where no shell can be started: the promise is then reduced, the work is not. */
function startShell(onEnd: () => void): Shell | undefined {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(SYSTEM_SHELL, {
      args: ["-c", LAUNCH_SCRIPT, `ouroboros-guard of ${Deno.pid}`, GUARD_SCRIPT],
      // Without the marker: the guard must not look like one of those that it ends.
      clearEnv: true,
      env: { PATH: SYSTEM_PATH },
      cwd: "/",
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      detached: true,
    }).spawn();
  } catch {
    return undefined;
  }
  // The program may end while the guard waits; that it then finds its pipe closed is the point.
  child.unref();
  const writer = child.stdin.getWriter();
  let told!: (pid: number | undefined) => void;
  const pid = new Promise<number | undefined>((resolve) => told = resolve);
  const gone = heard(child.stdout, (line) => told(Number(line))).then(async () => {
    told(undefined);
    onEnd();
    await writer.abort().catch(() => {});
    await child.status;
  });
  const say = (lines: string[]) => {
    writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""))).catch(onEnd);
  };
  return {
    pid,
    say,
    hangUp: () => void writer.close().catch(() => {}),
    async dismiss() {
      child.ref();
      say(["bye"]);
      await writer.close().catch(() => {});
      await gone;
    },
  };
}

/** Reads to the end, which is the guard's own end, and gives the first line. */
async function heard(
  stdout: ReadableStream<Uint8Array>,
  onLine: (line: string) => void,
): Promise<void> {
  let text = "";
  try {
    for await (const chunk of stdout) {
      text += new TextDecoder().decode(chunk);
      if (text.includes("\n")) onLine(text.slice(0, text.indexOf("\n")));
    }
  } catch {
    // A pipe that breaks is at its end.
  }
}
