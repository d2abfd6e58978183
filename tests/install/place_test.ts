/** Where the program is put, what is left when that fails, and whose files are not replaced. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  fakeProgram,
  type InstallBench,
  installBench,
  type InstallStart,
  packArchive,
  PLACED,
  PLATFORMS,
  sha256Of,
  SHELLS,
  whereIs,
  writeProgram,
} from "../helpers/install_bench.ts";

const ignore = Deno.build.os === "windows";
const ARCHIVE = `ouroboros-${PLATFORMS[0][2]}.tar.gz`;
const isRoot = !ignore && Deno.uid() === 0;

for (const shell of SHELLS) {
  Deno.test({
    name: `${shell}: a second start changes nothing, a third brings the next version`,
    ignore,
    fn: async () => {
      await using bench = await released();
      const file = `${bench.home}/.local/bin/ouroboros`;
      await install(bench, { shell });
      const before = await Deno.stat(file);
      const again = await install(bench, { shell });
      assertEquals(again.code, 0);
      assertStringIncludes(again.out, `ouroboros 1.2.3 is already ${file}`);
      const after = await Deno.stat(file);
      assertEquals([after.ino, after.mtime], [before.ino, before.mtime]);
      await bench.release("1.3.0");
      assertEquals((await install(bench, { shell })).code, 0);
      assertEquals(await Deno.readTextFile(file), fakeProgram("1.3.0"));
      assertEquals(bench.left(), PLACED);
    },
  });

  Deno.test({
    name: `${shell}: an upgrade while the program runs lets it run on`,
    ignore,
    fn: async () => {
      await using bench = await released();
      await install(bench, { shell });
      const running = new Deno.Command(`${bench.home}/.local/bin/ouroboros`, {
        args: ["wait"],
        env: { HOME: bench.home },
        stdout: "piped",
      }).spawn();
      await bench.release("1.3.0");
      assertEquals((await install(bench, { shell })).code, 0);
      await Deno.writeTextFile(`${bench.home}/go`, "");
      const { stdout } = await running.output();
      assertEquals(new TextDecoder().decode(stdout), "1.2.3 went on\n");
      await Deno.remove(`${bench.home}/go`);
      assertEquals(bench.left(), PLACED);
    },
  });

  Deno.test({
    name:
      `${shell}: what a killed installer left goes with a later one, when it is old and nobody's`,
    ignore,
    fn: async () => {
      await using bench = await released();
      await bench.fake("find", `exec '${whereIs("find")}' "$@"`);
      const folder = `${bench.home}/.local/bin`;
      const left = () =>
        [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
          name !== "ouroboros"
        );
      const chmod = whereIs("chmod");
      await bench.fake("chmod", `[ -e "$HOME/go" ] || kill -9 $PPID; exec '${chmod}' "$@"`);
      assert((await install(bench, { shell })).code !== 0);
      const [killed = "", ...more] = left();
      assertEquals([killed.startsWith(".ouroboros.new."), more], [true, []]);
      await Deno.writeTextFile(`${bench.home}/go`, "");
      await install(bench, { shell });
      assertEquals(left(), [killed], "a young one may be somebody's");

      const living = `.ouroboros.new.${Deno.pid}.AbC123`;
      const theirs = [living, ".ouroboros.new.folder", ".ouroboros.new.link", "ouroboros.new.mine"];
      for (const name of [living, "ouroboros.new.mine", ".ouroboros.new.AbC123"]) {
        await Deno.writeTextFile(`${folder}/${name}`, "");
      }
      await Deno.mkdir(`${folder}/.ouroboros.new.folder`);
      await Deno.symlink("ouroboros.new.mine", `${folder}/.ouroboros.new.link`);
      const hoursAgo = Date.now() / 1000 - 2 * 3600;
      for (const name of left()) await Deno.utime(`${folder}/${name}`, hoursAgo, hoursAgo);
      await install(bench, { shell, args: ["--dry-run"] });
      assertEquals(left().length, theirs.length + 2, "a dry run removes nothing");
      assertEquals((await install(bench, { shell })).code, 0);
      assertEquals(left().sort(), theirs.sort());
    },
  });

  Deno.test({
    name: `${shell}: whichever step fails, the exit code says so and nothing is left`,
    ignore,
    fn: async () => {
      for (const tool of ["cp", "chmod", "mv", "tar", "mkdir", "mktemp", "dirname", "uname"]) {
        await using bench = await released();
        const before = bench.left();
        await bench.fake(tool, "exit 1");
        const end = await install(bench, { shell });
        assert(end.code !== 0, `${tool} failed, and the installer ended with 0: ${end.out}`);
        assertEquals(bench.left(), before, tool);
      }
    },
  });

  Deno.test({
    name: `${shell}: --dry-run writes nothing, and says what it would`,
    ignore,
    fn: async () => {
      await using bench = await released();
      const file = `${bench.home}/.local/bin/ouroboros`;
      const first = await install(bench, { shell, args: ["--dry-run", "--setup", "codex"] });
      assertEquals([first.code, first.err], [0, ""]);
      assertStringIncludes(first.out, `/download/v1.2.3/${ARCHIVE}`);
      assertStringIncludes(first.out, `Would install ${file}`);
      assertStringIncludes(first.out, `Would run ${file} setup --runtime codex`);
      assertEquals(bench.left(), []);
      await install(bench, { shell });
      const second = await install(bench, { shell, args: ["--dry-run"] });
      assertStringIncludes(second.out, `Would replace ${file}`);
      assertEquals(bench.left(), PLACED);
    },
  });
}

Deno.test({
  name: "--dir and OUROBOROS_INSTALL_DIR choose the folder, --dir first",
  ignore,
  fn: async () => {
    await using bench = await released();
    const env = { OUROBOROS_INSTALL_DIR: `${bench.home}/from env` };
    await install(bench, { env });
    assertEquals(bench.left(), ["home/from env/", "home/from env/ouroboros"]);
    await Deno.remove(`${bench.home}/from env`, { recursive: true });
    for (const dir of [`${bench.home}/a b/`, "~/a b", "home of a user/a b"]) {
      const end = await install(bench, { env, args: [`--dir=${dir}`] });
      assertEquals([end.code, end.err], [0, ""]);
      assertEquals(bench.left(), ["home/a b/", "home/a b/ouroboros"], dir);
      await Deno.remove(`${bench.home}/a b`, { recursive: true });
    }
  },
});

Deno.test({
  name: "a folder that cannot be written is named before anything is downloaded",
  ignore,
  fn: async () => {
    await using bench = await released();
    await Deno.writeTextFile(`${bench.home}/file`, "");
    await Deno.symlink("nowhere", `${bench.home}/dangling`);
    const dirs = [`${bench.home}/file`, `${bench.home}/file/bin`, `${bench.home}/dangling`];
    // To root every folder is writable, but for those of the system itself.
    if (Deno.build.os === "linux") dirs.push("/proc/ouroboros/bin");
    if (!isRoot) {
      await Deno.mkdir(`${bench.home}/shut`, { mode: 0o555 });
      dirs.push(`${bench.home}/shut`, `${bench.home}/shut/bin`);
    }
    const before = bench.left();
    for (const dir of dirs) {
      const end = await install(bench, { args: ["--dir", dir] });
      assertEquals([dir, end.code], [dir, 1]);
      assertStringIncludes(end.err, dir);
      assertEquals(bench.left(), before);
    }
  },
});

Deno.test({
  name: "a folder that was there before stays when the rest fails",
  ignore,
  fn: async () => {
    await using bench = await released();
    await Deno.mkdir(`${bench.home}/.local`);
    await bench.fake("chmod", "exit 1");
    assertEquals((await install(bench)).code, 1);
    assertEquals(bench.left(), ["home/.local/"]);
  },
});

Deno.test({
  name: "a program that does not start, or is another one, is not put in place of one that works",
  ignore,
  fn: async () => {
    await using bench = await released();
    await install(bench);
    const file = `${bench.home}/.local/bin/ouroboros`;
    const wrong: [string, string][] = [
      ["#!/bin/sh\necho 'libc: no version GLIBC_9.9' >&2\nexit 1\n", "GLIBC_9.9"],
      [fakeProgram("1.2.33"), 'not version "1.2.3"'],
      ["#!/bin/sh\necho 'something else 1.2.3'\n", "something else"],
    ];
    for (const [program, word] of wrong) {
      await republish(bench, program);
      const end = await install(bench);
      assertEquals(end.code, 1);
      assertStringIncludes(end.err, word);
      assertEquals(await Deno.readTextFile(file), fakeProgram("1.2.3"));
      assertEquals(bench.left(), PLACED);
    }
  },
});

Deno.test({
  name: "an archive with a link, or without a program, installs nothing",
  ignore,
  fn: async () => {
    await using bench = await released();
    await republish(bench, undefined);
    const end = await install(bench);
    assertEquals(end.code, 1);
    assertStringIncludes(end.err, "holds no program");
    assertEquals(bench.left(), []);
  },
});

const LINKS: [string, string][] = [
  [".local/share/uv/tools/ouroboros-ai/bin/ouroboros", "uv tool uninstall ouroboros-ai"],
  [".local/share/pipx/venvs/ouroboros-ai/bin/ouroboros", "pipx uninstall ouroboros-ai"],
  ["lib/node_modules/ouroboros/bin.js", "installed by npm"],
  ["opt/ouroboros", "a symbolic link"],
];
const FILES: [string, string][] = [
  ["#!/usr/bin/python3\nfrom ouroboros.cli.main import app\n", "pip uninstall ouroboros-ai"],
  ["#!/bin/sh\n'''exec' '/a b/python3' \"$0\" \"$@\"\n' '''\n", "pip uninstall ouroboros-ai"],
  ["#!/bin/sh\nexec something\n", "a script"],
  ["\x7fELF\x00\x01\x02", "another program"],
];

Deno.test({
  name: "what uv, pipx, pip, npm or somebody else put there is named and not replaced",
  ignore,
  fn: async () => {
    await using bench = await released();
    const folder = `${bench.home}/.local/bin`;
    const file = `${folder}/ouroboros`;
    await Deno.mkdir(folder, { recursive: true });
    for (const [target, word] of LINKS) {
      // With and without something at its other end.
      for (const there of [false, true]) {
        const path = `${bench.home}/${target}`;
        if (there) await Deno.mkdir(path.replace(/[^/]*$/, ""), { recursive: true });
        if (there) await writeProgram(path, fakeProgram("1.0.0"));
        await Deno.symlink(path, file);
        await refused(bench, word);
        assertEquals(await Deno.readLink(file), path);
        await Deno.remove(file);
      }
    }
    for (const [text, word] of FILES) {
      await writeProgram(file, text);
      await refused(bench, word);
      assertEquals(await Deno.readTextFile(file), text);
    }
    await Deno.remove(file);
    await Deno.mkdir(file);
    await refused(bench, "a folder");
  },
});

Deno.test({
  name: "what is no file at all is refused, and nobody waits for what a pipe will say",
  ignore: ignore || whereIs("mkfifo") === undefined,
  fn: async () => {
    await using bench = await released();
    const folder = `${bench.home}/.local/bin`;
    await Deno.mkdir(folder, { recursive: true });
    await new Deno.Command("mkfifo", { args: [`${folder}/ouroboros`] }).output();
    const { pid, end } = bench.start({ env: { OUROBOROS_RELEASES: bench.releases } });
    // An installer that waits would wait for ever: its whole group is ended.
    const late = setTimeout(() => Deno.kill(-pid, "SIGKILL"), 60_000);
    const { code, err } = await end;
    clearTimeout(late);
    assertEquals(code, 1, err);
    assertStringIncludes(err, "is a pipe, a socket or a device: it is not replaced");
    assertEquals((await Deno.lstat(`${folder}/ouroboros`)).isFifo, true);
    assertEquals(bench.left(), PLACED);
  },
});

Deno.test({
  name: "it says what PATH needs in the words of the shell, and which other ouroboros comes first",
  ignore,
  fn: async () => {
    await using bench = await released();
    const words: [string, string][] = [
      ["/bin/bash", '~/.bashrc: export PATH="$HOME/.local/bin:$PATH"'],
      ["/usr/bin/zsh", '~/.zshrc: export PATH="$HOME/.local/bin:$PATH"'],
      ["/usr/bin/fish", 'fish_add_path "$HOME/.local/bin"'],
      ["/bin/ksh", '~/.profile: export PATH="$HOME/.local/bin:$PATH"'],
    ];
    for (const [SHELL, word] of words) {
      assertStringIncludes((await install(bench, { env: { SHELL } })).out, word);
    }
    assertEquals(bench.left(), PLACED);
    await bench.fake("ouroboros", "exit 0");
    const PATH = `${bench.bin}:${bench.home}/.local/bin`;
    const end = await install(bench, { env: { PATH } });
    assertStringIncludes(end.out, `finds another ouroboros first: ${bench.bin}/ouroboros`);
    assert(!end.out.includes("does not hold"), end.out);
  },
});

Deno.test({
  name: "wrong options end with 2 and a word, and --help with 0",
  ignore,
  fn: async () => {
    await using bench = await released();
    const wrong = [
      ["--what"],
      ["--dir"],
      ["--setup", ""],
      ["--setup", "--yes"],
      ["--from", "x", "--version", "1.2.3"],
      ["--from-source", "--version", "1.2.3"],
      ["1.2.3"],
    ];
    for (const args of wrong) {
      const end = await bench.run({ args });
      assertEquals([args, end.code, end.out], [args, 2, ""]);
      assertStringIncludes(end.err, "Error: ");
    }
    const help = await bench.run({ args: ["--help"] });
    assertEquals([help.code, help.err], [0, ""]);
    assertEquals(bench.left(), []);
  },
});

Deno.test({
  name: "without HOME it asks for a folder",
  ignore,
  fn: async () => {
    await using bench = await released();
    const without = await install(bench, { env: { HOME: "" } });
    assertEquals(without.code, 1);
    assertStringIncludes(without.err, "HOME is not set");
    const dir = `${bench.home}/bin`;
    assertEquals((await install(bench, { env: { HOME: "" }, args: ["--dir", dir] })).code, 0);
    assertEquals(bench.left(), ["home/bin/", "home/bin/ouroboros"]);
  },
});

async function released(): Promise<InstallBench> {
  const bench = await installBench();
  await bench.release("1.2.3");
  return bench;
}

async function install(bench: InstallBench, start: InstallStart = {}) {
  const env = { OUROBOROS_RELEASES: bench.releases, ...start.env };
  return await bench.run({ ...start, args: ["--yes", ...start.args ?? []], env });
}

async function refused(bench: InstallBench, word: string): Promise<void> {
  const before = bench.left();
  const end = await install(bench);
  assertEquals([end.code, end.out], [1, ""], word);
  assertStringIncludes(end.err, word);
  assertStringIncludes(end.err, "--dir FOLDER");
  assertEquals(bench.left(), before);
}

/** Publishes version 1.2.3 again with another program in it; with a link where it is undefined. */
async function republish(bench: InstallBench, program: string | undefined): Promise<void> {
  const folder = `${bench.releases}/pack`;
  const file = `${bench.releases}/download/v1.2.3/${ARCHIVE}`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.remove(`${folder}/ouroboros`).catch(() => {});
  if (program === undefined) await Deno.symlink("LICENSE", `${folder}/ouroboros`);
  else await writeProgram(`${folder}/ouroboros`, program);
  for (const name of ["LICENSE", "README.md"]) await Deno.writeTextFile(`${folder}/${name}`, "");
  await packArchive(folder, file);
  const list = `${bench.releases}/download/v1.2.3/checksums.txt`;
  await Deno.writeTextFile(list, `${await sha256Of(file)}  ${ARCHIVE}\n`);
}
