import { fromFileUrl, resolve } from "@std/path";
import { lockFlags } from "./lock.ts";
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

/**
 * Bundles with one chunk for each lazy import, then compiles the chunks: the compiled program
 * starts in two thirds of the time (docs/benchmarks.md), and holds no package tree. Fails when a
 * dependency is not in the lock: nothing new can slip into the file.
 */
export async function compile(options: CompileOptions): Promise<void> {
  const config = options.config === undefined
    ? lockFlags()
    : ["--config", options.config, ...lockFlags(options.config.replace(/json$/, "lock"))];
  // Without this a dependency that is not in the cache could be left out without a word, and
  // missed at run time.
  await deno(["cache", "-q", ...config, options.entry], { cwd: ROOT });
  const name = options.output.replace(/.*[/\\]/, "").replace(/\.exe$/, "");
  const chunks = new URL(`.cache/bundle/${name}/`, ROOT);
  await Deno.remove(chunks, { recursive: true }).catch(() => {});
  const outdir = ["--outdir", `.cache/bundle/${name}`];
  const split = ["bundle", "-q", "--code-splitting", ...config, ...outdir];
  await deno([...split, options.entry], { cwd: ROOT });
  for (const path of options.include) await copyTree(new URL(path, ROOT), new URL(path, chunks));

  const main = options.entry.replace(/.*[/\\]/, "").replace(/\.ts$/, ".js");
  const others = [...Deno.readDirSync(chunks)].map((entry) => entry.name).sort()
    .filter((entry) => entry !== main);
  const output = fromRoot(options.output);
  await Deno.mkdir(output.replace(/[/\\][^/\\]*$/, ""), { recursive: true });
  await deno([
    "compile",
    "-q",
    // The chunks hold everything: what is not in them is not to be looked for.
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
    "--no-check",
    // Deno would write it once, to a file of a known name in a folder open to all.
    "--no-code-cache",
    ...options.permissions ?? permissionFlags(),
    ...others.flatMap((path) => ["--include", path]),
    ...(options.target === undefined ? [] : ["--target", options.target]),
    "--output",
    output,
    main,
  ], { cwd: chunks, env: await baseEnv(options.target) });
}

function fromRoot(path: string): string {
  return resolve(fromFileUrl(ROOT), path);
}

async function copyTree(from: URL, to: URL): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    const name = encodeURIComponent(entry.name);
    await copyTree(new URL(name, `${from}/`), new URL(name, `${to}/`));
  }
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

async function deno(
  args: readonly string[],
  options: { cwd: URL; env?: Record<string, string> },
): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    ...options,
    stdin: "null",
    // `deno bundle` lists its chunks, quiet or not.
    stdout: "null",
    stderr: "inherit",
  }).spawn().status;
  if (!success) throw new Error(`Compile: "deno ${args[0]}" ended with exit code ${code}`);
}
