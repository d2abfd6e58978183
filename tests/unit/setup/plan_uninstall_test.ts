import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse as parseYaml, stringify as stringifyYaml } from "@std/yaml";
import fc from "fast-check";
import { parse as parseToml, stringify as stringifyToml } from "smol-toml";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { hostPlaces } from "../../../lib/runtimes/mod.ts";
import { planUninstall } from "../../../lib/setup/plan_uninstall.ts";
import { jsonText } from "../../helpers/json_text.ts";
import type { Pick } from "../../helpers/pick.ts";
import { differences } from "../../helpers/setup_snapshot.ts";
import { tomlText } from "../../helpers/toml_text.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";
import { yamlText } from "../../helpers/yaml_text.ts";

const CASES = 80;

Deno.test("whatever was set up how often, undoing it in any order gives the home back to the byte", async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      let words = 0;
      const pick: Pick = {
        upTo: (max) => g(fc.nat, max),
        oneIn: (every) => g(fc.nat, every - 1) === every - 1,
        of: (choices) => choices[g(fc.nat, choices.length - 1)]!,
        word: (kind) => `${kind}${words++}`,
      };
      await using bench = await uninstallBench();
      await fill(bench, pick);
      const before = await bench.snapshot();
      const there = new Set<string>();
      for (let count = 1 + pick.upTo(5); count > 0; count--) {
        const host = pick.of(PLACED);
        const how = {
          version: pick.of(["0.1.0", "0.2.0", "0.3.0"]),
          approve: pick.oneIn(2),
          backend: pick.oneIn(2),
          bundles: pick.of([undefined, ["run"], ["run", "help"]]) ?? ["run", "status", "apply"],
        };
        const left = [...there];
        if (left.length > 0 && pick.oneIn(4)) {
          const gone = pick.of(left);
          await bench.undo(PLACED.filter((one) => one.id === gone));
          there.delete(gone);
        } else if (await setsUp(bench, host, how)) there.add(host.id);
      }
      while (there.size > 0) {
        const gone = new Set([pick.of([...there]), pick.of([...there])]);
        await bench.undo(PLACED.filter((one) => gone.has(one.id)));
        for (const id of gone) there.delete(id);
      }
      assertEquals(differences(before, await bench.snapshot()), []);
      done++;
    }),
    // Making a failure smaller writes thousands of files.
    { numRuns: CASES, endOnFailure: true },
  );
  console.log(`Undone in any order: ${done} homes`);
});

/** Files of a user in some of the hosts' folders, written in many ways. */
async function fill(bench: UninstallBench, pick: Pick): Promise<void> {
  const around = { home: bench.home, variable: () => undefined };
  for (const { placement } of PLACED) {
    const places = hostPlaces(placement!, around);
    const files = [{ path: pick.of(places.mcp), format: placement!.mcp.format }];
    const { file } = placement!.approval;
    if (file) files.push({ path: places.approval!, format: file.format });
    for (const { path, format } of files) {
      if (pick.oneIn(3)) continue;
      const text = format === "yaml"
        ? yamlText(pick).text
        : format === "toml"
        ? tomlText(pick)
        : jsonText(pick, { comments: format === "jsonc" });
      await bench.write(path.slice(bench.home.length + 1), text);
    }
  }
  const config = pick.of([
    undefined,
    "",
    "# mine\nllm:\n  backend: x # keep\n",
    "orchestrator: # who\n    max_parallel: 3\n\nllm: {backend: y}",
    "orchestrator:\n",
    "version: 1\r\norchestrator:\r\n  runtime_backend: opencode\r\n  # end\r\n",
    "orchestrator: {a_cli_path: /x}\n",
  ]);
  if (config !== undefined) await bench.write(".ouroboros/config.yaml", config);
}

/** False where a generated file is one that no entry can be put into. */
async function setsUp(
  bench: UninstallBench,
  host: typeof PLACED[number],
  how: Parameters<UninstallBench["setUp"]>[1],
): Promise<boolean> {
  try {
    await bench.setUp([host], how);
    return true;
  } catch (thrown) {
    if ((thrown as { code?: string }).code === "host_file_unusable") return false;
    throw thrown;
  }
}

for (const host of PLACED) {
  const { id, placement } = host;
  const { mcp } = placement!;

  Deno.test(`${id}: what a person wrote beside our entry stays to the byte`, async () => {
    await using bench = await uninstallBench();
    const path = entryFile(bench, host);
    await bench.write(path, OWN_TEXT[mcp.format]);
    await bench.setUp([host], { approve: true, backend: true });
    const mark = mcp.format === "toml" || mcp.format === "yaml" ? "# " : "// ";
    const note = mcp.format === "json" ? "\n" : `${mark}written since\n`;
    const above = (text: string) => note + text + "\n";
    await bench.write(path, above(await bench.read(path)));
    await bench.undo([host]);
    assertEquals(await bench.read(path), above(OWN_TEXT[mcp.format]));
    assertEquals(await exists(bench.root), false);
  });

  Deno.test(`${id}: an entry that somebody changed stays and is still known, until it is forced`, async () => {
    await using bench = await uninstallBench();
    const path = entryFile(bench, host);
    await bench.write(path, OWN_TEXT[mcp.format]);
    const before = await bench.snapshot();
    await bench.setUp([host], { backend: true });
    const edited = (await bench.read(path)).replace("/opt/ouroboros-0.1.0/", "/home/ada/");
    await bench.write(path, edited);
    const plan = await bench.undo([host]);
    const file = plan.hosts[0]!.files.find((one) => one.path === `${bench.home}/${path}`);
    assertEquals([file?.action, file?.note?.includes("--force")], ["kept", true]);
    assertEquals(await bench.read(path), edited);
    const { receipt } = await bench.around();
    assertEquals(receipt?.runtimes[id]?.files, []);
    assertEquals(receipt?.runtimes[id]?.edits.map((one) => one.path), [`${bench.home}/${path}`]);
    assertEquals(await exists(`${bench.root}/config.yaml`), false);
    assertEquals((await bench.undo([host])).unchanged, true);

    await bench.undo([host], { force: true });
    assertEquals(differences(before, await bench.snapshot()), []);
  });

  Deno.test(`${id}: an entry, a skill and a file that are gone are passed over, with a note`, async () => {
    await using bench = await uninstallBench();
    const path = entryFile(bench, host);
    await bench.setUp([host]);
    const { receipt } = await bench.around();
    const skill = receipt!.runtimes[id]!.files[0]!.path;
    await Deno.remove(skill);
    await Deno.remove(`${bench.home}/${path}`);
    const plan = await bench.undo([host]);
    const gone = plan.hosts[0]!.files.filter((one) => one.note?.includes("gone already"));
    assertEquals(gone.map((one) => one.path).sort(), [skill, `${bench.home}/${path}`].sort());
    assertEquals([...(await bench.snapshot()).keys()], [""]);
  });

  Deno.test(`${id}: a file that we made stays with what others wrote into it since`, async () => {
    await using bench = await uninstallBench();
    const path = entryFile(bench, host);
    await bench.setUp([host], { backend: true });
    const both = await bench.read(path);
    await bench.write(path, withMember(mcp.format, both));
    const folder = `${path.slice(0, path.lastIndexOf("/") + 1)}notes.txt`;
    await bench.write(folder, "mine");
    await bench.undo([host]);
    assertEquals((await bench.read(path)).trim(), withMember(mcp.format, "").trim());
    assertEquals(await bench.read(folder), "mine");
    assertEquals(await exists(bench.root), false);
  });

  Deno.test(`${id}: a skill that somebody changed stays until it is forced, the others go`, async () => {
    await using bench = await uninstallBench();
    const before = await bench.snapshot();
    await bench.setUp([host]);
    const { receipt } = await bench.around();
    const skill = receipt!.runtimes[id]!.files[0]!.path;
    await Deno.writeTextFile(skill, (await Deno.readTextFile(skill)) + "mine\n");
    const plan = await bench.undo([host]);
    const kept = plan.hosts[0]!.files.filter((one) => one.action === "kept");
    assertEquals(kept.map((one) => one.path), [skill]);
    const left = (await bench.around()).receipt!.runtimes[id]!;
    assertEquals(left.files.map((one) => one.path), [skill]);
    assertEquals(left.edits, []);
    await bench.undo([host], { force: true });
    assertEquals(differences(before, await bench.snapshot()), []);
  });
}

Deno.test("a file that its host has written anew loses our entry and nothing else", async () => {
  await using bench = await uninstallBench();
  for (const host of PLACED) await bench.write(entryFile(bench, host), OWN_TEXT[formatOf(host)]);
  await bench.setUp(PLACED, { approve: true });
  for (const host of PLACED) {
    const path = entryFile(bench, host);
    await bench.write(path, rewritten(formatOf(host), await bench.read(path)));
  }
  await bench.undo(PLACED);
  for (const host of PLACED) {
    const left = meaning(formatOf(host), await bench.read(entryFile(bench, host)));
    assertEquals(left, meaning(formatOf(host), OWN_TEXT[formatOf(host)]), host.id);
  }
});

Deno.test("all that stands in the way is said in one error, and nothing is planned", async () => {
  await using bench = await uninstallBench();
  const [first, second, third] = PLACED;
  await bench.setUp(PLACED);
  const [linked, broken] = [entryFile(bench, first!), entryFile(bench, second!)];
  await Deno.rename(`${bench.home}/${linked}`, `${bench.home}/elsewhere`);
  await Deno.symlink(`${bench.home}/elsewhere`, `${bench.home}/${linked}`);
  await bench.write(broken, "[[[ {{{ broken\n");
  const { receipt } = await bench.around();
  const skill = receipt!.runtimes[third!.id]!.files[0]!.path;
  await Deno.chmod(skill, 0o444);
  const before = await bench.snapshot();
  const error = await assertRejects(() => bench.undo(PLACED), OuroborosError);
  assertEquals(error.code, "host_file_unusable");
  for (const path of [linked, broken]) {
    assertStringIncludes(error.message, `${bench.home}/${path}`);
  }
  assertStringIncludes(error.message, skill);
  assertEquals(differences(before, await bench.snapshot()), []);

  await Deno.remove(`${bench.home}/${linked}`);
  await Deno.rename(`${bench.home}/elsewhere`, `${bench.home}/${linked}`);
  await Deno.chmod(skill, 0o644);
  await Deno.remove(`${bench.home}/${broken}`);
  await bench.undo(PLACED);
  assertEquals([...(await bench.snapshot()).keys()], [""]);
});

Deno.test("a folder of ours that became a link is refused before anything is done", async () => {
  await using bench = await uninstallBench();
  const [host] = PLACED;
  await bench.setUp([host!]);
  const { receipt } = await bench.around();
  const folder = receipt!.runtimes[host!.id]!.files[0]!.path.replace(/\/[^/]*$/, "");
  await Deno.rename(folder, `${bench.home}/moved`);
  await Deno.symlink(`${bench.home}/moved`, folder);
  const before = await bench.snapshot();
  const error = await assertRejects(() => bench.undo([host!]), OuroborosError);
  assertEquals(error.code, "host_file_unusable");
  assertStringIncludes(error.message, folder);
  assertEquals(differences(before, await bench.snapshot()), []);
});

Deno.test("a receipt of a later version is never taken for none", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED.slice(0, 1));
  const path = ".ouroboros/install.json";
  const later = (await bench.read(path)).replace('"version": 1', '"version": 2');
  await bench.write(path, later);
  const before = await bench.snapshot();
  // Whoever reads it refuses it; a caller that goes on without it is refused here.
  const around = await bench.around().catch((thrown) => thrown);
  assertEquals(around.code, "receipt_invalid");
  await bench.write(path, "{}");
  await Deno.remove(`${bench.root}/install.json`);
  const without = await bench.around();
  await bench.write(path, later);
  const error = await assertRejects(
    () => planUninstall(without, { hosts: PLACED, own: true, force: true }),
    OuroborosError,
  );
  assertEquals(error.code, "receipt_invalid");
  assertEquals(differences(before, await bench.snapshot()).filter((one) => !/mode/.test(one)), []);
});

Deno.test("with a runtime that goes, the choice of it goes back to the one before it", async () => {
  await using bench = await uninstallBench();
  const [first, second, third] = PLACED;
  await bench.setUp([first!], { backend: true });
  await bench.setUp([second!], { backend: true });
  await bench.setUp([third!]);
  await bench.undo([second!]);
  const config = ".ouroboros/config.yaml";
  assertStringIncludes(await bench.read(config), `runtime_backend: "${first!.id}"\n`);
  assertStringIncludes(await bench.read(config), `${third!.id}_cli_path: `);
  await bench.undo([first!]);
  const left = await bench.read(config);
  assertEquals(
    left,
    `version: 1\norchestrator:\n  ${third!.id}_cli_path: "/opt/${third!.id}-0.1.0"\n`,
  );
  await bench.undo([third!]);
  assertEquals([...(await bench.snapshot()).keys()], [""]);
});

Deno.test("what a person put into our configuration stays when all of ours goes", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED, { backend: true });
  const config = ".ouroboros/config.yaml";
  await bench.write(config, (await bench.read(config)) + "run:\n  attempts: 2 # mine\n");
  await bench.undo(PLACED, { own: true });
  // Without its version it would be read as the Python original's.
  assertEquals(await bench.read(config), "version: 1\nrun:\n  attempts: 2 # mine\n");
  assertEquals([...(await bench.snapshot()).keys()], ["", ".ouroboros", config]);
});

Deno.test("a key of our configuration that a person set since is theirs, and all of ours goes", async () => {
  const config = ".ouroboros/config.yaml";
  const [host] = PLACED;
  for (const before of [null, "orchestrator:\n  runtime_backend: goose # mine\n"]) {
    await using bench = await uninstallBench();
    if (before !== null) await bench.write(config, before);
    await bench.setUp([host!], { backend: true });
    const set = await bench.read(config);
    await bench.write(config, set.replace(/(runtime_backend: )\S+/, '$1"snail"'));
    const plan = await bench.undo([host!], { own: true });
    const stays = [...plan.own, ...plan.hosts.flatMap((one) => one.files)]
      .filter((file) => file.action === "kept");
    assertEquals(stays.map((file) => [file.yours, file.note]), [
      [true, "you set orchestrator.runtime_backend since: it is yours and stays"],
    ]);
    assertEquals(
      await bench.read(config),
      before === null
        ? 'version: 1\norchestrator:\n  runtime_backend: "snail"\n'
        : 'orchestrator:\n  runtime_backend: "snail" # mine\n',
    );
    assertEquals([...(await bench.snapshot()).keys()], ["", ".ouroboros", config]);
    // Nothing of ours is left there to force out.
    assertEquals((await bench.plan([host!], { own: true, force: true })).unchanged, true);
  }
});

Deno.test("what a person changed in our configuration goes by force, and so does the file", async () => {
  await using bench = await uninstallBench();
  const config = ".ouroboros/config.yaml";
  await bench.setUp([PLACED[0]!], { backend: true });
  const set = await bench.read(config);
  await bench.write(config, set.replace(/(runtime_backend: )\S+/, '$1"snail"'));
  await bench.undo([PLACED[0]!], { own: true, force: true });
  assertEquals([...(await bench.snapshot()).keys()], [""]);
});

Deno.test("one host goes: what a person chose in its place stays, and is not ours any more", async () => {
  await using bench = await uninstallBench();
  const config = ".ouroboros/config.yaml";
  const [first, second] = PLACED;
  await bench.setUp([first!], { backend: true });
  await bench.setUp([second!]);
  const set = await bench.read(config);
  await bench.write(config, set.replace(/(runtime_backend: )\S+/, `$1${second!.id}`));
  await bench.undo([first!]);
  assertStringIncludes(await bench.read(config), `runtime_backend: ${second!.id}\n`);
  const plan = await bench.undo([second!]);
  assertEquals(plan.own.filter((file) => file.action === "kept"), []);
  assertEquals(
    await bench.read(config),
    `version: 1\norchestrator:\n  runtime_backend: ${second!.id}\n`,
  );
});

Deno.test("hosts' files are written first, then our configuration, the receipt last", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED, { approve: true, backend: true });
  const plan = await bench.plan(PLACED);
  const paths = plan.changes.map((one) => one.path.slice(bench.root.length + 1));
  assertEquals(paths.slice(-2), ["config.yaml", "install.json"]);
  assertEquals(new Set(plan.changes.map((one) => one.path)).size, plan.changes.length);
  assertEquals(
    plan.hosts.map((one) => [one.id, one.state]),
    PLACED.map((one) => [one.id, "current"]),
  );
  assertEquals(plan.own.map((one) => one.action), ["remove", "remove"]);
});

Deno.test("where nothing was set up there is nothing to do, and nothing is left of having looked", async () => {
  await using bench = await uninstallBench();
  await bench.write(".claude.json", '{ "mcpServers": {} }');
  const before = await bench.snapshot();
  const plan = await bench.undo(PLACED, { own: true });
  assertEquals([plan.unchanged, plan.changes, plan.own], [true, [], []]);
  assertEquals(plan.hosts.map((one) => one.state), PLACED.map(() => "absent"));
  assertEquals(differences(before, await bench.snapshot()), []);
});

type Format = "json" | "jsonc" | "toml" | "yaml";

/** A file of a user's own in each format. */
const OWN_TEXT: Readonly<Record<Format, string>> = {
  json: '{\n  "theme": "dark",\n  "list": [1, 2]\n}\n',
  jsonc: '{\n  // mine\n  "theme": "dark",\n  "list": [1, 2,],\n}\n',
  toml: '# mine\nmodel = "x" # why\n\n[tui]\nlist = [1, 2]\n',
  yaml: "# mine\nmodel: x # why\nlist: [1, 2]\n",
};

function formatOf(host: typeof PLACED[number]): Format {
  return host.placement!.mcp.format;
}

function entryFile(bench: UninstallBench, { placement }: typeof PLACED[number]): string {
  const [path] = hostPlaces(placement!, { home: bench.home, variable: () => undefined }).mcp;
  return path!.slice(bench.home.length + 1);
}

/** The text with one member of a user's own. */
function withMember(format: Format, text: string): string {
  if (format === "toml") return `${text}${text && "\n"}[mine]\na = 1\n`;
  if (format === "yaml") return `${text}mine:\n  a: 1\n`;
  const members = text === "" ? {} : JSON.parse(text);
  return JSON.stringify({ ...members, mine: { a: 1 } }, null, 2) + "\n";
}

/** The same document as another program writes it. */
function rewritten(format: Format, text: string): string {
  const value = meaning(format, text) as Record<string, unknown>;
  if (format === "toml") return stringifyToml(value);
  return format === "yaml" ? stringifyYaml(value) : JSON.stringify(value, null, "\t");
}

function meaning(format: Format, text: string): unknown {
  if (format === "toml") return parseToml(text);
  if (format === "yaml") return parseYaml(text);
  return JSON.parse(text.replace(/\/\/ .*$/gm, "").replace(/,(\s*[}\]])/g, "$1"));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
