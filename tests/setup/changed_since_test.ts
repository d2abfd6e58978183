/**
 * What a person did to files after a set-up, seen from outside: their words stay, what stays is
 * named, and the exit code tells a failure from their own choice.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { HOSTS, type SetupBench, setupBench } from "../helpers/setup_bench.ts";
import { fillFormer, FORMER_LAUNCHERS } from "../helpers/setup_former.ts";
import { differences, differingPaths } from "../helpers/setup_snapshot.ts";

const windows = Deno.build.os === "windows";
const CONFIG = ".ouroboros/config.yaml";

/** Where in our entry a person writes a comment: a file, a word of ours above it, the comment. */
const COMMENTS = [
  {
    host: "codex",
    path: ".codex/config.toml",
    above: "[mcp_servers.ouroboros]",
    text: "# of mine",
  },
  { host: "hermes", path: ".hermes/config.yaml", above: "  ouroboros:", text: "    # of mine" },
  {
    host: "opencode",
    path: ".config/opencode/opencode.jsonc",
    above: '"ouroboros": {\n',
    text: "// of mine",
  },
  { host: "codex", path: CONFIG, above: "orchestrator:", text: "  # of mine" },
] as const;

for (const { host, path, above, text } of COMMENTS) {
  Deno.test({
    name: `${path}: a comment in what setup wrote keeps the file and fails, until it is moved`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench({ filled: path !== CONFIG });
      const start = await bench.snapshot();
      assertEquals((await bench.setup(host)).code, 0);
      const set = await read(bench, path);
      const at = set.lastIndexOf(above) + above.trimEnd().length;
      const mine = `${set.slice(0, at)}\n${text}${set.slice(at)}`;
      await Deno.writeTextFile(`${bench.home}/${path}`, mine);

      const end = await bench.uninstall();
      assertEquals(end.code, 1, end.stdout + end.stderr);
      assertMatch(end.stdout, /^Stays\s/m);
      assertStringIncludes(end.stdout, `~/${path}: changed since`);
      assertStringIncludes(end.stderr, "a comment of yours in ours");
      assertEquals(await read(bench, path), mine);

      await Deno.writeTextFile(`${bench.home}/${path}`, set);
      const back = await bench.uninstall();
      assertEquals(back.code, 0, back.stdout + back.stderr);
      assertEquals(differences(start, await bench.snapshot()), []);
    },
  });
}

Deno.test({
  name: "a runtime that was chosen after a set-up is its owner's: it alone stays, named, exit 0",
  ignore: windows,
  fn: async () => {
    for (const filled of [false, true]) {
      await using bench = await setupBench({ filled });
      const start = await bench.snapshot();
      assertEquals((await bench.setup("codex")).code, 0);
      assertEquals((await bench.run(["config", "runtime", "hermes"])).code, 0);
      const end = await bench.uninstall();
      assertEquals(end.code, 0, end.stdout + end.stderr);
      assertMatch(end.stdout, /orchestrator\.runtime_backend\s+since:\s+it is yours and stays/);
      const paths = differingPaths(start, await bench.snapshot());
      assertEquals(paths, filled ? [CONFIG] : [".ouroboros", CONFIG]);
      const left = await read(bench, CONFIG);
      assertMatch(left, /^ {2}runtime_backend: "?hermes"?/m);
      assert(!left.includes("codex_cli_path"), left);
      // As if nobody but its owner had ever written it.
      if (filled) continue;
      await using other = await setupBench({ filled });
      assertEquals((await other.run(["config", "runtime", "hermes"])).code, 0);
      assertEquals(left, await read(other, CONFIG));
    }
  },
});

for (const host of HOSTS) {
  Deno.test({
    name:
      `${host.id}: what an earlier installer wrote comes back, and the last lines name what takes it`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const clean = await bench.snapshot();
      const former = await fillFormer(bench.home, host, FORMER_LAUNCHERS.uvx!);
      const before = await bench.snapshot();
      assertEquals((await bench.setup(host.id)).code, 0);
      const end = await bench.uninstall();
      assertEquals(end.code, 0, end.stdout + end.stderr);
      const after = await bench.snapshot();
      assertEquals(after.get(former.file)?.text, before.get(former.file)?.text);
      const words = end.stdout.replaceAll(/\s+/g, " ");
      assertStringIncludes(words, "Left by an earlier installer");
      assertStringIncludes(words, `~/${former.file}`);
      assertStringIncludes(words, "to take that out too: ouroboros uninstall");
      // Its folders do not stay behind with nothing in them.
      const bare = [...after].filter(([path, { kind }]) =>
        kind === "folder" && !clean.has(path) &&
        ![...after.keys()].some((other) => other.startsWith(`${path}/`))
      );
      assertEquals(bare.map(([path]) => path), []);
      const second = await bench.uninstall();
      assertEquals(second.code, 0, second.stdout + second.stderr);
      assert(!second.stdout.includes("earlier installer"), second.stdout);
    },
  });
}

Deno.test({
  name: "without its receipt an uninstall says what stays: our configuration and folders",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench({ filled: false });
    assertEquals((await bench.setup("all")).code, 0);
    await Deno.remove(`${bench.home}/.ouroboros/install.json`);
    const end = await bench.uninstall();
    assertEquals(end.code, 0, end.stdout + end.stderr);
    const said = (end.stdout + end.stderr).replaceAll(/\s+/g, " ");
    assertStringIncludes(said, `~/${CONFIG}: no receipt says what of it setup wrote: it stays`);
    for (const [path, { kind }] of await bench.snapshot()) {
      if (path === "" || path === CONFIG || path === ".ouroboros") continue;
      assertEquals(kind, "folder", path);
      assertStringIncludes(said, `${path}"`, "it is empty, and not named");
    }
  },
});

async function read(bench: SetupBench, path: string): Promise<string> {
  return await Deno.readTextFile(`${bench.home}/${path}`);
}
