/** `ouroboros update` on copies of the compiled program, against a release server on loopback. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };
import { PROGRAM_MARK } from "../../lib/app/update/release.ts";
import { sha256Of, writeProgram } from "../helpers/install_bench.ts";
import { onBinary } from "../helpers/program.ts";
import { type ReleaseServer, releaseServer } from "../helpers/release_server.ts";
import { tempDir } from "../helpers/temp_dir.ts";

// A program of macOS with other bytes in it needs another signature.
const ignore = !onBinary || Deno.build.os !== "linux";
const OLD = denoJson.version;
/** As long as the present one, so that it can be written over it. */
const NEW = OLD.replace(/\d/g, "9");
const ARCHIVE = `ouroboros-${Deno.build.target}.tar.gz`;

/** The program under test in a folder of its own, with a release server beside it. */
interface UpdateBench extends AsyncDisposable {
  file: string;
  folder: string;
  releases: string;
  server: ReleaseServer;
  run(args: readonly string[], env?: Record<string, string>): Promise<UpdateEnd>;
  /** Publishes an archive with this program in it. */
  publish(program: Uint8Array): Promise<void>;
  /** Names beside the program, and the version that it says. */
  state(): Promise<[string[], string]>;
}

interface UpdateEnd {
  code: number;
  out: string;
  err: string;
}

Deno.test({
  name: "it becomes the latest release, keeps the previous program, and goes back and forth",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await bench.publish(await newerProgram());
    assertEquals(JSON.parse((await bench.run(["--check", "--json"])).out), {
      outcome: "available",
      version: OLD,
      to: NEW,
      file: null,
      previous: null,
    });
    const dry = await bench.run(["--dry-run"]);
    assertEquals([dry.code, dry.out], [0, `Would replace ${bench.file} (${OLD}) by ${NEW}\n`]);
    assertEquals(await bench.state(), [["ouroboros"], OLD]);
    assertEquals(new Set(bench.server.asked), new Set(["/latest/download/version.txt"]));

    await Deno.chmod(bench.file, 0o750);
    const done = await bench.run(["--json"]);
    assertEquals(done.code, 0, done.err);
    assertEquals(JSON.parse(done.out), {
      outcome: "replaced",
      version: OLD,
      to: NEW,
      file: bench.file,
      previous: `${bench.folder}/ouroboros.previous`,
    });
    assertEquals(await bench.state(), [["ouroboros", "ouroboros.previous"], NEW]);
    assertEquals(((await Deno.stat(bench.file)).mode ?? 0) & 0o777, 0o750);

    const again = await bench.run([]);
    assertEquals([again.code, again.out], [0, `ouroboros ${NEW} is up to date\n`]);

    const asked = bench.server.asked.length;
    for (const version of [OLD, NEW]) {
      const back = await bench.run(["--rollback", "--json"]);
      assertEquals(JSON.parse(back.out).to, version, back.err);
      assertEquals(await bench.state(), [["ouroboros", "ouroboros.previous"], version]);
    }
    assertEquals(bench.server.asked.length, asked);
  },
});

Deno.test({
  name: "the new program sets up anew what is on record; a failure of that is 1, and no way back",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await using dir = await tempDir();
    const [home, bin] = [`${dir.path}/home`, `${dir.path}/bin`];
    await Deno.mkdir(home);
    await Deno.mkdir(bin);
    await writeProgram(`${bin}/codex`, "echo codex-cli 99.0.0");
    const env = { HOME: home, PATH: `${bin}:/usr/bin:/bin` };
    const skill = `${home}/.codex/skills/ouroboros-help/SKILL.md`;
    const { success } = await new Deno.Command(bench.file, {
      args: ["setup", "codex", "--yes"],
      clearEnv: true,
      env,
      stdin: "null",
    }).output();
    assert(success);
    assertStringIncludes(await Deno.readTextFile(skill), `"${OLD}"`);
    await bench.publish(await newerProgram());
    const done = await bench.run([], env);
    assertEquals(done.code, 0, done.err + done.out);
    assertStringIncludes(done.out, "Hosts were brought up to date (codex)");
    assertStringIncludes(await Deno.readTextFile(skill), `"${NEW}"`);

    await Deno.writeTextFile(`${home}/.codex/config.toml`, "not = [toml\n");
    const failed = await bench.run(["--rollback"], env);
    assertEquals(failed.code, 1, failed.out);
    assertStringIncludes(failed.out, `is now ${OLD}`);
    assertStringIncludes(failed.out, "Hosts were not brought up to date: ");
    // It is on no PATH here, so that its whole path is typed.
    assertStringIncludes(failed.out, `'${bench.file}' setup --runtime codex --yes`);
    assertEquals((await bench.state())[1], OLD);
  },
});

Deno.test({
  name: "--from takes an archive and the address of a folder, and refuses what cannot be trusted",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await bench.publish(await newerProgram());
    const folder = `${bench.releases}/download/v${NEW}`;
    for (const from of [folder, `${folder}/${ARCHIVE}`]) {
      const dry = await bench.run(["--from", from, "--dry-run"]);
      assertEquals([dry.code, (await bench.state())[1]], [0, OLD], dry.err);
    }
    const address = `${bench.server.url}/download/v${NEW}/`;
    const end = await bench.run(["--from", address]);
    assertEquals([end.code, (await bench.state())[1]], [0, NEW], end.err);
    const again = await bench.run(["--from", `${folder}/${ARCHIVE}`]);
    assertEquals(again.out, `ouroboros ${NEW} is up to date\n`);
    const asked = bench.server.asked.length;
    const refused: [string, number, string][] = [
      [`${folder}/ouroboros-other.tar.gz`, 2, "for another system"],
      [`${folder}/x.tar.gz`, 2, "not the name"],
      [`${bench.releases}/nowhere`, 3, "There is no file"],
      ["http://example.com/x", 2, "not an address that is trusted"],
      ["http://127.0.0.1:1@example.com/x", 2, "not an address that is trusted"],
      ["https://example.com/x", 1, "may connect to the release host and this machine only"],
    ];
    for (const [from, code, word] of refused) {
      const end = await bench.run(["--from", from]);
      assertEquals([from, end.code], [from, code], end.err);
      assertStringIncludes(end.err, word);
    }
    assertEquals(bench.server.asked.length, asked);
  },
});

Deno.test({
  name: "what is not there, damaged, cut, foreign or does not start changes nothing",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    const before = await Deno.stat(bench.file);
    const path = `/download/v${NEW}`;
    const list = `${bench.releases}${path}/checksums.txt`;
    const { faults } = bench.server;
    const good = head(PROGRAM_MARK);
    const cases: [string, number, () => Promise<unknown> | unknown][] = [
      ["There is no", 3, () => faults.set("/latest/download/version.txt", 404)],
      ["HTTP 500", 1, () => faults.set(`${path}/${ARCHIVE}`, 500)],
      ["Download", 1, () => faults.set(`${path}/${ARCHIVE}`, "cut")],
      ["There is no", 3, () => faults.set(`${path}/checksums.txt`, 404)],
      ["does not name it", 3, () => Deno.writeTextFile(list, "")],
      ["no single checksum", 1, () => Deno.writeTextFile(list, `yes  ${ARCHIVE}\n`)],
      [
        "not the file that was published",
        1,
        () => Deno.writeTextFile(list, `${"0".repeat(64)}  ${ARCHIVE}\n`),
      ],
      ["not this program", 1, () => bench.publish(head("something else"))],
      ["for another system", 1, () => bench.publish(head(PROGRAM_MARK, 183 + 62 - MACHINE))],
      ["does not run on this system", 1, () => bench.publish(good)],
      [
        "holds no version",
        1,
        () => Deno.writeTextFile(`${bench.releases}/latest/download/version.txt`, "<html>"),
      ],
    ];
    for (const [word, code, spoil] of cases) {
      faults.clear();
      await bench.publish(good);
      await spoil();
      const end = await bench.run([]);
      assertEquals([word, end.code], [word, code], end.err);
      assertStringIncludes(end.err, word);
      assertEquals(await bench.state(), [["ouroboros"], OLD], word);
      const after = await Deno.stat(bench.file);
      assertEquals([after.ino, after.mtime], [before.ino, before.mtime]);
    }
    const none = await bench.run(["--rollback"]);
    assertEquals(none.code, 3, none.err);
  },
});

Deno.test({
  name: "Ctrl-C in the middle of the download leaves everything as it was",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await bench.publish(head(PROGRAM_MARK));
    bench.server.faults.set(`/download/v${NEW}/${ARCHIVE}`, "stall");
    const child = new Deno.Command(bench.file, {
      args: ["update"],
      clearEnv: true,
      env: { HOME: bench.folder, OUROBOROS_RELEASES: bench.server.url },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    await bench.server.stalled;
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    assertEquals(code, 7, new TextDecoder().decode(stderr));
    assertEquals(await bench.state(), [["ouroboros"], OLD]);
  },
});

Deno.test({
  name: "a file that is not its own to replace is refused before the network is asked",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await bench.publish(await newerProgram());
    const asked = bench.server.asked.length;
    for (const place of ["Cellar/ouroboros", "lib/node_modules/ouroboros"]) {
      const folder = `${bench.folder}/../${place}`;
      await Deno.mkdir(folder, { recursive: true });
      await Deno.rename(bench.file, `${folder}/ouroboros`);
      // Through a link, as package managers do it.
      await Deno.symlink(`${folder}/ouroboros`, bench.file);
      const end = await bench.run([]);
      assertEquals(end.code, 1);
      assertStringIncludes(end.err, "was installed by");
      await Deno.remove(bench.file);
      await Deno.rename(`${folder}/ouroboros`, bench.file);
    }
    if (Deno.uid() === 0) {
      await Deno.chown(bench.file, 12345, 12345);
      const end = await bench.run([]);
      assertStringIncludes(end.err, "belongs to another user");
      await Deno.chown(bench.file, 0, 0);
    } else {
      await Deno.chmod(bench.folder, 0o555);
      const end = await bench.run(["--from", `${bench.releases}/download/v${NEW}`]);
      assertStringIncludes(end.err, `Write into "${bench.folder}"`);
      await Deno.chmod(bench.folder, 0o755);
    }
    assertEquals(bench.server.asked.length, asked);
    assertEquals(await bench.state(), [["ouroboros"], OLD]);
  },
});

Deno.test({
  name: "a link to the program stays a link, and a file of somebody's called previous stays theirs",
  ignore,
  fn: async () => {
    await using bench = await updateBench();
    await bench.publish(await newerProgram());
    const link = `${bench.folder}/../link`;
    await Deno.symlink(bench.file, link);
    await Deno.writeTextFile(`${bench.folder}/ouroboros.previous`, "mine");
    const run = async () =>
      await new Deno.Command(link, {
        args: ["update"],
        clearEnv: true,
        env: { HOME: bench.folder, OUROBOROS_RELEASES: bench.server.url },
      }).output();
    const refused = await run();
    assertEquals(refused.code, 1);
    assertStringIncludes(new TextDecoder().decode(refused.stderr), "not ours");
    assertEquals(await Deno.readTextFile(`${bench.folder}/ouroboros.previous`), "mine");
    assertEquals((await bench.state())[1], OLD);
    await Deno.remove(`${bench.folder}/ouroboros.previous`);
    assertEquals((await run()).code, 0);
    assertEquals(await Deno.readLink(link), bench.file);
    assertEquals(await bench.state(), [["ouroboros", "ouroboros.previous"], NEW]);
  },
});

async function updateBench(): Promise<UpdateBench> {
  const dir = await tempDir();
  const [folder, releases] = [`${dir.path}/a folder`, `${dir.path}/releases`];
  for (const path of [folder, `${releases}/latest/download`, `${releases}/download/v${NEW}`]) {
    await Deno.mkdir(path, { recursive: true });
  }
  const file = `${folder}/ouroboros`;
  await Deno.copyFile(Deno.env.get("OUROBOROS_BIN")!, file);
  const server = releaseServer(releases);
  const home = `${dir.path}/home`;
  await Deno.mkdir(home);
  return {
    file,
    folder,
    releases,
    server,
    async run(args, env = {}) {
      const { code, stdout, stderr } = await new Deno.Command(file, {
        args: ["update", ...args],
        cwd: home,
        clearEnv: true,
        env: { HOME: home, OUROBOROS_RELEASES: server.url, ...env },
        stdin: "null",
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      assertEquals([...Deno.readDirSync(home)], [], "Something was left in HOME");
      return { code, out: text(stdout), err: text(stderr) };
    },
    async publish(program) {
      const pack = `${dir.path}/pack`;
      const place = `${releases}/download/v${NEW}`;
      await Deno.mkdir(pack, { recursive: true });
      await writeProgram(`${pack}/ouroboros`, "");
      await Deno.writeFile(`${pack}/ouroboros`, program);
      for (const name of ["LICENSE", "README.md"]) await Deno.writeTextFile(`${pack}/${name}`, "x");
      // As a release packs it, but quickly.
      const script = 'tar -C "$0" -cf - LICENSE ouroboros README.md | gzip -1 >"$1"';
      const args = ["-c", script, pack, `${place}/${ARCHIVE}`];
      assert((await new Deno.Command("sh", { args }).output()).success);
      const sum = await sha256Of(`${place}/${ARCHIVE}`);
      await Deno.writeTextFile(`${place}/checksums.txt`, `${sum}  ${ARCHIVE}\n`);
      await Deno.writeTextFile(`${releases}/latest/download/version.txt`, `${NEW}\n`);
    },
    async state() {
      const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
      const { stdout } = await new Deno.Command(file, { args: ["--version"] }).output();
      return [names, new TextDecoder().decode(stdout).trim().replace("ouroboros ", "")];
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

let newer: Promise<Uint8Array> | undefined;

/** The program under test with another number in it. */
function newerProgram(): Promise<Uint8Array> {
  return newer ??= (async () => {
    const bytes = await Deno.readFile(Deno.env.get("OUROBOROS_BIN")!);
    const text = (value: string) => new TextEncoder().encode(value);
    const found = indexOf(bytes, text(`version: "${OLD}"`));
    assert(found > 0, "The version does not stand in the program as it did");
    bytes.set(text(`version: "${NEW}"`), found);
    return bytes;
  })();
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

/** The number that an ELF header has for this processor. */
const MACHINE = Deno.build.arch === "aarch64" ? 183 : 62;

/** Something with the header of a program for Linux, and no more than a text in it. */
function head(text: string, machine = MACHINE): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes[18] = machine;
  // Broken for a shell too, which the system falls back to.
  bytes.set(new TextEncoder().encode(`\n) ${text}`), 1024);
  return bytes;
}
