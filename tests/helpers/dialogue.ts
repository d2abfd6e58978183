/** What a person waits to see, and then types; null: they close the terminal. */
export type Turn = readonly [seen: string, typed: string | null];

/** How a dialogue is held. */
export interface DialogueOptions {
  turns: readonly Turn[];
  /** Of the terminal; 80 when left out. */
  columns?: number;
  /** All variables of the shell. */
  env: Readonly<Record<string, string>>;
  cwd: string;
}

/**
 * Runs a shell line in a pseudo-terminal and types each text once what it waits for has been shown
 * since the one before. Gives what was shown and the exit code (of a shell that its terminal ended: the
 * signal, negative); it is ended after a minute and a half.
 */
export async function inDialogue(
  line: string,
  options: DialogueOptions,
): Promise<{ shown: string; code: number }> {
  const { turns, columns = 80, env, cwd } = options;
  const { stdout } = await new Deno.Command("python3", {
    args: ["-c", PROGRAM, line, JSON.stringify({ turns, columns, env, cwd })],
    stdin: "null",
    stderr: "inherit",
  }).output();
  const { shown, code } = JSON.parse(new TextDecoder().decode(stdout));
  return { shown: shown.replaceAll("\r\n", "\n"), code };
}

const PROGRAM = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
told = json.loads(sys.argv[2])
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, told["columns"], 0, 0))
    os.chdir(told["cwd"])
    os.execve("/bin/sh", ["sh", "-c", sys.argv[1]], told["env"])
shown, since, turns, end = b"", 0, told["turns"], time.time() + 90
while time.time() < end:
    if select.select([fd], [], [], 1)[0]:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    if turns and turns[0][0].encode() in shown[since:]:
        since = len(shown)
        typed = turns.pop(0)[1]
        if typed is None:
            os.close(fd)
            break
        # A prompt shows itself before it listens.
        time.sleep(0.3)
        os.write(fd, typed.encode())
ended = (0, 0)
while ended[0] == 0:
    if time.time() >= end:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.01)
    ended = os.waitpid(pid, os.WNOHANG)
status = ended[1]
code = os.waitstatus_to_exitcode(status)
json.dump({"shown": shown.decode(errors="replace"), "code": code}, sys.stdout)
`;
