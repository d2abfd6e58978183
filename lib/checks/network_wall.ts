import type { CheckProcesses } from "./run_command.ts";

/** Inside of the wall loopback works, because tests talk to servers of their own. */
const LOOPBACK = "ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null";
/** Back from the made-up root of the wall to the user: programs look at who they are. */
const AS_ROOT = `${LOOPBACK}; exec "$@"`;
const AS_USER = `${LOOPBACK}; u=$1 g=$2; shift 2; ` +
  'exec unshare --user --map-user="$u" --map-group="$g" -- "$@"';

/** Says which way of making a wall works here, by its first word; prints nothing where none does. */
const PROBE = [
  "u=$(id -u) g=$(id -g)",
  'if [ "$u" = 0 ] && unshare --net true; then echo plain',
  `elif unshare --map-root-user --net -- unshare --user --map-user="$u" --map-group="$g" true; then echo user "$u" "$g"`,
  "elif unshare --map-root-user --net true; then echo root; fi",
].join("\n");

/**
 * What to put before a command so that it has no network but loopback: a network namespace of
 * Linux. Undefined where this machine cannot do it; then the promise is to be shown as reduced.
 */
export async function networkWall(
  processes: CheckProcesses,
  options: { path: string; signal?: AbortSignal },
): Promise<readonly [string, ...string[]] | undefined> {
  let said = "";
  try {
    const child = await processes.start({
      argv: ["sh", "-c", PROBE],
      cwd: "/",
      env: { values: { PATH: options.path } },
      limits: { totalMs: 10_000, outputBytes: 65_536, lineBytes: 4096 },
      ...(options.signal ? { cancel: options.signal } : {}),
      label: "look for a network wall",
      onLine: (stream, line) => {
        if (stream === "stdout") said = line;
      },
    });
    await child.ended;
  } catch {
    return undefined;
  }
  const [way, ...ids] = said.split(" ");
  switch (way) {
    case "plain":
      return ["unshare", "--net", "--", "sh", "-c", AS_ROOT, "sh"];
    case "user":
      return ["unshare", "--map-root-user", "--net", "--", "sh", "-c", AS_USER, "sh", ...ids];
    case "root":
      return ["unshare", "--map-root-user", "--net", "--", "sh", "-c", AS_ROOT, "sh"];
    default:
      return undefined;
  }
}
