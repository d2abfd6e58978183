import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { applyTransaction } from "../../../../lib/setup/write/apply_transaction.ts";
import { type FolderPlan, planFolder } from "../../../../lib/setup/write/plan_folder.ts";
import { fileTree } from "../../../helpers/file_tree.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

Deno.umask(0o022);

const bytes = (text: string) => new TextEncoder().encode(text);
const BUNDLES = [
  { path: "run/SKILL.md", bytes: bytes("run 2") },
  { path: "run/scripts/go.sh", bytes: bytes("go"), mode: 0o755 },
  { path: "status/SKILL.md", bytes: bytes("status") },
];

Deno.test("a folder is filled, a second time there is nothing to do, and it empties as it was", async () => {
  await using home = await tempDir();
  const folder = `${home.path}/skills/ouroboros`;
  await Deno.mkdir(`${home.path}/skills`);
  const before = await fileTree(home.path);
  const first = await carryOut(home.path, { folder, wanted: BUNDLES, installed: [] });
  assertEquals([first.changes.length, first.kept, first.files.length], [3, [], 3]);
  assertEquals((await fileTree(folder))["run/scripts/go.sh"], "file 755 go");
  const again = await planFolder({ folder, wanted: BUNDLES, installed: first.files });
  assertEquals([again.changes, again.files], [[], first.files]);
  const gone = await carryOut(home.path, { folder, wanted: [], installed: first.files });
  assertEquals([gone.files, gone.kept], [[], []]);
  assertEquals(await fileTree(home.path), before);
});

Deno.test("what a person changed or put there stays and is named; what is stale and ours goes", async () => {
  await using home = await tempDir();
  const folder = `${home.path}/ouroboros`;
  const first = await carryOut(home.path, {
    folder,
    wanted: [...BUNDLES, { path: "old/SKILL.md", bytes: bytes("old") }, {
      path: "older/SKILL.md",
      bytes: bytes("older"),
    }],
    installed: [],
  });
  await Deno.writeTextFile(`${folder}/status/SKILL.md`, "mine now");
  await Deno.writeTextFile(`${folder}/older/SKILL.md`, "mine too");
  await Deno.writeTextFile(`${folder}/old/notes.md`, "a neighbour");
  await Deno.mkdir(`${folder}/help`);
  await Deno.writeTextFile(`${folder}/help/SKILL.md`, "a person's help");
  const second = await carryOut(home.path, {
    folder,
    wanted: [
      { path: "run/SKILL.md", bytes: bytes("run 3") },
      { path: "status/SKILL.md", bytes: bytes("status 3") },
      { path: "help/SKILL.md", bytes: bytes("help 3") },
    ],
    installed: first.files,
  });
  const kept = ["help/SKILL.md", "older/SKILL.md", "status/SKILL.md"];
  assertEquals([...second.kept].sort(), kept.map((path) => `${folder}/${path}`));
  assertEquals(second.files, [{ path: `${folder}/run/SKILL.md`, sha256: sha256("run 3") }]);
  assertEquals(await texts(folder), {
    "help/SKILL.md": "a person's help",
    "old/notes.md": "a neighbour",
    "older/SKILL.md": "mine too",
    "run/SKILL.md": "run 3",
    "status/SKILL.md": "mine now",
  });
});

Deno.test("what a former installer left goes by name, and its bundles are replaced", async () => {
  await using home = await tempDir();
  const folder = `${home.path}/ouroboros`;
  await Deno.mkdir(`${folder}/__pycache__`, { recursive: true });
  await Deno.mkdir(`${folder}/run`);
  for (const path of ["__init__.py", "__pycache__/a.pyc", "run/SKILL.md", "mine.py"]) {
    await Deno.writeTextFile(`${folder}/${path}`, `former ${path}`);
  }
  const result = await carryOut(home.path, {
    folder,
    wanted: BUNDLES,
    installed: [],
    leftovers: ["__init__.py", "artifacts.py", "__pycache__/"],
    isFormer: (path, found) =>
      path.endsWith("SKILL.md") && new TextDecoder().decode(found).startsWith("former"),
  });
  assertEquals(result.kept, []);
  assertEquals(Object.keys(await texts(folder)).sort(), [
    "mine.py",
    "run/SKILL.md",
    "run/scripts/go.sh",
    "status/SKILL.md",
  ]);
  assertEquals((await fileTree(folder))["__pycache__/"], undefined);
});

Deno.test("a receipt's files in other folders are not looked at", async () => {
  await using home = await tempDir();
  await Deno.writeTextFile(`${home.path}/other`, "x");
  const result = await planFolder({
    folder: `${home.path}/ours`,
    wanted: [],
    installed: [{ path: `${home.path}/other`, sha256: sha256("x") }],
  });
  assertEquals(result, { changes: [], files: [], kept: [], emptied: [] });
});

async function carryOut(home: string, plan: FolderPlan) {
  const result = await planFolder(plan);
  assert(result.changes.length > 0);
  const root = `${home}/.ouroboros`;
  const { changes, emptied } = result;
  await applyTransaction({ root, changes, emptied }, { token: "0123456789" });
  // Our own folder is no part of what these tests look at.
  await Deno.remove(root);
  return result;
}

async function texts(folder: string): Promise<Record<string, string>> {
  const files = Object.entries(await fileTree(folder)).filter(([path]) => !path.endsWith("/"));
  return Object.fromEntries(
    files.map(([path, state]) => [path, state.replace(/^file \d+ /, "")] as const).sort(),
  );
}
