/**
 * Where the system's own small tools (`sh`, `cat`, `grep`, `ps`) are looked up: never in a PATH that
 * a project or an agent could have a say in.
 */
export const SYSTEM_PATH =
  "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin";

/** The shell of every Linux and macOS. */
export const SYSTEM_SHELL = "/bin/sh";

/**
 * Runs one of the system's tools, with next to no environment, and gives its stdout. An exit code other
 * than 0 is no error: a listing of processes always meets some that are gone.
 */
export async function systemOutput(
  program: string,
  args: readonly string[],
): Promise<string> {
  const output = await new Deno.Command(program, {
    args: [...args],
    // Windows' own tools need names that only Windows knows.
    clearEnv: Deno.build.os !== "windows",
    env: Deno.build.os === "windows" ? {} : { PATH: SYSTEM_PATH, LC_ALL: "C" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(output.stdout);
}
