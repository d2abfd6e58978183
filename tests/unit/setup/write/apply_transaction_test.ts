import { assert, assertEquals, assertRejects } from "@std/assert";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { applyTransaction } from "../../../../lib/setup/write/apply_transaction.ts";
import type { Transaction } from "../../../../lib/setup/write/file_change.ts";
import { recoverTransaction } from "../../../../lib/setup/write/recover_transaction.ts";
import { foldersToMake } from "../../../../lib/setup/write/target.ts";
import { fileTree } from "../../../helpers/file_tree.ts";
import { smallDisk } from "../../../helpers/git_small_disk.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";
import { makeHome, transactionIn } from "../../../helpers/transaction_home.ts";

// What is made here is made with it; the trees below say which bits.
Deno.umask(0o022);

const TOKEN = { token: "0123456789" };
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a plan is carried out as a whole: bytes, modes, new and empty folders", async () => {
  await using home = await freshHome();
  const transaction = transactionIn(home.path);
  const folders = await foldersToMake(transaction.changes.map((change) => change.path));
  const applied = await applyTransaction(transaction, TOKEN);
  assertEquals(applied, {
    made: [".hermes", ".hermes/skills", ".hermes/skills/a"].map((one) => `${home.path}/${one}`),
    removed: [`${home.path}/.codex/skills/stale`],
  });
  assertEquals(folders, applied.made);
  assertEquals(await fileTree(home.path), {
    "/": "folder 700",
    ".codex/": "folder 755",
    ".codex/config.toml": "file 600 new",
    ".codex/skills/": "folder 755",
    ".codex/skills/mine.md": "file 644 mine",
    ".hermes/": "folder 755",
    ".hermes/skills/": "folder 755",
    ".hermes/skills/a/": "folder 755",
    ".hermes/skills/a/SKILL.md": "file 644 skill",
    ".ouroboros/": "folder 700",
    ".ouroboros/config.yaml": "file 640 a: 2\n",
    ".ouroboros/install.json": "file 600 {}",
  });
});

Deno.test("our own folder is made where it is missing, and goes again when nothing comes of it", async () => {
  await using dir = await tempDir();
  const root = `${dir.path}/deep/.ouroboros`;
  const change = { path: `${root}/a`, before: null, after: bytes("a") };
  await assertRejects(() =>
    applyTransaction({ root, changes: [change] }, {
      ...TOKEN,
      onStep: (step) => {
        if (step.startsWith("commit")) throw new Error("stop");
      },
    })
  );
  assertEquals(Object.keys(await fileTree(dir.path)), ["/"]);
  const { made } = await applyTransaction({ root, changes: [change] }, TOKEN);
  assertEquals(made, [`${dir.path}/deep`, root]);
  assertEquals((await Deno.stat(root)).mode! & 0o777, 0o700);
});

Deno.test("a failure at any step puts every file back to the byte", async () => {
  await using reference = await freshHome();
  const steps: string[] = [];
  await applyTransaction(transactionIn(reference.path), {
    ...TOKEN,
    onStep: (step) => steps.push(step),
  });
  const last = steps.indexOf("end the record");
  assert(last > 15);
  for (let stop = steps.indexOf("begin the record") + 1; stop < last; stop++) {
    await using home = await freshHome();
    const before = await fileTree(home.path);
    let count = 0;
    const error = await assertRejects(() =>
      applyTransaction(transactionIn(home.path), {
        ...TOKEN,
        onStep: () => {
          if (count++ === stop) {
            throw new Deno.errors.WriteZero("No space left on device (os error 28)");
          }
        },
      })
    );
    assert(
      error instanceof Error && /No space/.test(error.message) || error instanceof OuroborosError,
    );
    assertEquals(await fileTree(home.path), before, steps[stop]);
    assertEquals((await recoverTransaction(`${home.path}/.ouroboros`)).outcome, "none");
  }
});

Deno.test("what stands where a file should be is a typed problem, and nothing changes", async () => {
  const cases: [string, string, (path: string) => Promise<unknown>][] = [
    ["a folder", "host_file_unusable", (path) => Deno.mkdir(path)],
    ["a link to", "host_file_unusable", (path) => Deno.symlink("/etc/hostname", path)],
    ["where nothing is", "host_file_unusable", (path) => Deno.symlink("/nowhere/at/all", path)],
    ["permission denied", "unreadable", (path) => writeWith(path, 0o000)],
    ["the file is read-only", "not_writable", (path) => writeWith(path, 0o444)],
    ["it was changed since", "conflict", (path) => writeWith(path, 0o644, "other")],
    ["the folder is read-only", "not_writable", (path) => readOnlyFolder(path)],
  ];
  for (const [words, code, prepare] of cases) {
    await using home = await freshHome();
    const path = `${home.path}/.claude/settings.json`;
    await Deno.mkdir(`${home.path}/.claude`);
    await prepare(path);
    const before = await fileTree(home.path);
    const plan = transactionIn(home.path);
    const there = code === "not_writable" && !words.includes("folder") ? sha256("text") : null;
    const changes = [...plan.changes, { path, before: there, after: bytes("new") }];
    const error = await assertRejects(
      () => applyTransaction({ ...plan, changes }, TOKEN),
      OuroborosError,
    );
    assertEquals([error.code, error.message.includes(words)], [code, true], error.message);
    assert(error.message.includes(home.path) && error.hint !== undefined, words);
    assertEquals(await fileTree(home.path), before, words);
    await Deno.chmod(`${home.path}/.claude`, 0o755);
  }
  console.log(`${cases.length} things in the way`);
});

Deno.test("a folder above that is a link is followed; one of ours, and one to nothing, are refused", async () => {
  await using home = await freshHome();
  await Deno.mkdir(`${home.path}/dotfiles`);
  await Deno.symlink("dotfiles", `${home.path}/.config`);
  await Deno.symlink("nowhere", `${home.path}/.gone`);
  const write = (path: string, ours: string[] = []) =>
    applyTransaction({
      root: `${home.path}/.ouroboros`,
      changes: [{ path: `${home.path}/${path}`, before: null, after: bytes("x") }],
      ours: ours.map((one) => `${home.path}/${one}`),
    }, TOKEN);
  await write(".config/opencode/opencode.json");
  assertEquals(await Deno.readTextFile(`${home.path}/dotfiles/opencode/opencode.json`), "x");
  assert((await Deno.lstat(`${home.path}/.config`)).isSymlink);
  for (const [path, ours] of [[".gone/a", []], [".config/skills/a", [".config"]]] as const) {
    const error = await assertRejects(() => write(path, [...ours]), OuroborosError);
    assertEquals(error.code, "host_file_unusable");
    assert(error.message.endsWith("expected a folder of its own"), error.message);
  }
  const error = await assertRejects(() => write(".codex/config.toml/a"), OuroborosError);
  assertEquals([error.code, error.message.includes("found a file")], ["host_file_unusable", true]);
});

Deno.test("a change by somebody else at the last moment stops everything", async () => {
  await using home = await freshHome();
  const before = await fileTree(home.path);
  const error = await assertRejects(() =>
    applyTransaction(transactionIn(home.path), {
      ...TOKEN,
      onStep: (step) => {
        if (step.startsWith("compare") && step.endsWith("config.yaml")) {
          Deno.writeTextFileSync(`${home.path}/.ouroboros/config.yaml`, "theirs");
        }
      },
    }), OuroborosError);
  assertEquals(error.code, "conflict");
  assertEquals(await fileTree(home.path), {
    ...before,
    ".ouroboros/config.yaml": "file 640 theirs",
  });
});

Deno.test("a full disk is said, and every file is put back", async () => {
  await using dir = await tempDir();
  await using disk = await smallDisk(`${dir.path}/small`, "256k");
  if (disk === undefined) return;
  const home = `${dir.path}/small`;
  await makeHome(home);
  const before = await fileTree(home);
  const plan = transactionIn(home);
  const big = new Uint8Array(1_000_000).fill(65);
  const wide: Transaction = {
    ...plan,
    changes: [...plan.changes, { path: `${home}/.hermes/big`, before: null, after: big }],
  };
  const error = await assertRejects(() => applyTransaction(wide, TOKEN), OuroborosError);
  assertEquals(error.code, "disk_full");
  assertEquals(await fileTree(home), before);
  await applyTransaction(plan, TOKEN);
  assertEquals((await fileTree(home))[".codex/config.toml"], "file 600 new");
});

Deno.test("a file of somebody else keeps its owner, new files go to the owner of their folder", async () => {
  await using home = await freshHome();
  if ((await Deno.stat(home.path)).uid !== 0) {
    console.log("skipped: only the superuser can give files away");
    return;
  }
  for (const path of ["", "/.codex", "/.codex/config.toml"]) {
    await Deno.chown(home.path + path, 12345, 54321);
  }
  await applyTransaction(transactionIn(home.path), TOKEN);
  for (const path of [".codex/config.toml", ".hermes", ".hermes/skills/a/SKILL.md"]) {
    const { uid, gid } = await Deno.stat(`${home.path}/${path}`);
    assertEquals([uid, gid], [12345, 54321], path);
  }
});

Deno.test("while one is cut off, no other begins", async () => {
  await using home = await freshHome();
  await Deno.writeTextFile(`${home.path}/.ouroboros/install.pending.json`, "{}\n");
  const before = await fileTree(home.path);
  const error = await assertRejects(
    () => applyTransaction(transactionIn(home.path), TOKEN),
    OuroborosError,
  );
  assertEquals(error.code, "setup_unfinished");
  assertEquals(await fileTree(home.path), before);
});

async function freshHome() {
  const home = await tempDir();
  await makeHome(home.path);
  return home;
}

async function writeWith(path: string, mode: number, text = "text"): Promise<void> {
  await Deno.writeTextFile(path, text);
  await Deno.chmod(path, mode);
}

async function readOnlyFolder(path: string): Promise<void> {
  await Deno.chmod(path.replace(/\/[^/]*$/, ""), 0o555);
}
