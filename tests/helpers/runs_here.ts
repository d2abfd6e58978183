/** Whether a shell line succeeds on this machine: a toolchain that a test needs is there. */
export async function runsHere(line: string): Promise<boolean> {
  const { success } = await new Deno.Command("sh", {
    args: ["-c", line],
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}
