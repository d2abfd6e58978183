import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { hostPlaces } from "../../../lib/runtimes/mod.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";
import { findLeftovers } from "../../../lib/setup/leftovers.ts";
import { differences } from "../../helpers/setup_snapshot.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";

type Placed = typeof PLACED[number];

/** How the Python original was started. */
const FORMER = ["uvx", "--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"];

for (const host of PLACED) {
  const { id, placement } = host;
  const { mcp, skills } = placement!;

  Deno.test(`${id}: with a lost receipt everything goes that is ours by its shape`, async () => {
    await using bench = await uninstallBench();
    const file = entryFile(bench, host);
    await bench.write(file, withEntry(host, OWN_TEXT[mcp.format], null));
    await bench.write(`${skillsDir(bench, host)}/${skills.prefix}notes/SKILL.md`, "my notes\n");
    await bench.write(`${skillsDir(bench, host)}/own/SKILL.md`, "mine\n");
    const before = await bench.snapshot();
    await bench.setUp([host], { backend: true });
    await Deno.remove(`${bench.root}/install.json`);
    const config = await bench.read(".ouroboros/config.yaml");
    const plan = await bench.undo([host], { own: true });
    const notes = plan.hosts[0]!.files.map((one) => one.note);
    assertEquals(notes.length > 1 && notes.every((one) => one !== undefined), true);
    assertEquals(plan.hosts[0]!.state, "stale");
    // What the configuration says is the user's by now, and is named.
    assertEquals(await bench.read(".ouroboros/config.yaml"), config);
    assertEquals(plan.own.map(({ path, action, yours }) => [path, action, yours]), [
      [`${bench.root}/config.yaml`, "kept", true],
    ]);
    await Deno.remove(bench.root, { recursive: true });
    assertEquals(differences(before, await bench.snapshot()), []);
  });

  Deno.test(`${id}: an entry of the original goes, one of a user's own under our name stays`, async () => {
    await using bench = await uninstallBench();
    const file = entryFile(bench, host);
    const own = OWN_TEXT[mcp.format];
    const { remark } = placement!.former;
    const above = remark ? `${remark}\n# It is only for this.\n\n` : "";
    const former = withEntry(host, own, FORMER).replace(/^\[/m, `${above}[`);
    await bench.write(file, remark ? former : withEntry(host, own, FORMER));
    const plan = await bench.undo([host]);
    assertEquals(plan.hosts[0]!.files.map((one) => [one.action, one.note]), [
      ["change", "left by an earlier installer"],
    ]);
    assertEquals(await bench.read(file), own);
    // No folder of ours is left of a machine that never had one.
    assertEquals(await exists(bench.root), false);

    const mine = withEntry(host, own, ["/home/ada/my-server", "mcp", "serve"]);
    await bench.write(file, mine);
    const second = await bench.undo([host]);
    assertEquals([second.unchanged, second.hosts[0]!.state], [true, "absent"]);
    assertStringIncludes(second.hosts[0]!.notes.join("\n"), "it is yours");
    assertEquals(await bench.read(file), mine);
  });

  Deno.test(`${id}: a file with nothing but an entry of the original stays without it`, async () => {
    await using bench = await uninstallBench();
    const file = entryFile(bench, host);
    await bench.write(file, withEntry(host, "", FORMER));
    const plan = await bench.undo([host]);
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), "nobody knows who made it");
    const text = await bench.read(file);
    assertEquals(text.includes(mcp.keyPath.at(-1)!), false);
    assertEquals((await bench.undo([host])).unchanged, true);
  });

  Deno.test(`${id}: a skill of this version that somebody changed stays until it is forced`, async () => {
    await using bench = await uninstallBench();
    await bench.setUp([host], { bundles: ["run", "help"] });
    await Deno.remove(`${bench.root}/install.json`);
    const path = `${skillsDir(bench, host)}/${skills.prefix}help/SKILL.md`;
    await bench.write(path, (await bench.read(path)) + "mine\n");
    const around = await bench.around({
      bundles: (await bench.around()).bundles.filter((one) => ["run", "help"].includes(one.name)),
    });
    const found = await findLeftovers(around, host, false);
    const kept = found.files.filter((one) => one.action === "kept").map((one) => one.path);
    assertEquals(kept, [`${bench.home}/${path}`]);
    const removed = (paths: readonly { path: string; after: unknown }[]) =>
      paths.filter((one) => one.after === null && one.path.endsWith("SKILL.md")).length;
    assertEquals(removed(found.changes), 1);
    assertEquals(removed((await findLeftovers(around, host, true)).changes), 2);
  });

  Deno.test(`${id}: a broken file is a problem only where it names us`, async () => {
    await using bench = await uninstallBench();
    const file = entryFile(bench, host);
    await bench.write(file, "[[[ {{{\n");
    assertEquals((await bench.undo([host])).unchanged, true);
    await bench.write(file, "[[[ ouroboros {{{\n");
    const error = await assertRejects(() => bench.undo([host]), OuroborosError);
    assertEquals(error.code, "host_file_unusable");
    assertStringIncludes(error.message, `${bench.home}/${file}`);
  });

  Deno.test(`${id}: a link in a file's place is named and not followed`, async () => {
    await using bench = await uninstallBench();
    const file = entryFile(bench, host);
    await bench.write("dotfiles/file", withEntry(host, "", FORMER));
    await bench.write(`${file}.other`, "");
    await Deno.symlink(`${bench.home}/dotfiles/file`, `${bench.home}/${file}`);
    const before = await bench.snapshot();
    const plan = await bench.undo([host]);
    assertEquals(plan.unchanged, true);
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), `${bench.home}/${file}`);
    assertEquals(differences(before, await bench.snapshot()), []);
  });
}

Deno.test("files of the original go by what stands in them, a user's under such names stay", async () => {
  await using bench = await uninstallBench();
  const stays: string[] = [];
  const write = async (path: string, text: string) => {
    await bench.write(path, text);
    stays.push(path);
  };
  for (const host of PLACED) {
    const { former } = host.placement!;
    const { home } = hostPlaces(host.placement!, { home: bench.home, variable: () => undefined });
    const base = home.slice(bench.home.length + 1);
    for (const path of former.paths.map((one) => `${base}/${one}`)) {
      if (path.endsWith("skills/ouroboros-*")) {
        await bench.write(path.replace("*", "run/SKILL.md"), originalSkill("run"));
        await write(path.replace("*", "notes/SKILL.md"), "---\nname: notes\n---\nmine\n");
        await bench.write(path.replace("*", "seed/SKILL.md"), originalSkill("seed"));
        await write(path.replace("*", "seed/todo.txt"), "mine\n");
      } else if (path.endsWith("rules/ouroboros.md")) {
        await bench.write(path, "# Ouroboros for Codex\n\nUse `ooo run`.\n");
      } else if (path.endsWith("rules/ouroboros-*")) {
        await write(path.replace("*", "mine.md"), "# My rules for ouroboros\n");
      } else if (path.endsWith("-bridge")) {
        await bench.write(`${path}/ouroboros-bridge.ts`, "// Ouroboros bridge\n");
      } else {
        await bench.write(`${path}/run/SKILL.md`, originalSkill("run"));
        await bench.write(`${path}/__init__.py`, '"""Ouroboros."""\n');
        await bench.write(`${path}/__pycache__/__init__.cpython-312.pyc`, "x");
        await write(`${path.slice(0, path.lastIndexOf("/"))}/other/SKILL.md`, "mine\n");
      }
    }
    for (const { file, start, end } of former.blocks) {
      await bench.write(`${base}/${file}`, `# Mine\n${start}\nours\n${end}\nmine too\n`);
      stays.push(`${base}/${file}`);
    }
    for (const { file, format, keyPath } of former.entries) {
      const entry = edit(format, "", [{ op: "set", path: keyPath, value: entryOf(FORMER) }]);
      if (entry.ok) await bench.write(`${base}/${file}`, entry.text);
    }
    for (const { keyPath, ending } of former.items ?? []) {
      const text = edit(formatOf(host), "", [
        { op: "add_item", path: keyPath, item: "mine.ts" },
        { op: "add_item", path: keyPath, item: `/home/ada/.config/${ending}` },
      ]);
      if (text.ok) await bench.write(entryFile(bench, host), text.text);
      stays.push(entryFile(bench, host));
    }
  }
  const plan = await bench.undo(PLACED, { own: true });
  const left = [...await bench.snapshot()].filter(([, one]) => one.kind === "file")
    .map(([path]) => path);
  assertEquals(left.sort(), [...new Set(stays)].sort());
  const notes = plan.hosts.flatMap((one) => one.notes).join("\n");
  for (const name of ["ouroboros-notes", "ouroboros-seed/todo.txt", "ouroboros-mine.md"]) {
    assertStringIncludes(notes, name);
  }
  for (const host of PLACED) {
    for (const { file } of host.placement!.former.blocks) {
      const places = hostPlaces(host.placement!, { home: bench.home, variable: () => undefined });
      assertEquals(await Deno.readTextFile(`${places.home}/${file}`), "# Mine\nmine too\n");
    }
    for (const { ending } of host.placement!.former.items ?? []) {
      const text = await bench.read(entryFile(bench, host));
      assertEquals([text.includes("mine.ts"), text.includes(ending)], [true, false]);
    }
  }
  assertEquals((await bench.undo(PLACED, { own: true })).unchanged, true);
});

Deno.test("a file that is too large to be edited is named, and stops nothing else", async () => {
  await using bench = await uninstallBench();
  const [large, other] = PLACED;
  const entry = withEntry(other!, "", FORMER);
  await bench.write(entryFile(bench, large!), `"ouroboros" ${" ".repeat(5 * 1024 * 1024)}`);
  await bench.write(entryFile(bench, other!), entry);
  const plan = await bench.undo(PLACED);
  assertStringIncludes(plan.hosts[0]!.notes.join("\n"), entryFile(bench, large!));
  assertEquals((await bench.read(entryFile(bench, other!))).includes("uvx"), false);
});

Deno.test("a host that the receipt knows is taken back by it alone", async () => {
  await using bench = await uninstallBench();
  for (const host of PLACED) await bench.write(entryFile(bench, host), withEntry(host, "", FORMER));
  const before = await bench.snapshot();
  await bench.setUp(PLACED, { approve: true });
  await bench.undo(PLACED);
  assertEquals(differences(before, await bench.snapshot()), []);
  await bench.undo(PLACED);
  for (const host of PLACED) {
    assertEquals((await bench.read(entryFile(bench, host))).includes("uvx"), false);
  }
});

const OWN_TEXT: Readonly<Record<"json" | "jsonc" | "toml" | "yaml", string>> = {
  json: '{\n  "theme": "dark"\n}\n',
  jsonc: '{\n  // mine\n  "theme": "dark",\n}\n',
  toml: '# mine\nmodel = "x" # why\n',
  yaml: "# mine\nmodel: x # why\n",
};

function formatOf(host: Placed) {
  return host.placement!.mcp.format;
}

function entryFile(bench: UninstallBench, { placement }: Placed): string {
  const [path] = hostPlaces(placement!, { home: bench.home, variable: () => undefined }).mcp;
  return path!.slice(bench.home.length + 1);
}

function skillsDir(bench: UninstallBench, { placement }: Placed): string {
  const { skills } = hostPlaces(placement!, { home: bench.home, variable: () => undefined });
  return skills.slice(bench.home.length + 1);
}

/** A file with an entry that starts some words; null: without one. */
function withEntry(host: Placed, text: string, words: readonly string[] | null): string {
  const { mcp } = host.placement!;
  if (words === null) return text;
  const value = mcp.entry(words, []);
  const result = edit(mcp.format, text, [{ op: "set", path: mcp.keyPath, value }]);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.text;
}

function entryOf([command = "", ...args]: readonly string[]) {
  return { command, args };
}

function originalSkill(name: string): string {
  return `---\nname: ${name}\ndescription: "x"\n---\n\n# /ouroboros:${name}\n\nDo it.\n`;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

Deno.test("folders that are left with nothing in them are named, with what removes them", async () => {
  for (const host of PLACED) {
    await using bench = await uninstallBench();
    await bench.setUp([host]);
    await Deno.remove(`${bench.root}/install.json`);
    const plan = await bench.undo([host], { own: true });
    const note = plan.hosts[0]!.notes.find((one) => one.includes("rmdir"));
    const said = [...(note ?? "").matchAll(/"([^"]+)"/g)].map(([, path]) => path!);
    const left = [...(await bench.snapshot()).entries()].filter(([, { kind }]) => kind === "folder")
      .map(([path]) => `${bench.home}/${path}`)
      .filter((path) => path !== `${bench.home}/` && path !== bench.root);
    assertEquals(said.toSorted(), left.toSorted(), host.id);
    // In this order each of them is empty when its turn comes.
    for (const path of said) await Deno.remove(path);
    // A second time there is nothing to say.
    assertEquals((await bench.plan([host])).hosts[0]!.notes, []);
  }
});

Deno.test("a folder with something of a person's in it is not said to be empty", async () => {
  const host = PLACED[0]!;
  await using bench = await uninstallBench();
  await bench.write(`${skillsDir(bench, host)}/notes.md`, "mine\n");
  await bench.setUp([host]);
  await Deno.remove(`${bench.root}/install.json`);
  const plan = await bench.plan([host]);
  assertEquals(plan.hosts[0]!.notes.filter((one) => one.includes("rmdir")), []);
});
