import { permissionFlags } from "./permissions.ts";

/** What is compiled into one file. */
export interface CompileOptions {
  entry: string;
  /** Path of the file that is made. */
  output: string;
  /** Files and folders that go inside, beside the code. */
  include: readonly string[];
  /** Left out: this machine's. */
  target?: string | undefined;
  /** Another `deno.json`; the release has one without `links`. */
  config?: string | undefined;
  /** Left out: the program's own permissions. */
  permissions?: readonly string[];
}

const ROOT = new URL("..", import.meta.url);

/** Compiles from a warm cache only, with the lock frozen: nothing new can slip into the file. */
export async function compile(options: CompileOptions): Promise<void> {
  const config = options.config === undefined ? [] : ["--config", options.config];
  // Without this a dependency that is not in the cache would be left out without a word, and
  // missed at run time.
  await deno(["cache", "--frozen", "-q", ...config, options.entry], {});
  await Deno.mkdir(new URL("dist/", ROOT), { recursive: true });
  await deno([
    "compile",
    "-q",
    "--frozen",
    "--cached-only",
    "--no-check",
    // Deno would write it once, to a file of a known name in a folder open to all.
    "--no-code-cache",
    ...config,
    ...options.permissions ?? permissionFlags(),
    ...options.include.flatMap((path) => ["--include", path]),
    ...(options.target === undefined ? [] : ["--target", options.target]),
    "--output",
    options.output,
    options.entry,
  ], await baseEnv(options.target));
}

/** Where the compile base comes from: Deno's own host where it answers, else `.ci/denort`. */
async function baseEnv(target: string | undefined): Promise<Record<string, string>> {
  if (Deno.env.has("DENORT_BIN") || target !== undefined || await ownHostAnswers()) return {};
  const { success, stdout } = await new Deno.Command("sh", {
    args: [".ci/denort"],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  if (!success) {
    throw new Error("Compile: dl.deno.land cannot be reached and .ci/denort found no other base");
  }
  return { DENORT_BIN: new TextDecoder().decode(stdout).trim() };
}

async function ownHostAnswers(): Promise<boolean> {
  try {
    const base = `release/v${Deno.version.deno}/denort-${Deno.build.target}.zip`;
    const answer = await fetch(`https://dl.deno.land/${base}`, {
      method: "HEAD",
      signal: AbortSignal.timeout(5000),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

async function deno(args: readonly string[], env: Record<string, string>): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (!success) throw new Error(`Compile: "deno ${args[0]}" ended with exit code ${code}`);
}
