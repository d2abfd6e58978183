/**
 * Verification steps 8 to 12 of the review, by their numbers, and what its finding H4 asks for.
 * Each looks at more than the original did: at every file inside of the program, and at the whole
 * of a home. Steps 8 to 10 need a compiled program (`OUROBOROS_BIN`).
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { smoke } from "../../.ci/smoke.ts";
import { sha256 } from "../../lib/kernel/digest.ts";
import { embeddedFiles, embeddedText } from "../helpers/embedded_files.ts";
import { whereIs } from "../helpers/install_bench.ts";
import { onBinary, programCommand, type ProgramEnd } from "../helpers/program.ts";
import {
  declared,
  fillHome,
  type Host,
  HOSTS,
  isDeclared,
  type SetupBench,
  setupBench,
} from "../helpers/setup_bench.ts";
import { fillFormer, FORMER_LAUNCHERS } from "../helpers/setup_former.ts";
import { differences, differingPaths } from "../helpers/setup_snapshot.ts";
import { sourceFiles } from "../helpers/source_files.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const windows = Deno.build.os === "windows";
const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname).replace(/\/$/, "");
const PROGRAM = programCommand()[0]!;

/** `skills/` of the tree: path below it, and digest. */
const BUNDLES = sourceFiles("skills", [""]).map(({ path }) => ({
  path,
  digest: sha256(Deno.readFileSync(`${ROOT}/${path}`)),
}));
const NAMES = [...new Set(BUNDLES.map(({ path }) => path.split("/")[1]!))];

if (onBinary) {
  Deno.test("step 8, build: one file that starts alone, without network, and leaves nothing", async () => {
    await using dir = await tempDir();
    await Deno.copyFile(PROGRAM, `${dir.path}/ouroboros`);
    assertMatch(await smoke(`${dir.path}/ouroboros`), /^ouroboros \d+\.\d+\.\d+/);
    assertEquals([...Deno.readDirSync(dir.path)].map((entry) => entry.name), ["ouroboros"]);
  });

  Deno.test("step 9, contents: code and the bundles of the tree, to the byte, and nothing else", async () => {
    const files = await embeddedFiles(PROGRAM);
    const bundles = files.filter(({ path }) => path.startsWith("skills/"));
    assertEquals(bundles.map(({ path, bytes }) => ({ path, digest: sha256(bytes) })), BUNDLES);
    const others = files.map(({ path }) => path).filter((path) => !path.startsWith("skills/"));
    assertEquals(others.filter((path) => !/^[a-z0-9_]+(-[A-Z0-9]{8})?\.js$/.test(path)), []);
    // Neither the machine that it was made on nor anything of its tests went inside.
    const text = await embeddedText(PROGRAM);
    for (const word of [ROOT, "Deno.test("]) {
      assert(!text.includes(word), `the program holds "${word}"`);
    }
  });

  Deno.test("step 10, resolve: every bundle, from the program alone, in an empty folder", async () => {
    await using bench = await setupBench({ filled: false });
    const program = `${bench.path}/ouroboros`;
    await Deno.copyFile(PROGRAM, program);
    const before = await bench.snapshot();
    const hidden = await hidesTree(bench);
    const alone = { command: [program], ...(hidden ? { wrap: hidden } : {}) };
    const listed = async () => {
      const end = await bench.run(["skills", "--json"], alone);
      done(end);
      const bundles: { name: string; files: { path: string; digest: string }[] }[] = JSON.parse(
        end.stdout,
      );
      return bundles.flatMap(({ name, files }) =>
        files.map((file) => ({ path: `skills/${name}/${file.path}`, digest: file.digest }))
      ).sort((a, b) => a.path < b.path ? -1 : 1);
    };
    assertEquals(await listed(), BUNDLES);
    // A folder of that name where one stands is not ours.
    await Deno.mkdir(`${bench.cwd}/skills/run`, { recursive: true });
    await Deno.writeTextFile(`${bench.cwd}/skills/run/SKILL.md`, "---\nname: run\n---\nDecoy\n");
    assertEquals(await listed(), BUNDLES);
    assertEquals(differences(before, await bench.snapshot()), []);
    for (const host of HOSTS) {
      done(await bench.setup(host.id, [], alone));
      assertEquals(
        installedSkills(bench, host),
        NAMES.map((name) => prefixed(host, name)),
        host.id,
      );
    }
    if (hidden === undefined) console.log("skipped: the tree could not be hidden from the program");
  });
}

/** What steps 11 and 12 look at: a home of only a stub, as the review makes it, and one of a user. */
for (const host of HOSTS) {
  const step = host.id === "hermes" ? 11 : 12;
  for (const silent of [true, false]) {
    const stub = silent ? "the review's own stub, which says nothing" : "a stub that has a version";
    Deno.test({
      name: `step ${step}, ${host.id}: only its own files differ, with ${stub}`,
      ignore: windows,
      fn: async () => {
        await using bench = await setupBench({ found: [], filled: false, homeName: "home" });
        // HOME, TMPDIR and PATH lie in one folder there.
        const bin = `${bench.home}/.local/bin`;
        await Deno.mkdir(bin, { recursive: true });
        await stubOf(host, bin, silent);
        await fillHome(bench.home);
        const around = { env: { PATH: bin, TMPDIR: bench.home } };
        const before = await bench.snapshot();
        const end = await bench.setup(host.id, [], around);
        done(end);
        const after = await bench.snapshot();
        const odd = differingPaths(before, after).filter((path) =>
          !isDeclared(path, [declared(host)])
        );
        assertEquals(odd, []);
        for (const other of HOSTS.filter((one) => one !== host)) {
          const theirs = [...before.keys()].filter((path) => isTheirs(other, path, host));
          assert(theirs.length > 2, `the home holds next to nothing of ${other.id}`);
          for (const path of theirs) assertEquals(after.get(path), before.get(path), path);
        }
        const config = Deno.readTextFileSync(`${bench.home}/.ouroboros/config.yaml`);
        assertStringIncludes(config, `runtime_backend: "${host.id}"`);
        assertStringIncludes(config, "  backend: litellm   # must stay\n");
        assertEquals(installedSkills(bench, host), NAMES.map((name) => prefixed(host, name)));
        done(await bench.uninstall(undefined, around));
        assertEquals(differences(before, await bench.snapshot()), []);
      },
    });
  }
}

for (const host of HOSTS) {
  Deno.test({
    name: `H4, ${host.id}: each other host that is here and not set up is named, with what to type`,
    ignore: windows,
    fn: async () => {
      const [registered, missing] = HOSTS.filter((one) => one !== host);
      const found = HOSTS.filter((one) => one !== missing).map((one) => one.id);
      await using bench = await setupBench({ found });
      done(await bench.setup(registered!.id));
      const end = await bench.setup(host.id);
      done(end);
      for (const other of HOSTS) {
        const expected = other !== host && other !== registered && other !== missing;
        const command = `ouroboros setup --runtime ${other.id}`;
        assertEquals(end.stdout.includes(command), expected, `${command}\n${end.stdout}`);
      }
      const json = await bench.setup(host.id, ["--json"]);
      done(json);
      const told = JSON.parse(json.stdout);
      const others = HOSTS.map((one) => one.id).filter((id) => found.includes(id))
        .filter((id) => id !== host.id && id !== registered!.id);
      assertEquals([...told.registered].sort(), [host.id, registered!.id].sort());
      assertEquals(told.notRegistered, others);
      assertEquals(told.hints, others.map((id) => `ouroboros setup --runtime ${id}`));
    },
  });
}

Deno.test({
  name: "H4: what an earlier version wrote for one host is not touched by the setup of another",
  ignore: windows,
  fn: async () => {
    for (const host of HOSTS) {
      await using bench = await setupBench();
      for (const other of HOSTS.filter((one) => one !== host)) {
        await fillFormer(bench.home, other, FORMER_LAUNCHERS.uvx!);
      }
      const before = await bench.snapshot();
      done(await bench.setup(host.id));
      const odd = differingPaths(before, await bench.snapshot())
        .filter((path) => !isDeclared(path, [declared(host)]));
      assertEquals(odd, [], host.id);
      done(await bench.uninstall(host.id));
      assertEquals(differences(before, await bench.snapshot()), [], host.id);
    }
  },
});

Deno.test({
  name: "H4: help and the release notes say that a setup touches one host",
  ignore: windows,
  fn: async () => {
    await using bench = await setupBench({ filled: false });
    const end = await bench.run(["setup", "--help"]);
    done(end);
    assertMatch(end.stdout, /that host's files alone/);
    assertMatch(end.stdout, /Files of other\s+hosts.*\s.*are\s+not touched/s);
    const notes = Deno.readTextFileSync(`${ROOT}/CHANGELOG.md`);
    assertMatch(notes, /Setting up one host touches that host alone/);
    assertMatch(notes, /ouroboros setup --runtime/);
  },
});

async function stubOf(host: Host, bin: string, silent: boolean): Promise<void> {
  if (host.binary.kind === "embedded") return;
  const name = host.binary.names[0]!;
  await Deno.writeTextFile(`${bin}/${name}`, silent ? "#!/bin/sh\n" : "#!/bin/sh\necho 99.0.0\n");
  await Deno.chmod(`${bin}/${name}`, 0o755);
}

/** Whether a path is in another host's folder, and not on the way to what this one declares. */
function isTheirs(other: Host, path: string, host: Host): boolean {
  const folder = other.placement.home.path;
  const inside = path === folder || path.startsWith(`${folder}/`) || path === `${folder}.json`;
  return inside && !isDeclared(path, [declared(host)]);
}

function installedSkills(bench: SetupBench, host: Host): string[] {
  const [below = ""] = declared(host).owned;
  const folder = below.slice(0, below.lastIndexOf("/"));
  return [...Deno.readDirSync(`${bench.home}/${folder}`)].map((entry) => entry.name)
    .filter((name) => `${folder}/${name}`.startsWith(below)).sort();
}

function prefixed(host: Host, name: string): string {
  return host.placement.skills.prefix + name;
}

/** Words that start a program where this tree is hidden behind an empty folder, if they can. */
async function hidesTree(bench: SetupBench): Promise<string[] | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  const [unshare, mount] = [whereIs("unshare"), whereIs("mount")];
  if (unshare === undefined || mount === undefined) return undefined;
  const script = `${mount} -t tmpfs none "$0" && exec "$@"`;
  const wrap = [unshare, "-rm", "/bin/sh", "-c", script, ROOT];
  try {
    const command = [whereIs("test")!, "!", "-e", `${ROOT}/main.ts`];
    const end = await bench.run([], { command, wrap });
    return end.code === 0 ? wrap : undefined;
  } catch {
    return undefined;
  }
}

function done(end: ProgramEnd): void {
  assertEquals(end.code, 0, `${end.stdout}\n${end.stderr}`);
}
