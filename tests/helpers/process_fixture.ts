import type { ChildEnv, ChildLimits } from "../../lib/process/child.ts";
import { createProcesses, type Processes } from "../../lib/process/processes.ts";

/** Real random bytes. */
export function random(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Limits that no test program reaches by accident, on a busy machine either. */
export const WIDE: ChildLimits = { totalMs: 60_000, outputBytes: 1e8, lineBytes: 1e6 };

/** The little that a test program needs. */
export const ENV: ChildEnv = { values: { PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin" } };

/** A spec for `sh -c script`. */
export function shell(script: string): {
  argv: [string, ...string[]];
  cwd: string;
  env: ChildEnv;
  limits: ChildLimits;
  label: string;
} {
  return { argv: ["sh", "-c", script], cwd: "/", env: ENV, limits: WIDE, label: "stub" };
}

/** Gives `use` a process room at depth 0, and closes it. */
export async function withProcesses(
  use: (processes: Processes) => Promise<void>,
  options: Partial<Parameters<typeof createProcesses>[0]> = {},
): Promise<void> {
  const processes = createProcesses({ depth: 0, chain: [], random, ...options });
  try {
    await use(processes);
  } finally {
    await processes.close();
  }
}

/** Whether a process lives and is no zombie. */
export async function lives(pid: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `ps -o stat= -p ${pid}`],
    stderr: "null",
  }).output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

/** Waits until `check` holds, `ms` at most; gives whether it did. */
export async function eventually(
  check: () => Promise<boolean> | boolean,
  ms = 10_000,
): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return await check();
}
