/** `install.sh --setup NAME` with a release of the compiled program itself, in an empty home. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };
import { inDialogue, type Turn } from "../helpers/dialogue.ts";
import { CAN_MAKE_TERMINALS } from "../helpers/in_terminal.ts";
import {
  type InstallBench,
  installBench,
  INSTALLER,
  PLACED,
  PLATFORMS,
  sha256Of,
  whereIs,
} from "../helpers/install_bench.ts";
import { onBinary, programCommand } from "../helpers/program.ts";
import { releaseServer } from "../helpers/release_server.ts";
import { HOSTS, writeStub } from "../helpers/setup_bench.ts";

const platform = PLATFORMS.find(([, , target]) => target === Deno.build.target);
const ignore = !onBinary || platform === undefined;
const HOST = HOSTS.find((one) => one.placement.mcp.format === "toml")!;
const ENTRY = `${HOST.placement.home.path}/${HOST.placement.mcp.files[0]}`;

Deno.test({
  name: "through a pipe and without a terminal: --yes sets up, else 4, and a failure of setup is 1",
  ignore,
  fn: async () => {
    await using bench = await releaseBench();
    const { install, env } = bench;
    const unasked = await install.run({ piped: true, args: ["--setup", HOST.id], env });
    assertEquals(unasked.code, 4, unasked.err);
    // Its folder is not on PATH.
    const hint = `Try: ~/.local/bin/ouroboros setup --runtime ${HOST.id} --yes\n`;
    assertStringIncludes(unasked.err, hint);
    assertEquals(install.left(), PLACED, "something but the program was written");

    const done = await install.run({ piped: true, args: ["--setup", HOST.id, "--yes"], env });
    assertEquals(done.code, 0, done.err);
    // Skills type the bare name.
    assertStringIncludes(done.out, 'type export PATH="$HOME/.local/bin:$PATH"\n');
    const entry = await Deno.readTextFile(`${install.home}/${ENTRY}`);
    assertStringIncludes(entry, `"${install.home}/.local/bin/ouroboros"`);
    assertEquals(install.left().filter((path) => path.startsWith("tmp/")), []);

    const placed = `${install.home}/.local/bin/ouroboros`;
    const uninstall = new Deno.Command(placed, {
      args: ["uninstall", "--yes"],
      cwd: install.home,
      clearEnv: true,
      env: { HOME: install.home, PATH: install.bin },
    });
    assertEquals((await uninstall.output()).code, 0);
    assertEquals(install.left(), PLACED, "uninstall left something");

    await Deno.mkdir(`${install.home}/${HOST.placement.home.path}`);
    await Deno.writeTextFile(`${install.home}/${ENTRY}`, "not = = toml\n");
    const failed = await install.run({ args: ["--setup", HOST.id, "--yes"], env });
    assertEquals(failed.code, 1, failed.err);
    assertStringIncludes(failed.err, `${ENTRY}`);
    assertEquals(await Deno.readTextFile(`${install.home}/${ENTRY}`), "not = = toml\n");
  },
});

Deno.test({
  name: "through a pipe on a terminal, setup shows its diff there and waits for the answer",
  ignore: ignore || !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await releaseBench();
    const { install } = bench;
    const answers: readonly (readonly [Turn, number])[] = [
      [["Write this?", "n"], 7],
      [["Write this?", "\r"], 0],
    ];
    for (const [turn, expected] of answers) {
      const line = `cat '${INSTALLER}' | /bin/sh -s -- --setup ${HOST.id}`;
      const { shown, code } = await inDialogue(line, {
        // Its host refuses our tools where nobody can be asked: whether that stays so is asked first.
        turns: [["Approve ours", "\r"], turn],
        cwd: install.home,
        columns: 200,
        env: {
          HOME: install.home,
          TMPDIR: install.tmp,
          PATH: install.bin,
          TERM: "xterm",
          NO_COLOR: "1",
          ...bench.env,
        },
      });
      assertEquals(code, expected, shown);
      assert(shown.indexOf('MCP server "ouroboros"') < shown.indexOf("Write this?"), shown);
      const there = install.left().includes(`home/${ENTRY}`);
      assertEquals(there, expected === 0, shown);
    }
  },
});

interface ReleaseBench extends AsyncDisposable {
  install: InstallBench;
  env: Record<string, string>;
}

/** An empty home, a host's stub on PATH, and a server of a release of the program under test. */
async function releaseBench(): Promise<ReleaseBench> {
  const hash = whereIs("sha256sum") === undefined ? "shasum" : "sha256sum";
  const install = await installBench({ tools: ["curl", hash], platform: platform! });
  await writeStub(install.bin, HOST);
  const { version } = denoJson;
  const folder = `${install.releases}/download/v${version}`;
  const pack = `${install.releases}/pack`;
  for (const path of [folder, pack, `${install.releases}/latest/download`]) {
    await Deno.mkdir(path, { recursive: true });
  }
  await Deno.copyFile(programCommand()[0]!, `${pack}/ouroboros`);
  for (const name of ["LICENSE", "README.md"]) await Deno.writeTextFile(`${pack}/${name}`, "");
  const archive = `ouroboros-${Deno.build.target}.tar.gz`;
  await packQuickly(pack, `${folder}/${archive}`);
  const sum = await sha256Of(`${folder}/${archive}`);
  await Deno.writeTextFile(`${folder}/checksums.txt`, `${sum}  ${archive}\n`);
  await Deno.writeTextFile(`${install.releases}/latest/download/version.txt`, `${version}\n`);
  const server = releaseServer(install.releases);
  return {
    install,
    env: { OUROBOROS_RELEASES: server.url },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await install[Symbol.asyncDispose]();
    },
  };
}

/** Of a large program, how small the archive is does not matter here. */
async function packQuickly(folder: string, file: string): Promise<void> {
  const line = 'tar -C "$1" -cf - ouroboros LICENSE README.md | gzip -1 >"$2"';
  const { success } = await new Deno.Command("sh", { args: ["-c", line, "sh", folder, file] })
    .output();
  assert(success, `cannot make ${file}`);
}
