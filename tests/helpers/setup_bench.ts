import { hostPlaces, REGISTRY, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { whereIs } from "./install_bench.ts";
import { onBinary, programCommand, type ProgramEnd, runProgram } from "./program.ts";
import { type Snapshot, snapshot } from "./setup_snapshot.ts";
import { tempDir } from "./temp_dir.ts";

/** Every runtime that can be set up as a host, in the registry's order. */
export const HOSTS:
  readonly (RuntimeDefinition & Required<Pick<RuntimeDefinition, "placement">>)[] = REGISTRY.all
    .flatMap((one) => one.placement === undefined ? [] : [{ ...one, placement: one.placement }]);

/** One of them. */
export type Host = typeof HOSTS[number];

/** A home folder, stubs of hosts on a PATH of their own, and a folder to stand in, of one test. */
export interface SetupBench extends AsyncDisposable {
  /** Holds all the others. */
  readonly path: string;
  readonly home: string;
  /** The only folder in PATH: a stub for each host, and git. */
  readonly bin: string;
  readonly tmp: string;
  readonly cwd: string;
  /** Starts the program under test. */
  run(args: readonly string[], more?: BenchStart): Promise<ProgramEnd>;
  /** `setup --runtime NAMES --yes`, in the way that the program under test can be registered. */
  setup(names: string, args?: readonly string[], more?: BenchStart): Promise<ProgramEnd>;
  /** `uninstall --runtime NAMES --yes`; without names everything. */
  uninstall(names?: string, more?: BenchStart): Promise<ProgramEnd>;
  snapshot(): Promise<Snapshot>;
  /** Keeps the home as it is under a name, for {@link restore}. */
  keep(name: string): Promise<void>;
  /** Makes the home again what it was: bytes, modes, times. */
  restore(name: string): Promise<void>;
}

/** What one start gets beside its words. */
export interface BenchStart {
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  wrap?: readonly string[];
  command?: readonly string[];
  limitMs?: number;
}

/** Options of {@link setupBench}. */
export interface SetupBenchOptions {
  /** Ids of the hosts whose stub is on PATH; left out: all. */
  found?: readonly string[];
  /** The home holds files of a user of all hosts; default true. */
  filled?: boolean;
  /** Name of the home folder; there is a blank in it by default. */
  homeName?: string;
}

/** The words after which the program under test may be registered: source only when told so. */
export const SOURCE_WORDS: readonly string[] = onBinary ? [] : ["--source"];

/** Permission bits of files in the home of a user; git keeps none of them. */
const MODES: Readonly<Record<string, number>> = {
  ".claude": 0o700,
  ".claude.json": 0o600,
  ".claude/skills/own/scripts/go.sh": 0o755,
  ".codex/auth.json": 0o600,
  ".codex/config.toml": 0o640,
  ".config/opencode/opencode.jsonc": 0o664,
  ".hermes": 0o750,
  ".hermes/.env": 0o600,
  ".hermes/config.yaml": 0o600,
  ".ouroboros": 0o700,
  ".ouroboros/config.yaml": 0o600,
};

const FIXTURE = new URL("../fixtures/setup/home/", import.meta.url);

/** Makes a bench. */
export async function setupBench(options: SetupBenchOptions = {}): Promise<SetupBench> {
  const dir = await tempDir();
  const at = (name: string) => `${dir.path}/${name}`;
  const [home, bin, tmp, cwd] = [at(options.homeName ?? "a home"), at("bin"), at("tmp"), at("cwd")];
  for (const path of [home, bin, tmp, cwd]) await Deno.mkdir(path);
  await Deno.chmod(home, 0o755);
  for (const host of HOSTS) {
    if (options.found?.includes(host.id) ?? true) await writeStub(bin, host);
  }
  const git = whereIs("git");
  if (git !== undefined) await Deno.symlink(git, `${bin}/git`);
  if (options.filled ?? true) await fillHome(home);

  const bench: SetupBench = {
    path: dir.path,
    home,
    bin,
    tmp,
    cwd,
    run: (args, more = {}) =>
      runProgram({
        args,
        cwd,
        home,
        ...more,
        env: { PATH: bin, TMPDIR: tmp, ...more.env },
      }),
    setup: (names, args = [], more = {}) =>
      bench.run(["setup", "--runtime", names, "--yes", ...SOURCE_WORDS, ...args], more),
    uninstall: (names, more = {}) =>
      bench.run(["uninstall", ...names === undefined ? [] : ["--runtime", names], "--yes"], more),
    snapshot: () => snapshot(home),
    keep: (name) => copyAll(home, at(`kept ${name}`)),
    restore: (name) => copyAll(at(`kept ${name}`), home),
    [Symbol.asyncDispose]: async () => {
      // A test may have left folders that even their owner cannot look into.
      await command("chmod", ["-R", "u+rwX", dir.path]);
      await dir[Symbol.asyncDispose]();
    },
  };
  return bench;
}

/** A program that answers for a host as far as setting up asks it: with its version. */
export async function writeStub(bin: string, host: Host, more = "exit 1"): Promise<void> {
  if (host.binary.kind === "embedded") throw new Error(`${host.id} is no program`);
  const name = host.binary.names[0]!;
  const text = `#!/bin/sh\ncase $1 in --version) echo "${name} 99.0.0"; exit ;; esac\n${more}\n`;
  await Deno.writeTextFile(`${bin}/${name}`, text);
  await Deno.chmod(`${bin}/${name}`, 0o755);
}

/** Puts the files of a user of all hosts into a home. */
export async function fillHome(home: string): Promise<void> {
  await copyFixture(FIXTURE, home);
  await Deno.mkdir(`${home}/Documents/empty`);
  await Deno.symlink("notes.txt", `${home}/Documents/link`);
  await Deno.symlink("../nowhere", `${home}/Documents/dangling`);
  for (const [path, mode] of Object.entries(MODES)) await Deno.chmod(`${home}/${path}`, mode);
}

/** Paths that a setup of a host declares to write, relative to the home. */
export interface Declared {
  /** Its own files that are edited, or made where none is. */
  edited: readonly string[];
  /** Paths that begin like this are wholly ours. */
  owned: readonly string[];
  /** Files of our own folder. */
  ours: readonly string[];
}

/** What a host's placement declares, where nothing moves its places. */
export function declared(host: Host, options: { approve?: boolean } = {}): Declared {
  const home = "/home";
  const places = hostPlaces(host.placement, { home, variable: () => undefined });
  const inHome = (path: string) => path.slice(home.length + 1);
  const approval = options.approve && places.approval !== undefined ? [places.approval] : [];
  return {
    edited: [...places.mcp, ...approval].map(inHome),
    owned: [`${inHome(places.skills)}/${host.placement.skills.prefix}`],
    ours: [".ouroboros/config.yaml", ".ouroboros/install.json"],
  };
}

/** Whether a path may differ: it is declared, or a folder on the way to what is. */
export function isDeclared(path: string, hosts: readonly Declared[]): boolean {
  return hosts.some(({ edited, owned, ours }) =>
    [...edited, ...ours].some((one) => one === path || one.startsWith(`${path}/`)) ||
    owned.some((one) => path.startsWith(one) || one.startsWith(`${path}/`))
  );
}

/** Words by which a registered entry is known: the program under test and what it is started for. */
export const LAUNCHER: readonly string[] = [
  ...onBinary ? programCommand() : [Deno.execPath(), "main.ts"],
  "mcp",
  "serve",
];

/** Copies a folder with everything that there is to it, in place of what stands there. */
export async function copyAll(from: string, to: string): Promise<void> {
  await command("rm", ["-rf", to]);
  if (!await command("cp", ["-a", from, to])) throw new Error(`Cannot copy ${from}`);
}

/** Runs a tool of this machine; whether it said yes. */
export async function command(program: string, args: readonly string[]): Promise<boolean> {
  const output = await new Deno.Command(program, { args: [...args], stdout: "null" }).output();
  return output.success;
}

/** Names of the fixture begin with `dot_`, or tools at work on this project would take them for theirs. */
async function copyFixture(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const entry of Deno.readDirSync(from)) {
    const source = new URL(encodeURIComponent(entry.name), from);
    const target = `${to}/${entry.name.replace(/^dot_/, ".")}`;
    if (entry.isDirectory) await copyFixture(new URL(`${source.href}/`), target);
    else {
      await Deno.copyFile(source, target);
      await Deno.chmod(target, 0o644);
    }
  }
}
