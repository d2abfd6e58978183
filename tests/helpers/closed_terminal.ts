/**
 * Runs a shell line in a pseudo-terminal, closes the terminal once `seen` was shown (or the line has
 * ended), and waits until the line's shell is gone, for a minute and a half. Gives what was shown.
 */
export async function inClosedTerminal(
  line: string,
  options: { seen: string; env: Readonly<Record<string, string>>; cwd: string },
): Promise<string> {
  const { stdout } = await new Deno.Command("python3", {
    args: ["-c", PROGRAM, line, JSON.stringify(options)],
    stdin: "null",
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
}

const PROGRAM = `
import json, os, pty, select, signal, sys, time
told = json.loads(sys.argv[2])
pid, fd = pty.fork()
if pid == 0:
    os.chdir(told["cwd"])
    os.execve("/bin/sh", ["sh", "-c", sys.argv[1]], told["env"])
shown, end = b"", time.time() + 90
while time.time() < end and told["seen"].encode() not in shown:
    if select.select([fd], [], [], 1)[0]:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
os.close(fd)
while time.time() < end and os.waitpid(pid, os.WNOHANG)[0] == 0:
    time.sleep(0.05)
sys.stdout.write(shown.decode(errors="replace"))
`;
