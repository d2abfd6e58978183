/**
 * Files that are not as they should be: every shape, of every host's file and of our own. Each is
 * set up rightly and given back to the byte, or refused with all files as they were and a message
 * that names the file, what was found, what was expected and what to do.
 */
import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { smallDisk } from "../helpers/git_small_disk.ts";
import { whereIs } from "../helpers/install_bench.ts";
import type { ProgramEnd } from "../helpers/program.ts";
import {
  type BenchStart,
  command,
  declared,
  HOSTS,
  isDeclared,
  type SetupBench,
  setupBench,
} from "../helpers/setup_bench.ts";
import { SHAPED_FILES, type ShapedFile, textShapes, type Wanted } from "../helpers/setup_shapes.ts";
import { differences, differingPaths, type Snapshot } from "../helpers/setup_snapshot.ts";

const windows = Deno.build.os === "windows";
const root = Deno.build.os !== "windows" && Deno.uid() === 0;

/** As a user that is not the superuser, whom permission bits would not stop. */
const NOBODY = [
  whereIs("setpriv") ?? "setpriv",
  "--reuid=65534",
  "--regid=65534",
  "--clear-groups",
];
const canBeNobody = root && await startsAsNobody();

/** So many go on at once: most of each is waiting. */
const AT_ONCE = 3;
let cases = 0;
const shapes = new Set<string>();

/** One case: what is done to a file, and what a set-up makes of it. */
interface Case {
  name: string;
  wanted: Wanted;
  names?: readonly string[];
  /** Makes the shape; may give something to take away again; false where it cannot be made here. */
  make(bench: SetupBench, path: string): Promise<AsyncDisposable | false | void>;
  more?: BenchStart;
  nobody?: boolean;
  homeName?: string;
}

for (const file of SHAPED_FILES) {
  Deno.test({
    name: `${file.name}: every text is set up rightly or left alone, and said`,
    ignore: windows,
    fn: () =>
      every(
        file,
        textShapes(file).map((shape) => ({
          ...shape,
          make: (_, path) => Deno.writeFile(path, shape.bytes),
        })),
      ),
  });

  Deno.test({
    name: `${file.name}: links, folders, pipes and rights are left as they are, and said`,
    ignore: windows,
    fn: () => every(file, diskShapes(file)),
  });
}

Deno.test({
  name: "each shape was tried on each file that can have it",
  ignore: windows,
  fn: () => {
    console.log(`${shapes.size} shapes × ${SHAPED_FILES.length} files: ${cases} cases`);
    assert(cases > 300, `${cases} cases`);
  },
});

function diskShapes(file: ShapedFile): Case[] {
  const outside = dirname(file.path) === ".";
  const cases: Case[] = [
    {
      name: "a folder",
      wanted: "refused",
      make: (_, path) => replace(path, () => Deno.mkdir(path)),
    },
    {
      name: "a folder with files",
      wanted: "refused",
      make: (_, path) =>
        replace(path, async () => {
          await Deno.mkdir(path);
          await Deno.writeTextFile(`${path}/inside`, "theirs");
        }),
    },
    {
      name: "a link to nothing",
      wanted: "refused",
      make: (_, path) => replace(path, () => Deno.symlink("not there", path)),
    },
    {
      name: "a link to a file",
      wanted: "refused",
      make: async (bench, path) => {
        await Deno.rename(path, `${bench.home}/dotfiles`);
        await Deno.symlink(`${bench.home}/dotfiles`, path);
      },
    },
    {
      name: "a link to itself",
      wanted: "refused",
      make: (_, path) => replace(path, () => Deno.symlink(path, path)),
    },
    {
      name: "a pipe",
      wanted: "refused",
      make: (_, path) =>
        replace(path, async () => {
          await command("mkfifo", [path]);
        }),
    },
    { name: "unreadable", wanted: "refused", make: (_, path) => Deno.chmod(path, 0o000) },
    { name: "read-only", wanted: "refused", make: (_, path) => Deno.chmod(path, 0o444) },
    {
      name: "a read-only folder",
      wanted: "refused",
      make: (_, path) => Deno.chmod(dirname(path), 0o555),
    },
    {
      name: "unreadable, as a user",
      wanted: "refused",
      nobody: true,
      make: (_, path) => Deno.chmod(path, 0o000),
    },
    {
      name: "read-only, as a user",
      wanted: "refused",
      nobody: true,
      make: (_, path) => Deno.chmod(path, 0o444),
    },
    {
      name: "a read-only folder, as a user",
      wanted: "refused",
      nobody: true,
      make: (_, path) => Deno.chmod(dirname(path), 0o555),
    },
    {
      name: "of another user, as a user",
      // A rename over it is allowed by its folder, and would take the file from its owner.
      wanted: "either",
      nobody: true,
      make: async (_, path) => {
        await command("chown", ["0:0", path]);
        await Deno.chmod(path, 0o644);
      },
    },
    {
      name: "a full disk",
      wanted: "refused",
      make: fullDisk,
    },
    {
      name: "LC_ALL=C",
      wanted: "done",
      homeName: "höme ☃ of Zoë",
      more: { env: { LC_ALL: "C", LANG: "C" } },
      make: () => Promise.resolve(),
    },
  ];
  if (outside) return cases;
  return [
    ...cases,
    {
      name: "a file in place of its folder",
      wanted: "refused",
      make: (_, path) => replace(dirname(path), () => Deno.writeTextFile(dirname(path), "theirs")),
    },
    {
      name: "a link to nothing in place of its folder",
      wanted: "refused",
      make: (_, path) => replace(dirname(path), () => Deno.symlink("not there", dirname(path))),
    },
    {
      name: "a link in place of its folder",
      wanted: "either",
      make: async (bench, path) => {
        await Deno.rename(dirname(path), `${bench.home}/dotfiles`);
        await Deno.symlink(`${bench.home}/dotfiles`, dirname(path));
      },
    },
    {
      name: "no folder",
      wanted: "done",
      make: (_, path) => Deno.remove(dirname(path), { recursive: true }),
    },
  ];
}

async function every(file: ShapedFile, all: readonly Case[]): Promise<void> {
  const failed: string[] = [];
  const queue = all.filter((one) => !one.nobody || canBeNobody);
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      try {
        await tryCase(file, one);
      } catch (error) {
        failed.push(`${one.name}: ${error instanceof Error ? error.message : error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed.length > 0) throw new Error(`${failed.length} shapes\n${failed.join("\n\n")}`);
}

async function tryCase(file: ShapedFile, one: Case): Promise<void> {
  await using bench = await setupBench(one.homeName ? { homeName: one.homeName } : {});
  const path = `${bench.home}/${file.path}`;
  if (one.nobody) await command("chown", ["-R", "65534:65534", bench.path]);
  const made = await one.make(bench, path);
  if (made === false) return;
  await using _shape = made ?? undefined;
  const before = await bench.snapshot();
  const more: BenchStart = { ...one.more, ...(one.nobody ? { wrap: NOBODY } : {}) };
  const end = await bench.setup(file.host, file.args, more);
  const after = await bench.snapshot();
  const said = `${end.stdout}${end.stderr}`;
  assert(!/\n {4}at |internal|Uncaught/.test(said), said);
  cases++;
  shapes.add(one.name);
  const wanted = one.wanted === "either" ? end.code === 0 ? "done" : "refused" : one.wanted;
  if (wanted === "refused") {
    mustBeRefused(end, file, one);
    assertEquals(differences(before, after), []);
    // A folder's time may tell that something was begun there; no file was so much as replaced.
    const written = [...before].filter(([path, old]) =>
      old.kind !== "folder" && old.written !== after.get(path)?.written
    );
    assertEquals(written.map(([path]) => path), [], "written again");
    return;
  }
  if (wanted === "kept") {
    assertEquals(after.get(file.path)?.text, before.get(file.path)?.text, "the file is changed");
    assert(said.includes(file.path), `the file is not named:\n${said}`);
    for (const name of one.names ?? []) assert(said.includes(name), `"${name}" is not named`);
  } else assertEquals(end.code, 0, said);
  mustBeDeclared(file, before, after);
  const back = await bench.uninstall(undefined, more);
  assertEquals(back.code, 0, `uninstall: ${back.stdout}${back.stderr}`);
  assertEquals(differences(before, await bench.snapshot()), []);
}

/** Exit 1, and a message that somebody can act on. */
function mustBeRefused(end: ProgramEnd, file: ShapedFile, one: Case): void {
  assertEquals(end.code, 1, `exit code\n${end.stdout}${end.stderr}`);
  const folder = dirname(file.path);
  const named = end.stderr.includes(file.path) ||
    (folder !== "." && end.stderr.includes(`${folder}"`)) || end.stderr.includes(`home"`);
  assert(named, `the file is not named: ${end.stderr}`);
  assert(
    /found .+, expected .+|must be|denied|read-only|no space|another user/s.test(end.stderr),
    `what was found is not said: ${end.stderr}`,
  );
  for (const name of one.names ?? []) {
    assert(end.stderr.includes(name), `"${name}" is not named: ${end.stderr}`);
  }
  assert(end.stderr.trim().split("\n").length >= 2, `there is no hint: ${end.stderr}`);
}

function mustBeDeclared(file: ShapedFile, before: Snapshot, after: Snapshot): void {
  const host = HOSTS.find((one) => one.id === file.host)!;
  const places = declared(host, { approve: file.args.length > 0 });
  const odd = differingPaths(before, after).filter((path) => !isDeclared(path, [places]))
    .filter((path) => path !== "dotfiles" && !path.startsWith("dotfiles/"));
  assertEquals(odd, []);
}

async function replace(path: string, make: () => Promise<unknown>): Promise<void> {
  await Deno.remove(path, { recursive: true });
  await make();
}

/** The file's own folder lies on a disk of which nothing is left. */
async function fullDisk(bench: SetupBench, path: string): Promise<AsyncDisposable | false> {
  const folder = dirname(path);
  await bench.keep("before");
  const disk = await smallDisk(folder, "256k");
  if (disk === undefined) return false;
  const kept = `${bench.path}/kept before${folder.slice(bench.home.length)}`;
  await command("cp", ["-a", `${kept}/.`, folder]);
  const room = await Deno.open(`${folder}/room`, { write: true, create: true });
  try {
    for (;;) await room.write(new Uint8Array(512));
  } catch {
    // Nothing is left.
  } finally {
    room.close();
  }
  return disk;
}

async function startsAsNobody(): Promise<boolean> {
  await using bench = await setupBench({ filled: false });
  await command("chown", ["-R", "65534:65534", bench.path]);
  try {
    return (await bench.run(["--version"], { wrap: NOBODY })).code === 0;
  } catch {
    return false;
  }
}
