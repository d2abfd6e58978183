/**
 * A program that tries what the real one may and may not do; compiled with the same permissions.
 * `permission_probe.ts PORT`: a port of loopback at which someone listens. Prints JSON.
 */
import { readEnvironment } from "../../lib/config/environment.ts";
import { createProcesses } from "../../lib/process/processes.ts";
import { realRandom } from "./real_ports.ts";

/** Says how an attempt ended: its result, or the name of its error. */
async function attempt(work: () => unknown): Promise<string> {
  try {
    return String(await work());
  } catch (thrown) {
    return thrown instanceof Error ? thrown.name : "thrown";
  }
}

/** Opens and closes a connection. */
async function connect(hostname: string, port: number): Promise<string> {
  (await Deno.connect({ hostname, port })).close();
  return "connected";
}

/** What a child, and its child, see of the environment. */
async function childEnvironment(): Promise<string> {
  const processes = createProcesses({ depth: 0, chain: [], random: realRandom });
  const { stdout } = await processes.capture({
    argv: ["sh", "-c", "env; sh -c env"],
    cwd: Deno.cwd(),
    env: { values: readEnvironment().pick(["PATH", "HOME", "AWS_SECRET_ACCESS_KEY"]) },
    limits: { totalMs: 30_000, outputBytes: 1_000_000, lineBytes: 100_000 },
    label: "env",
  });
  await processes.close();
  return new TextDecoder().decode(stdout);
}

const port = Number(Deno.args[0]);
console.log(JSON.stringify({
  home: await attempt(() => Deno.env.get("HOME")),
  secret: await attempt(() => Deno.env.get("AWS_SECRET_ACCESS_KEY")),
  all: await attempt(() => Object.keys(Deno.env.toObject()).includes("AWS_SECRET_ACCESS_KEY")),
  picked: await attempt(() => Object.keys(readEnvironment().pick(["AWS_*", "HOME"])).join()),
  wildcard: await attempt(() => readEnvironment().pick(["OUROBOROS_*"]).OUROBOROS_PROBE),
  ownEnviron: await attempt(() => Deno.readTextFileSync("/proc/self/environ").length),
  loopback: await attempt(() => connect("127.0.0.1", port)),
  address: await attempt(() => connect("192.0.2.1", 80)),
  name: await attempt(() => connect("example.com", 80)),
  web: await attempt(async () => (await fetch("https://example.com")).status),
  library: await attempt(() => Deno.dlopen("libc.so.6", {})),
  child: await childEnvironment(),
}));
