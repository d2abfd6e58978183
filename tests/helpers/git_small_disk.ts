/**
 * A file system of a few megabytes at `path`, gone at the end of the block; undefined, and a line
 * that says so, where it cannot be mounted.
 */
export async function smallDisk(path: string, size: string): Promise<AsyncDisposable | undefined> {
  await Deno.mkdir(path, { recursive: true });
  const run = async (command: string, args: string[]) => {
    const output = await new Deno.Command(command, { args, stdout: "null", stderr: "null" })
      .output()
      .catch(() => ({ success: false }));
    return output.success;
  };
  if (!await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path])) {
    console.log("skipped: a small tmpfs cannot be mounted here");
    return undefined;
  }
  return {
    async [Symbol.asyncDispose]() {
      await run("umount", [path]);
    },
  };
}
