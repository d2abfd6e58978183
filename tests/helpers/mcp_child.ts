import { programCommand, programEnvironment } from "./program.ts";

/** A started `ouroboros mcp serve`; `words` follow it, `command` stands in its place. */
export async function mcpChild(
  at: {
    cwd: string;
    home: string;
    env?: Readonly<Record<string, string>>;
    words?: readonly string[];
    command?: readonly string[];
  },
  streams: Required<Pick<Deno.CommandOptions, "stdin" | "stdout" | "stderr">>,
): Promise<Deno.ChildProcess> {
  const serve = [...programCommand(), "mcp", "serve", ...at.words ?? []];
  const [program = "", ...args] = at.command ?? serve;
  return new Deno.Command(program, {
    ...{ args, cwd: at.cwd, ...streams },
    clearEnv: true,
    env: await programEnvironment(at),
  }).spawn();
}

/** The server as the child of a shell, its host, which has our pipe as well. */
export function mcpUnderShell(): string[] {
  return ["sh", "-c", 'exec 3<&0; "$@" <&3 & wait', "host", ...programCommand(), "mcp", "serve"];
}
