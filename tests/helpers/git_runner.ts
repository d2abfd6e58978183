import { OuroborosError } from "../../lib/kernel/error.ts";
import type { GitRunner } from "../../lib/workspace/git_runner.ts";

/** Every git process that a {@link plainGit} started. */
export interface GitLog {
  calls: string[][];
}

/** Git by Deno.Command, with a home of its own; for tests of the workspace alone. */
export function plainGit(home: string, log?: GitLog): GitRunner {
  const own = { PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin", HOME: home };
  return async (args, call) => {
    log?.calls.push([...args]);
    const child = new Deno.Command("git", {
      args: [...args],
      cwd: call.cwd,
      env: { ...own, ...call.env },
      clearEnv: true,
      stdin: call.stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const fed = call.stdin === undefined ? undefined : feed(child.stdin, call.stdin);
    const [output] = await Promise.all([child.output(), fed]);
    if (call.maxBytes !== undefined && output.stdout.length > call.maxBytes) {
      throw new OuroborosError({ code: "output_limit", message: "Run git: too much output" });
    }
    return {
      code: output.code,
      stdout: output.stdout,
      stderr: new TextDecoder().decode(output.stderr),
    };
  };
}

async function feed(
  stdin: WritableStream<Uint8Array>,
  data: Uint8Array | string,
): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(typeof data === "string" ? new TextEncoder().encode(data) : data);
    await writer.close();
  } catch (error) {
    // Git ended without reading all of it.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
