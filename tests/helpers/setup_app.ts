import { fromFileUrl } from "@std/path";
import { type App, createApp } from "../../lib/app/app.ts";
import { setup, type SetupOptions, type SetupProgress } from "../../lib/app/setup.ts";
import type { SetupQuestions } from "../../lib/app/setup/setup_questions.ts";
import type { SetupResult } from "../../lib/app/setup/views.ts";
import {
  uninstall,
  type UninstallOptions,
  type UninstallProgress,
  type UninstallResult,
} from "../../lib/app/uninstall.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { createRegistry, REGISTRY, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { fileTree } from "./file_tree.ts";
import { madeUpPlacement, madeUpRuntime } from "./made_up_runtime.ts";
import { tempDir } from "./temp_dir.ts";

/** A program that answers as our server does. */
export const ANSWERS = `read line
printf '%s\\n' '{"jsonrpc":"2.0","id":1,"result":{"serverInfo":{"name":"ouroboros","version":"7"}}}'`;

/** A host whose places exist in a test alone, that is refused tools nobody approved. */
export function wary(id: string): RuntimeDefinition {
  return madeUpRuntime(id, {
    placement: madeUpPlacement(id, {
      approval: {
        unasked: "none",
        approve: (tools) => tools.map((item) => ({ op: "add_item", path: ["allow"], item })),
      },
    }),
  });
}

/** A host whose places exist in a test alone. */
export function plain(id: string, parts: Partial<RuntimeDefinition> = {}): RuntimeDefinition {
  return madeUpRuntime(id, { placement: madeUpPlacement(id), ...parts });
}

/** Real rooms on a throw-away home, with made-up hosts and a program of a few shell lines. */
export interface SetupApp extends AsyncDisposable {
  app: App;
  home: string;
  /** The program that hosts would start. */
  program: string;
  /** Carries out a setup with `--yes`, unless told otherwise. */
  setup(options?: Partial<SetupOptions>): Promise<{ result: SetupResult; steps: SetupProgress[] }>;
  uninstall(
    options?: Partial<UninstallOptions>,
  ): Promise<{ result: UninstallResult; steps: UninstallProgress[] }>;
  tree(): Promise<Record<string, string>>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
}

/** What such an app is made of. */
export interface SetupAppOptions {
  hosts?: readonly RuntimeDefinition[];
  /** Ids of hosts that are not on PATH. */
  missing?: readonly string[];
  /** Shell lines of our program. */
  script?: string;
  env?: Readonly<Record<string, string>>;
}

/** Nobody is asked. */
export function setupOptions(options: Partial<SetupOptions> = {}): SetupOptions {
  return {
    names: [],
    dryRun: false,
    yes: true,
    approve: false,
    keepBackend: false,
    source: false,
    tools: [{ name: "ouroboros_session_status", readOnly: true }],
    flags: [],
    questions: null,
    interrupt: new AbortController().signal,
    ...options,
  };
}

/** A person who says the same to every question. */
export function says(answer: boolean, ids: readonly string[] = []): SetupQuestions {
  return {
    choose: () => Promise.resolve([...ids]),
    approve: () => Promise.resolve(answer),
    confirm: () => Promise.resolve(answer),
  };
}

/** Makes one; it goes away at the end of its block. */
export async function setupApp(options: SetupAppOptions = {}): Promise<SetupApp> {
  const { hosts = [plain("ant"), plain("bee")], missing = [], script = ANSWERS } = options;
  const dir = await tempDir();
  const [home, bin, program] = [`${dir.path}/home`, `${dir.path}/bin`, `${dir.path}/ouroboros`];
  await Deno.mkdir(home);
  await Deno.mkdir(bin);
  await writeProgram(program, script);
  for (const { id } of hosts) {
    if (!missing.includes(id)) await writeProgram(`${bin}/${id}`, "echo 2.0.0");
  }
  const environment = fixedEnvironment({
    HOME: home,
    PATH: `${bin}:/usr/bin:/bin`,
    ...options.env,
  });
  const embedded = REGISTRY.all.filter((one) => one.binary.kind === "embedded");
  const app = createApp({
    environment,
    paths: resolvePaths(environment),
    clock: systemClock,
    random: systemRandom,
    cwd: home,
    self: [program],
    version: "7.0.0",
    skillsDir: fromFileUrl(new URL("../../skills", import.meta.url)),
  }, createRegistry([...hosts, ...embedded]));
  return {
    app,
    home,
    program,
    setup: (more) => collect(setup(app, setupOptions(more))),
    uninstall: (more) =>
      collect(uninstall(app, {
        names: [],
        dryRun: false,
        yes: true,
        purge: false,
        force: false,
        tools: ["ouroboros_session_status"],
        questions: null,
        interrupt: new AbortController().signal,
        ...more,
      })),
    tree: () => fileTree(home),
    read: (path) => Deno.readTextFile(`${home}/${path}`),
    write: async (path, text) => {
      const folder = `${home}/${path}`.replace(/\/[^/]*$/, "");
      await Deno.mkdir(folder, { recursive: true });
      await Deno.writeTextFile(`${home}/${path}`, text);
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

async function writeProgram(path: string, script: string): Promise<void> {
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`);
  await Deno.chmod(path, 0o755);
}

async function collect<P, R>(work: AsyncGenerator<P, R>): Promise<{ result: R; steps: P[] }> {
  const steps: P[] = [];
  while (true) {
    const next = await work.next();
    if (next.done) return { result: next.value, steps };
    steps.push(next.value);
  }
}
