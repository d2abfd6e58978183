/**
 * What was broken after a set-up: an uninstall leaves all as it is and says why, and gives the home
 * back once that is mended. The same for our own receipt.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { smallDisk } from "../helpers/git_small_disk.ts";
import { type SetupBench, setupBench } from "../helpers/setup_bench.ts";
import { SHAPED_FILES, type ShapedFile } from "../helpers/setup_shapes.ts";
import { differences } from "../helpers/setup_snapshot.ts";

const windows = Deno.build.os === "windows";
const RECEIPT = ".ouroboros/install.json";

/** What somebody does to a file that was set up. */
const BREAKS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  "broken syntax": (path) => Deno.writeTextFile(path, '{"a": [1, \n= ]: "'),
  "not UTF-8": (path) => Deno.writeFile(path, new Uint8Array([0x61, 0xff, 0xfe, 0x0a])),
  "read-only": (path) => Deno.chmod(path, 0o444),
  "unreadable": (path) => Deno.chmod(path, 0o000),
  "a folder": async (path) => {
    await Deno.remove(path);
    await Deno.mkdir(path);
  },
  "a link to nothing": async (path) => {
    await Deno.remove(path);
    await Deno.symlink("not there", path);
  },
  "a link to the file": async (path) => {
    await Deno.rename(path, `${path}.of-mine`);
    await Deno.symlink(`${path}.of-mine`, path);
  },
};

for (const file of SHAPED_FILES) {
  Deno.test({
    name: `${file.name}: broken after its set-up, an uninstall changes nothing until it is mended`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const start = await bench.snapshot();
      assertEquals((await bench.setup(file.host, file.args)).code, 0);
      await bench.keep("set up");
      for (const [name, breakIt] of Object.entries(BREAKS)) {
        await breakIt(`${bench.home}/${file.path}`);
        await mustRefuse(bench, file, name);
        await bench.restore("set up");
      }
      const back = await bench.uninstall();
      assertEquals(back.code, 0, back.stdout + back.stderr);
      assertEquals(differences(start, await bench.snapshot()), []);
    },
  });
}

Deno.test({
  name: "a receipt that is damaged, or of a later version, stops everything and is named",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench();
    assertEquals((await bench.setup("codex")).code, 0);
    const receipt = `${bench.home}/${RECEIPT}`;
    const right = await Deno.readTextFile(receipt);
    const texts = {
      empty: "",
      "plain words": "words\n",
      "a list": "[]\n",
      null: "null\n",
      cut: right.slice(0, right.length / 2),
      "of a later version": right.replace('"version": 1', '"version": 2'),
      "a key more": right.replace('"version": 1', '"version": 1, "other": true'),
      "NUL bytes": `\0${right}`,
    };
    for (const [name, text] of Object.entries(texts)) {
      await Deno.writeTextFile(receipt, text);
      const before = await bench.snapshot();
      for (
        const end of [
          await bench.uninstall(),
          await bench.setup("codex"),
          await bench.setup("all"),
          await bench.run(["setup", "--status"]),
        ]
      ) {
        assertEquals(end.code, 1, `${name}: ${end.stdout}${end.stderr}`);
        assertStringIncludes(end.stderr, RECEIPT, name);
        assert(!/internal|defect/.test(end.stderr), end.stderr);
      }
      assertEquals(differences(before, await bench.snapshot(), { written: true }), [], name);
    }
  },
});

Deno.test({
  name: "a disk that is full when a set-up is taken back changes nothing, or gives the home back",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench();
    const folder = `${bench.home}/.codex`;
    await bench.keep("start");
    await using disk = await smallDisk(folder, "256k");
    if (disk === undefined) return;
    await Deno.copyFile(`${bench.path}/kept start/.codex/config.toml`, `${folder}/config.toml`);
    const start = await bench.snapshot();
    assertEquals((await bench.setup("codex")).code, 0);
    await fill(`${folder}/room`);
    const before = await bench.snapshot();
    const full = await bench.uninstall();
    const after = await bench.snapshot();
    if (full.code !== 0) {
      assertStringIncludes(full.stderr, "no space");
      assertEquals(differences(before, after), []);
    }
    await Deno.remove(`${folder}/room`);
    assertEquals((await bench.uninstall()).code, 0);
    assertEquals(differences(start, await bench.snapshot()), []);
  },
});

async function mustRefuse(bench: SetupBench, file: ShapedFile, name: string): Promise<void> {
  const before = await bench.snapshot();
  const end = await bench.uninstall();
  const said = `${name}: ${end.stdout}${end.stderr}`;
  assertEquals(end.code, 1, said);
  assertStringIncludes(end.stderr, file.path, said);
  assert(!/internal|defect/.test(end.stderr), said);
  assertEquals(differences(before, await bench.snapshot()), [], name);
}

async function fill(path: string): Promise<void> {
  using room = await Deno.open(path, { write: true, create: true });
  try {
    for (;;) await room.write(new Uint8Array(512));
  } catch {
    // Nothing is left.
  }
}
