/** Fetches what the suites need: packages into Deno's cache, the real agent CLIs into `.cache`. */
import { lockFlags } from "./lock.ts";

const root = new URL("..", import.meta.url);

await run(Deno.execPath(), ["install", ...lockFlags(), "--entrypoint", "main.ts", ...tests()]);
if (exists(".ci/agents")) await run("sh", [".ci/agents"]);

function tests(): string[] {
  return ["tests/contract/journal_test.ts", "tests/specs/run_specs_test.ts"];
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(new URL(path, root)).isFile;
  } catch {
    return false;
  }
}

async function run(program: string, args: string[]): Promise<void> {
  const { code } = await new Deno.Command(program, { args, cwd: root }).spawn().status;
  if (code !== 0) Deno.exit(code);
}
