import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type Placement, REGISTRY, type RuntimeDefinition } from "../../../lib/runtimes/mod.ts";
import type { EditValue } from "../../../lib/setup/edit/change.ts";
import { editBytes } from "../../../lib/setup/edit/edit_bytes.ts";
import { readEntry } from "../../../lib/setup/edit/edit.ts";
import { launcherWords } from "../../../lib/setup/edit/launcher.ts";
import { editValueOf, plainOf, valueAt } from "../../../lib/setup/edit/plain.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

type Host = RuntimeDefinition & { placement: Placement };
const HOSTS = REGISTRY.all.filter((one): one is Host => one.placement !== undefined);
const MADE_UP = madeUpRuntime("madeup", { placement: madeUpPlacement("madeup") }) as Host;
const LAUNCHER = ["/opt/ouroboros/ouroboros", "mcp", "serve"];
const FORMER = [
  ["uvx", "--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"],
  ["/home/ada/.local/bin/uv", "tool", "run", "ouroboros", "mcp", "serve"],
  ["python3", "-m", "ouroboros", "mcp", "serve"],
  ["ouroboros", "mcp", "serve"],
  ["/home/ada/old/ouroboros", "mcp", "serve"],
];

/** The same for every runtime of the registry, and for one that only this test knows. */
function each(promise: string, body: (home: PlannedHome, host: Host) => Promise<void>): void {
  for (const host of [...HOSTS, MADE_UP]) {
    Deno.test(`${host.id}: ${promise}`, async () => {
      await using folder = await tempDir();
      await body(await new PlannedHome(folder.path).make(), host);
    });
  }
}

/** Files of real users' shapes in a host's format. */
function fixtures({ mcp }: Placement): { name: string; text: string }[] {
  const folder = new URL(`../../fixtures/setup/${mcp.format}/`, import.meta.url);
  const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
  return names.map((name) => ({ name, text: Deno.readTextFileSync(new URL(name, folder)) }));
}

function entryOf({ mcp }: Placement, text: string): EditValue | undefined {
  const entry = readEntry(mcp.format, text, mcp.keyPath);
  assert(entry.ok, JSON.stringify(entry));
  return entry.state === "present" ? editValueOf(entry.value) : undefined;
}

function withEntry({ mcp }: Placement, text: string, value: EditValue): Uint8Array {
  const result = editBytes(mcp.format, new TextEncoder().encode(text), [
    { op: "remove", path: mcp.keyPath },
    { op: "set", path: mcp.keyPath, value },
  ]);
  assert(result.ok, JSON.stringify(result));
  return result.bytes;
}

each(
  "an empty home gets skills, entry, configuration and receipt, and is empty again",
  async (home, host) => {
    const before = await home.tree();
    const plan = await home.setUp([host], { backend: host.id });
    assertEquals(plan.hosts.map((one) => [one.id, one.state]), [[host.id, "absent"]]);
    assert(plan.hosts[0]!.files.every((file) => file.action === "create"));
    const skills = home.hostFile(host.placement, host.placement.skills.dir);
    const skill = await Deno.readTextFile(`${skills}/ouroboros-run/SKILL.md`);
    assertStringIncludes(skill, "name: ouroboros-run\n");
    assertStringIncludes(skill, "skill `ouroboros-help`");
    for (const line of host.guidance) assertStringIncludes(skill, line);
    const script = await Deno.stat(`${skills}/ouroboros-run/scripts/go.sh`);
    assertEquals(script.mode! & 0o111, 0o111);
    assertEquals(
      await Deno.readTextFile(`${skills}/ouroboros-run/references/facts.md`),
      "# Facts\n",
    );
    const entry = entryOf(host.placement, await Deno.readTextFile(home.entryFile(host.placement)));
    assertEquals(entry, host.placement.mcp.entry(LAUNCHER, ["API_KEY", "HTTPS_PROXY"]));
    assertEquals(
      await Deno.readTextFile(`${home.root}/config.yaml`),
      `version: 1\norchestrator:\n  ${host.id}_cli_path: "/usr/bin/${host.id}"\n` +
        `  runtime_backend: "${host.id}"\n`,
    );
    assertEquals((await Deno.stat(`${home.root}/install.json`)).mode! & 0o777, 0o600);
    await home.takeOut([host], { own: true });
    assertEquals(await home.tree(), before);
  },
);

each(
  "a second plan changes nothing, whatever the time, and says that all is in place",
  async (home, host) => {
    await home.setUp([host], { backend: host.id, approve: true });
    const receipt = await Deno.readFile(`${home.root}/install.json`);
    const again = await home.plan([host], {
      backend: host.id,
      approve: true,
      around: { at: "2099-01-01T00:00:00.000Z" },
    });
    assertEquals([again.unchanged, again.changes], [true, []]);
    assertEquals(again.hosts[0]!.state, "current");
    assert(again.hosts[0]!.files.every((file) => file.action === "same"));
    assertEquals(await Deno.readFile(`${home.root}/install.json`), receipt);
  },
);

each(
  "files of real users' shapes are edited in place, and come back to the byte",
  async (home, host) => {
    const { placement } = host;
    for (const { name, text } of fixtures(placement)) {
      await home.write(home.entryFile(placement), text);
      const before = await home.tree();
      const plan = await home.setUp([host], { approve: true });
      assertEquals(plan.hosts[0]!.files.filter((file) => file.action === "kept"), [], name);
      const after = await Deno.readTextFile(home.entryFile(placement));
      const entry = entryOf(placement, after);
      assertEquals(launcherWords(plainOf(entry!)), LAUNCHER, name);
      const again = await home.plan([host], { approve: true });
      assertEquals(again.unchanged, true, name);
      await home.takeOut([host], { own: true });
      assertEquals(await home.tree(), before, name);
    }
  },
);

each(
  "former launchers are migrated: what the original wrote goes, what the user added stays",
  async (home, host) => {
    const { placement } = host;
    const { mcp, former } = placement;
    const base = fixtures(placement)[0]!.text;
    for (const words of FORMER) {
      // The original's own marks stand only in its entries.
      const original = words !== FORMER.at(-1);
      const keys = original ? former.keys ?? [] : [];
      let value: Record<string, EditValue> = {
        ...mcp.entry(words, []) as Record<string, EditValue>,
        mine: 600,
      };
      for (const { path, value: one = "original" } of keys) {
        const [key, inner] = path;
        const held = value[key!] as Record<string, EditValue> | undefined;
        value = inner === undefined
          ? { ...value, [key!]: one }
          : { ...value, [key!]: { MINE: "x", ...held, [inner]: one } };
      }
      await home.write(home.entryFile(placement), withEntry(placement, base, value));
      const before = await home.tree();
      // The second of them is at work after us: what it wrote goes all the same.
      if (words === FORMER[1]) {
        await home.setUp([host]);
        await home.write(home.entryFile(placement), withEntry(placement, base, value));
      }
      const plan = await home.setUp([host]);
      const label = words.join(" ");
      assertEquals(plan.hosts[0]!.state, "stale", label);
      assertStringIncludes(plan.hosts[0]!.notes.join("\n"), label);
      const entry = plainOf(
        entryOf(placement, await Deno.readTextFile(home.entryFile(placement)))!,
      );
      assertEquals(launcherWords(entry), LAUNCHER, label);
      assertEquals(valueAt(entry, ["mine"]), 600, label);
      const wanted = plainOf(mcp.entry(LAUNCHER, ["API_KEY", "HTTPS_PROXY"]));
      for (const { path } of keys) {
        assertEquals(valueAt(entry, path), valueAt(wanted, path), `${label}: ${path}`);
        if (path.length > 1) assertEquals(valueAt(entry, [path[0]!, "MINE"]), "x");
      }
      assertEquals((await home.plan([host])).unchanged, true, label);
      await home.takeOut([host], { own: true });
      if (words !== FORMER[1]) assertEquals(await home.tree(), before, label);
      else await Deno.remove(home.root, { recursive: true }).catch(() => {});
    }
  },
);

each(
  "what the original would have written is the user's own where this program was started",
  async (home, host) => {
    const { placement } = host;
    const keys = (placement.former.keys ?? []).filter((key) => key.value === undefined);
    const changes = keys.map(({ path }) => ({
      op: "set" as const,
      path: [...placement.mcp.keyPath, ...path],
      value: "mine",
    }));
    const entry = placement.mcp.entry(FORMER.at(-1)!, []);
    const start = withEntry(placement, fixtures(placement)[0]!.text, entry);
    const result = editBytes(placement.mcp.format, start, changes);
    assert(result.ok);
    await home.write(home.entryFile(placement), result.bytes);
    await home.setUp([host]);
    const after = plainOf(entryOf(placement, await Deno.readTextFile(home.entryFile(placement)))!);
    for (const { path } of keys) assertEquals(valueAt(after, path), "mine");
  },
);

each(
  "an entry of ours that the user switched off is brought up to date, and stays off",
  async (home, host) => {
    const { placement } = host;
    await home.setUp([host]);
    const path = home.entryFile(placement);
    const off = editBytes(placement.mcp.format, await Deno.readFile(path), [
      { op: "set", path: [...placement.mcp.keyPath, "enabled"], value: false },
    ]);
    assert(off.ok);
    await Deno.writeFile(path, off.bytes);
    const plan = await home.setUp([host], {
      around: { launcher: ["/new/ouroboros", "mcp", "serve"] },
    });
    const entry = plainOf(entryOf(placement, await Deno.readTextFile(path))!);
    const found = [valueAt(entry, ["enabled"]), launcherWords(entry)?.[0]];
    assertEquals(found, [false, "/new/ouroboros"]);
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), "switched off");
  },
);

each(
  "an entry of the user's own under our name stays; the skills are installed beside it",
  async (home, host) => {
    const { placement } = host;
    const own = withEntry(placement, fixtures(placement)[0]!.text, {
      command: "my-own",
      args: ["x"],
    });
    await home.write(home.entryFile(placement), own);
    const plan = await home.setUp([host], { approve: true });
    assertEquals(await Deno.readFile(home.entryFile(placement)), own);
    const kept = plan.hosts[0]!.files.filter((file) => file.action === "kept");
    assertEquals(kept.map((file) => file.path), [home.entryFile(placement)]);
    assertStringIncludes(kept[0]!.note!, "rename or remove");
    const skills = home.hostFile(placement, placement.skills.dir);
    assert((await Deno.stat(`${skills}/ouroboros-run/SKILL.md`)).isFile);
    const again = await home.plan([host], { approve: true });
    assertEquals([again.unchanged, again.hosts[0]!.state], [true, "yours"]);
  },
);

each(
  "a later version renews its skills, takes its stale ones out and keeps a neighbour",
  async (home, host) => {
    const { placement } = host;
    const skills = home.hostFile(placement, placement.skills.dir);
    await home.write(`${skills}/ouroboros-mine/SKILL.md`, "mine");
    const before = await home.tree();
    await home.setUp([host]);
    await home.write(`${skills}/ouroboros-help/notes.txt`, "a person's");
    await Deno.remove(`${home.bundles}/help`, { recursive: true });
    const plan = await home.setUp([host], { around: { version: "2.0.0" } });
    assertEquals(plan.hosts[0]!.state, "stale");
    assertStringIncludes(await Deno.readTextFile(`${skills}/ouroboros-run/SKILL.md`), "2.0.0");
    const left = [...Deno.readDirSync(`${skills}/ouroboros-help`)].map((entry) => entry.name);
    assertEquals(left, ["notes.txt"]);
    assertEquals(await Deno.readTextFile(`${skills}/ouroboros-mine/SKILL.md`), "mine");
    assertEquals(
      plan.hosts[0]!.files.filter((one) => one.action === "remove").map((one) => one.path),
      [
        `${skills}/ouroboros-help/SKILL.md`,
      ],
    );
    await Deno.remove(`${skills}/ouroboros-help`, { recursive: true });
    await home.takeOut([host], { own: true });
    assertEquals(await home.tree(), before);
  },
);

each(
  "a moved launcher is renewed in place, also when only the receipt knows the old one",
  async (home, host) => {
    const { placement } = host;
    await home.write(home.entryFile(placement), fixtures(placement)[0]!.text);
    const before = await home.tree();
    const odd = ["/opt/renamed/snake", "mcp", "serve"];
    await home.setUp([host], { around: { launcher: odd }, approve: true });
    const plan = await home.setUp([host]);
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), odd.join(" "));
    const entry = entryOf(placement, await Deno.readTextFile(home.entryFile(placement)));
    assertEquals(launcherWords(plainOf(entry!)), LAUNCHER);
    // What was approved stays approved, though it was not asked for again.
    const approvals = placement.approval.approve(["ouroboros_session_status"]);
    const receipt = await home.receipt();
    assertEquals(
      receipt!.runtimes[host.id]!.approved?.length,
      approvals.length > 0 ? 2 : undefined,
    );
    await home.takeOut([host], { own: true });
    assertEquals(await home.tree(), before);
  },
);

each(
  "its places follow the variables that move them, and a former place is kept in mind",
  async (home, host) => {
    const { placement } = host;
    const name = placement.home.env;
    if (name === undefined) return;
    const before = await home.tree();
    await home.setUp([host]);
    const moved = { variable: (one: string) => one === name ? `${home.home}/moved` : undefined };
    const plan = await home.setUp([host], { around: moved });
    assertEquals(plan.hosts[0]!.state, "absent");
    assertStringIncludes(plan.hosts[0]!.notes.join("\n"), name);
    const skill = `${home.home}/moved/${placement.skills.dir}/ouroboros-run/SKILL.md`;
    assert((await Deno.stat(skill)).isFile);
    const again = await home.plan([host], { around: moved });
    assertEquals([again.unchanged, again.hosts[0]!.state], [true, "current"]);
    await home.takeOut([host], { own: true, around: moved });
    assertEquals(await home.tree(), before);
  },
);

each(
  "everything that stands in the way is said at once, and nothing is planned",
  async (home, host) => {
    const { placement } = host;
    const skills = home.hostFile(placement, placement.skills.dir);
    await home.write(home.entryFile(placement), "[broken");
    await home.write(`${home.root}/config.yaml`, "orchestrator: [a]\n");
    await Deno.mkdir(`${skills}/ouroboros-run/SKILL.md`, { recursive: true });
    const before = await home.tree();
    const error = await assertRejects(() => home.plan([host]), OuroborosError);
    assertEquals(error.code, "host_file_unusable");
    for (
      const part of [
        home.entryFile(placement),
        `${home.root}/config.yaml`,
        "orchestrator",
        "found a list",
        "expected a mapping",
        `${skills}/ouroboros-run/SKILL.md`,
      ]
    ) assertStringIncludes(error.message, part);
    assertEquals(await home.tree(), before);
  },
);

Deno.test("hosts that were set up one after the other are taken out in any order", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  await home.write(`${home.root}/config.yaml`, "# mine\nllm:\n  backend: litellm # stays\n");
  const before = await home.tree();
  for (const host of HOSTS) await home.setUp([host], { backend: host.id });
  const config = await Deno.readTextFile(`${home.root}/config.yaml`);
  assertStringIncludes(config, "# mine\nllm:\n  backend: litellm # stays\n");
  assertStringIncludes(config, `runtime_backend: "${HOSTS.at(-1)!.id}"`);
  assertEquals((await home.plan(HOSTS)).unchanged, true);
  for (const [index, host] of HOSTS.entries()) {
    await home.takeOut([host], { own: index === HOSTS.length - 1 });
  }
  assertEquals(await home.tree(), before);
});

Deno.test("a folder of the host that is a link is followed; a file of the host that is one is not", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const { placement } = MADE_UP;
  await Deno.mkdir(`${home.home}/dotfiles`);
  await Deno.symlink(`${home.home}/dotfiles`, `${home.home}/${placement.home.path}`);
  const before = await home.tree();
  await home.setUp([MADE_UP]);
  assert((await Deno.stat(`${home.home}/dotfiles/madeup.json`)).isFile);
  await home.takeOut([MADE_UP], { own: true });
  assertEquals(await home.tree(), before);
  await home.write("elsewhere.json", "{}");
  await Deno.symlink(`${home.home}/elsewhere.json`, home.entryFile(placement));
  const error = await assertRejects(() => home.plan([MADE_UP]), OuroborosError);
  assertStringIncludes(error.message, "found a link to");
});

Deno.test("a bundle's folder that is a link is not ours, and is refused", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const skills = home.hostFile(MADE_UP.placement, MADE_UP.placement.skills.dir);
  await Deno.mkdir(skills, { recursive: true });
  await Deno.mkdir(`${home.home}/theirs`);
  await Deno.symlink(`${home.home}/theirs`, `${skills}/ouroboros-run`);
  const error = await assertRejects(() => home.plan([MADE_UP]), OuroborosError);
  assertStringIncludes(error.message, `${skills}/ouroboros-run`);
});

Deno.test("what would stop the plan when it is carried out is said before", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  await home.write(home.entryFile(MADE_UP.placement), "{}");
  await Deno.chmod(home.entryFile(MADE_UP.placement), 0o444);
  await Deno.mkdir(`${home.home}/elsewhere`);
  await Deno.symlink(`${home.home}/elsewhere`, home.root);
  const error = await assertRejects(() => home.plan([MADE_UP]), OuroborosError);
  assertStringIncludes(error.message, "the file is read-only");
  assertStringIncludes(error.message, `"${home.root}": found a link to`);
});

Deno.test("a file that is too large to be edited is refused with its size", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const text = `{${" ".repeat(4 * 1024 * 1024)}}`;
  await home.write(home.entryFile(MADE_UP.placement), text);
  const error = await assertRejects(() => home.plan([MADE_UP]), OuroborosError);
  assertStringIncludes(error.message, "found 4,194,306 bytes, expected at most 4,194,304");
});

Deno.test("files with settings that setup makes are for nobody else to read", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  await home.setUp([MADE_UP]);
  for (const path of [home.entryFile(MADE_UP.placement), `${home.root}/config.yaml`]) {
    assertEquals((await Deno.stat(path)).mode! & 0o077, 0, path);
  }
});

Deno.test("a receipt that was written since the plan began ends the plan", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  await home.setUp([MADE_UP]);
  const error = await assertRejects(
    () => home.plan([MADE_UP], { around: { receipt: null } }),
    OuroborosError,
  );
  assertEquals(error.code, "conflict");
});

Deno.test("of several files the one with our entry is kept up to date, else the first that is there", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const base = madeUpPlacement("many");
  const placement = { ...base, mcp: { ...base.mcp, files: ["a.json", "b.json", "c.json"] } };
  const host = madeUpRuntime("many", { placement }) as Host;
  const file = (name: string) => home.hostFile(placement, name);
  await home.write(file("b.json"), "{}");
  await home.write(file("c.json"), "{}");
  await home.setUp([host]);
  assertEquals(await Deno.readTextFile(file("c.json")), "{}");
  assert(entryOf(placement, await Deno.readTextFile(file("b.json"))) !== undefined);
  // Made later, and first in the order: our entry is where it was.
  await home.write(file("a.json"), "{}");
  const plan = await home.setUp([host], {
    around: { launcher: ["/new/ouroboros", "mcp", "serve"] },
  });
  assertEquals(await Deno.readTextFile(file("a.json")), "{}");
  assertStringIncludes(await Deno.readTextFile(file("b.json")), "/new/ouroboros");
  assertEquals(plan.hosts[0]!.state, "stale");
});
