import { tempDir } from "./temp_dir.ts";

/** The installer of this tree. */
export const INSTALLER = decodeURIComponent(new URL("../../install.sh", import.meta.url).pathname);

/** What the installer and the program agree on; a fitness test compares it with both. */
export const MARK = "ouroboros:program-file:1";

/** The shells of this machine that the installer has to work in. */
export const SHELLS = ["sh", "dash", "bash"].filter((name) => whereIs(name) !== undefined);

/** System and processor as `uname` says them, and what releases call them. */
export const PLATFORMS = [
  ["Linux", "x86_64", "x86_64-unknown-linux-gnu"],
  ["Linux", "aarch64", "aarch64-unknown-linux-gnu"],
  ["Darwin", "x86_64", "x86_64-apple-darwin"],
  ["Darwin", "arm64", "aarch64-apple-darwin"],
] as const;

/** What the installer needs everywhere; all else a test names. */
const BASE_TOOLS =
  "cat chmod cmp cp dirname grep gzip head mkdir mktemp mv readlink rm rmdir sed sleep tar tr"
    .split(" ");

/** A home folder, a PATH of chosen tools, and a release, all of one test. */
export interface InstallBench extends AsyncDisposable {
  /** HOME; there is a blank in its name. */
  readonly home: string;
  /** TMPDIR. */
  readonly tmp: string;
  /** The only folder in PATH. */
  readonly bin: string;
  /** The tree of all releases: `latest/download`, `download/vX.Y.Z`. */
  readonly releases: string;
  /** Puts a script on PATH in place of what stands there. */
  fake(name: string, lines: string): Promise<void>;
  /** Makes a release of a program that is a script, for each platform, and calls it the latest. */
  release(version: string, more?: string): Promise<void>;
  run(start?: InstallStart): Promise<InstallEnd>;
  /** As `run`, and does not wait. */
  start(start?: InstallStart): { pid: number; end: Promise<InstallEnd> };
  /** Everything in HOME and TMPDIR, sorted: folders with "/", links with "@" at their end. */
  left(): string[];
}

/** One start of the installer. */
export interface InstallStart {
  shell?: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The script comes through stdin, as from curl. */
  piped?: boolean;
  /** Another script than this tree's. */
  script?: string;
  cwd?: string;
}

/** How the installer ended. */
export interface InstallEnd {
  code: number;
  out: string;
  err: string;
}

/** Options of {@link installBench}. */
export interface BenchOptions {
  /** Further tools on PATH. Left out: curl and sha256sum, or shasum where that is what there is. */
  tools?: readonly string[];
  /** System and processor that `uname` says. */
  platform?: readonly [string, string, ...unknown[]];
}

/** The place that the installer leaves the program in. */
export const PLACED = ["home/.local/", "home/.local/bin/", "home/.local/bin/ouroboros"];

/** Makes a bench; a Linux with glibc and an Intel processor unless it is said otherwise. */
export async function installBench(options: BenchOptions = {}): Promise<InstallBench> {
  const dir = await tempDir();
  const at = (name: string) => `${dir.path}/${name}`;
  const [home, tmp, bin, releases] = [at("home of a user"), at("tmp"), at("bin"), at("releases")];
  for (const path of [home, tmp, bin, releases]) await Deno.mkdir(path);
  const hash = whereIs("sha256sum") === undefined ? "shasum" : "sha256sum";
  for (const name of [...BASE_TOOLS, ...options.tools ?? ["curl", hash]]) await offer(bin, name);

  const bench: InstallBench = {
    home,
    tmp,
    bin,
    releases,
    async fake(name, lines) {
      await Deno.remove(`${bin}/${name}`).catch(() => {});
      await writeProgram(`${bin}/${name}`, `#!/bin/sh\n${lines}\n`);
    },
    async release(version, more = "") {
      const folder = `${releases}/download/v${version}`;
      const pack = at(`pack ${version}`);
      for (const path of [folder, pack, `${releases}/latest/download`]) {
        await Deno.mkdir(path, { recursive: true });
      }
      await writeProgram(`${pack}/ouroboros`, fakeProgram(version, more));
      for (const name of ["LICENSE", "README.md"]) await Deno.writeTextFile(`${pack}/${name}`, "");
      const sums: string[] = [];
      for (const [, , target] of PLATFORMS) {
        const file = `${folder}/ouroboros-${target}.tar.gz`;
        await packArchive(pack, file);
        sums.push(`${await sha256Of(file)}  ouroboros-${target}.tar.gz\n`);
      }
      await Deno.writeTextFile(`${folder}/checksums.txt`, sums.join(""));
      await Deno.writeTextFile(`${releases}/latest/download/version.txt`, `${version}\n`);
    },
    start(start = {}) {
      const script = start.script ?? INSTALLER;
      const command = new Deno.Command(whereIs(start.shell ?? "sh") ?? "sh", {
        args: start.piped ? ["-s", "--", ...start.args ?? []] : [script, ...start.args ?? []],
        cwd: start.cwd ?? dir.path,
        clearEnv: true,
        env: { HOME: home, TMPDIR: tmp, PATH: bin, SHELL: "/bin/bash", ...start.env },
        stdin: start.piped ? "piped" : "null",
        stdout: "piped",
        stderr: "piped",
        // No controlling terminal: nobody is asked, whoever runs the tests.
        detached: true,
      });
      const child = command.spawn();
      return { pid: child.pid, end: finish(child, start.piped ? script : undefined) };
    },
    run: (start) => bench.start(start).end,
    left: () => [...listTree(home, "home/"), ...listTree(tmp, "tmp/")].sort(),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
  const [system, machine] = options.platform ?? PLATFORMS[0];
  await bench.fake("uname", `case $1 in -s) echo ${system} ;; -m) echo ${machine} ;; esac`);
  await bench.fake("getconf", "case $1 in GNU_LIBC_VERSION) echo glibc 2.39 ;; *) echo 64 ;; esac");
  return bench;
}

/** A script that stands for the program: says its version, and writes down what setup was told. */
export function fakeProgram(version: string, more = ""): string {
  return `#!/bin/sh
# ${MARK}
${more}
case $1 in
--version) echo "ouroboros ${version}" ;;
setup)
  [ "$2" != --help ] || exit "\${SETUP_HELP_CODE:-0}"
  printf '%s\\n' "$*" >"$HOME/setup_words"
  if read -r line; then echo "$line" >"$HOME/setup_input"; fi
  exit "\${SETUP_CODE:-0}"
  ;;
wait) while [ ! -e "$HOME/go" ]; do sleep 0.05; done; echo "${version} went on" ;;
esac
`;
}

/** Writes an executable file. */
export async function writeProgram(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text);
  await Deno.chmod(path, 0o755);
}

/** Packs a program's folder as a release does. */
export async function packArchive(folder: string, file: string): Promise<void> {
  const args = ["-C", folder, "-czf", file, "ouroboros", "LICENSE", "README.md"];
  const { success } = await new Deno.Command("tar", { args }).output();
  if (!success) throw new Error(`tar could not make ${file}`);
}

/** SHA-256 of a file, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(file));
  return new Uint8Array(digest).toHex();
}

/** Where PATH has a program; undefined where it has none. */
export function whereIs(name: string): string | undefined {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    try {
      if (Deno.statSync(`${folder}/${name}`).isFile) return `${folder}/${name}`;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Makes a tool of this machine reachable in `bin`: by a script, for a tool may look beside itself. */
async function offer(bin: string, name: string): Promise<void> {
  let where = whereIs(name);
  if (where === undefined) throw new Error(`This machine has no ${name}`);
  if (name === "python3") {
    // What PATH has may be a script that looks for the real one on a PATH that the test hides.
    const args = ["-c", "import sys; print(sys.executable)"];
    const { stdout } = await new Deno.Command(where, { args }).output();
    where = new TextDecoder().decode(stdout).trim();
  }
  await writeProgram(`${bin}/${name}`, `#!/bin/sh\nexec '${where}' "$@"\n`);
}

async function finish(child: Deno.ChildProcess, script?: string): Promise<InstallEnd> {
  if (script !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(await Deno.readFile(script)).catch(() => {});
    await writer.close().catch(() => {});
  }
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

function listTree(folder: string, shown: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const name = shown + entry.name;
    if (entry.isSymlink) return [`${name}@`];
    if (!entry.isDirectory) return [name];
    return [`${name}/`, ...listTree(`${folder}/${entry.name}`, `${name}/`)];
  });
}
