import { dirname, join } from "@std/path";
import { createRunWorkspace, reopenRunWorkspace } from "../../lib/workspace/open_workspace.ts";
import type { RunWorkspace } from "../../lib/workspace/run_workspace.ts";
import { type GitLog, plainGit } from "./git_runner.ts";

/** A project in a temporary folder, with a home of its own and a place for runs. */
export interface GitProject extends AsyncDisposable {
  top: string;
  home: string;
  /** The project's folder. */
  dir: string;
  /** Folder of the one run of this project. */
  runDir: string;
  log: GitLog;
  /** Runs git as the user would, here or in another folder; throws with what git said. */
  git(args: readonly string[], cwd?: string): Promise<string>;
  /** Runs a shell command line. */
  sh(command: string, cwd?: string): Promise<string>;
  /** Writes files of the project; null removes. */
  write(files: Readonly<Record<string, string | Uint8Array | null>>): Promise<void>;
  workspace(options?: { carry?: string[]; project?: string }): Promise<RunWorkspace>;
  reopen(): Promise<RunWorkspace>;
}

/** How {@link gitProject} begins. */
export interface GitProjectOptions {
  /** Files of the first commit; with `git: false` just files. */
  files?: Readonly<Record<string, string>>;
  /** false: no repository. "empty": one without a commit. */
  git?: boolean | "empty";
  /** Name of the project's folder. */
  name?: string;
}

/** Makes a project and removes it when the test is over. */
export async function gitProject(options: GitProjectOptions = {}): Promise<GitProject> {
  const top = await Deno.realPath(await Deno.makeTempDir({ prefix: "ouroboros-git-" }));
  const home = join(top, "home");
  const dir = join(top, options.name ?? "project");
  const runDir = join(home, ".ouroboros", "runs", "run_1");
  await Deno.mkdir(dir, { recursive: true });
  await Deno.mkdir(home, { recursive: true });
  await Deno.writeTextFile(
    join(home, ".gitconfig"),
    "[user]\n\tname = Ada\n\temail = ada@example.com\n",
  );
  const log: GitLog = { calls: [] };
  const runner = plainGit(home, log);
  const run = async (command: string, args: readonly string[], cwd: string) => {
    const output = await new Deno.Command(command, {
      args: [...args],
      cwd,
      env: { PATH: Deno.env.get("PATH") ?? "", HOME: home },
      clearEnv: true,
      stdin: "null",
    }).output();
    const text = new TextDecoder().decode(output.stdout);
    if (output.success) return text;
    throw new Error(
      `${command} ${args.join(" ")}: ${new TextDecoder().decode(output.stderr)}${text}`,
    );
  };
  const common = { git: runner, dir: runDir, now: () => new Date() };
  const project: GitProject = {
    top,
    home,
    dir,
    runDir,
    log,
    git: (args, cwd = dir) => run("git", args, cwd),
    sh: (command, cwd = dir) => run("sh", ["-ec", command], cwd),
    write: (files) => writeFiles(dir, files),
    workspace: (given = {}) =>
      createRunWorkspace({
        ...common,
        project: given.project ?? dir,
        carry: { paths: given.carry ?? [] },
      }),
    reopen: () => reopenRunWorkspace(common),
    async [Symbol.asyncDispose]() {
      await new Deno.Command("chmod", { args: ["-R", "u+rwx", top], stderr: "null" }).output();
      await Deno.remove(top, { recursive: true });
    },
  };
  await project.write(options.files ?? {});
  if (options.git !== false) await project.git(["init", "-q", "-b", "main"]);
  if (options.git === undefined || options.git === true) {
    await project.git(["add", "-A"]);
    await project.git(["commit", "-q", "--allow-empty", "-m", "first"]);
  }
  return project;
}

/** Writes files below a folder; null removes one. */
export async function writeFiles(
  top: string,
  files: Readonly<Record<string, string | Uint8Array | null>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(top, name);
    if (content === null) {
      await Deno.remove(path, { recursive: true });
      continue;
    }
    await Deno.mkdir(dirname(path), { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
  }
}
