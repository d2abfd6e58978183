/** Runs a shell line in a pseudo-terminal of 133 columns, types `typed` into it, and gives back what it showed. */
export async function inTerminal(line: string, typed = ""): Promise<string> {
  const { stdout } = await new Deno.Command("python3", {
    args: ["-c", PROGRAM, line, typed],
    stdin: "null",
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout).replaceAll("\r\n", "\n");
}

/** Whether this machine can make a pseudo-terminal for tests. */
export const CAN_MAKE_TERMINALS = Deno.build.os !== "windows" && (() => {
  try {
    return new Deno.Command("python3", { args: ["-c", "import pty"], stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
})();

const PROGRAM = `
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 133, 0, 0))
    os.execvp("sh", ["sh", "-c", sys.argv[1]])
os.write(fd, sys.argv[2].encode())
shown = b""
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
`;
