/**
 * Kills a host at once, as a crash does: its own processes and no server of ours, which has to see
 * by itself that nobody reads any more. Some hosts are a launcher and the program that it waits for.
 */
export async function killHost(pid: number): Promise<void> {
  const { stdout } = await new Deno.Command("ps", { args: ["-axo", "pid=,ppid=,command="] })
    .output();
  const rows = new TextDecoder().decode(stdout).split("\n").flatMap((line) => {
    const [, own, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return own === undefined ? [] : [{ pid: Number(own), parent: Number(parent), command }];
  });
  const kill = (one: number) => {
    for (const row of rows) {
      if (row.parent === one && !/ (mcp serve|run-worker)\b/.test(row.command)) kill(row.pid);
    }
    try {
      Deno.kill(one, "SIGKILL");
    } catch (error) {
      // It ended with the one that started it.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  };
  kill(pid);
}
