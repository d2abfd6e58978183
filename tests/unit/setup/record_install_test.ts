import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { sha256 } from "../../../lib/kernel/digest.ts";
import { type Placement, REGISTRY, type RuntimeDefinition } from "../../../lib/runtimes/mod.ts";
import type { EditValue } from "../../../lib/setup/edit/change.ts";
import { editBytes } from "../../../lib/setup/edit/edit_bytes.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { PlannedHome } from "../../helpers/planned_home.ts";
import { type TempDir, tempDir } from "../../helpers/temp_dir.ts";

type Host = RuntimeDefinition & { placement: Placement };
const HOSTS = REGISTRY.all.filter((one): one is Host => one.placement !== undefined);
const CASES = 80;

Deno.test("all parts that edited one file say the same of it, and count their steps together", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  for (const host of HOSTS) await home.setUp([host], { backend: host.id });
  const receipt = (await home.receipt())!;
  const config = `${home.root}/config.yaml`;
  const edits = [...Object.values(receipt.runtimes), receipt.own!]
    .flatMap((part) => part.edits.filter((edit) => edit.path === config));
  assertEquals(edits.length, HOSTS.length + 1);
  const now = sha256(await Deno.readFile(config));
  assertEquals(
    new Set(edits.map((edit) => `${edit.before} ${edit.after}`)),
    new Set([`null ${now}`]),
  );
  const orders = edits.flatMap((edit) => edit.undo.map((step) => step.order)).sort((a, b) => a - b);
  assertEquals(orders, orders.map((_, index) => index));
});

Deno.test("steps are added to those of before, and the first bytes stay the first", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const host = madeUpRuntime("madeup", { placement: madeUpPlacement("madeup") });
  await home.write(".madeup/madeup.json", "{}");
  const edit = async () =>
    (await home.receipt())!.runtimes.madeup!.edits.find((one) => one.path.endsWith("madeup.json"))!;
  await home.setUp([host]);
  const first = await edit();
  await home.setUp([host], { around: { launcher: ["/new/ouroboros", "mcp", "serve"] } });
  const second = await edit();
  assertEquals(second.before, sha256("{}"));
  assertEquals(second.undo.slice(0, first.undo.length), first.undo);
  assertEquals(second.undo.length, first.undo.length + 1);
  // The user starts again from nothing: what was done before is void.
  await Deno.remove(`${home.home}/.madeup/madeup.json`);
  await home.setUp([host]);
  assertEquals([(await edit()).before, (await edit()).undo.map((step) => step.order)], [null, [0]]);
});

Deno.test("a folder that two parts lie in is written down in both", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make();
  const hosts = ["one", "two"].map((id) =>
    madeUpRuntime(id, { placement: madeUpPlacement(id, { home: { path: `.shared/${id}` } }) })
  );
  const before = await home.tree();
  for (const host of hosts) await home.setUp([host]);
  for (const part of Object.values((await home.receipt())!.runtimes)) {
    assertEquals(part.folders[0], `${home.home}/.shared`);
  }
  for (const [index, host] of hosts.entries()) await home.takeOut([host], { own: index === 1 });
  assertEquals(await home.tree(), before);
});

Deno.test("a part says when it was last changed, not when it was last looked at", async () => {
  await using folder = await tempDir();
  const home = await new PlannedHome(folder.path).make(["run"]);
  const host = madeUpRuntime("madeup", { placement: madeUpPlacement("madeup") });
  const other = madeUpRuntime("other", { placement: madeUpPlacement("other") });
  await home.setUp([host], { around: { at: "2026-01-01T00:00:00.000Z" } });
  await home.setUp([host, other], { around: { at: "2026-02-02T00:00:00.000Z" } });
  const { runtimes } = (await home.receipt())!;
  // Our configuration was changed for the other, and is in its part too.
  assertEquals(runtimes.other!.at, "2026-02-02T00:00:00.000Z");
  const again = await home.plan([host], { around: { at: "2026-03-03T00:00:00.000Z" } });
  assertEquals(again.unchanged, true);
});

Deno.test("generated homes: what the receipt keeps gives every one of them back to the byte", async () => {
  await fc.assert(fc.asyncProperty(fc.gen(), (g) => oneHome((max) => g(fc.nat, max))), {
    numRuns: CASES,
  });
  console.log(`Set up and taken out again: ${CASES} generated homes`);
});

/** A folder in memory, where the system has such: hundreds of homes are written to the disk each time. */
async function memoryDir(): Promise<TempDir> {
  const path = await Deno.makeTempDir({ dir: "/dev/shm", prefix: "ouroboros_test_" }).catch(() =>
    undefined
  );
  if (path === undefined) return await tempDir();
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

/** A home with files in some hosts' folders, set up a few times in some way, and taken out. */
async function oneHome(upTo: (max: number) => number): Promise<void> {
  const of = <T>(choices: readonly T[]): T => choices[upTo(choices.length - 1)]!;
  await using folder = await memoryDir();
  const home = await new PlannedHome(folder.path).make(["run"]);
  for (const { placement } of HOSTS) {
    if (upTo(2) > 0) await home.write(home.entryFile(placement), hostFile(placement, of));
  }
  if (upTo(1) > 0) await home.write(`${home.root}/config.yaml`, of(CONFIGS));
  const before = await home.tree();
  const there = new Set<Host>();
  const moved = upTo(3) === 0;
  const variable = (name: string) =>
    moved && HOSTS.some(({ placement }) => placement.home.env === name)
      ? `${home.home}/moved/${name}`
      : undefined;
  for (let count = 1 + upTo(2); count > 0; count--) {
    const hosts = HOSTS.filter(() => upTo(1) > 0);
    if (hosts.length === 0) continue;
    const options = {
      approve: upTo(1) > 0,
      backend: of([null, hosts[0]!.id]),
      around: {
        variable,
        version: of(["1.0.0", "2.0.0"]),
        launcher: [of(["/opt/ouroboros", "/home/ada/bin/snake"]), "mcp", "serve"],
        forwarded: of([[], ["A"], ["A", "B"]]),
        tools: of([["ouroboros_session_status"], ["ouroboros_doctor", "ouroboros_session_status"]]),
      },
    };
    await home.setUp(hosts, options);
    const again = await home.plan(hosts, options);
    assertEquals(again.changes.map(({ path, after }) => [path, String(after)]), []);
    for (const host of hosts) there.add(host);
  }
  while (there.size > 0) {
    const host = of([...there]);
    there.delete(host);
    await home.takeOut([host], { own: there.size === 0, around: { variable } });
  }
  assertEquals(await home.tree(), before);
}

const CONFIGS = [
  "# mine\nllm:\n  backend: litellm # stays\n",
  "orchestrator:\n  # who\n  runtime_backend: 'none'   # yet\n\nrun:\n  attempts: 2\n",
  "orchestrator: {runtime_backend: none}\n",
  "version: 1\r\norchestrator:\r\n",
  "orchestrator: null # later",
];

/** A file of a real user's shape, or one with an entry of a former launcher in it. */
function hostFile({ mcp, former }: Placement, of: <T>(choices: readonly T[]) => T): Uint8Array {
  const folder = new URL(`../../fixtures/setup/${mcp.format}/`, import.meta.url);
  const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
  const bytes = Deno.readFileSync(new URL(of(names), folder));
  const words = of([undefined, ["uvx", "ouroboros"], ["python3", "-m", "ouroboros"], [
    "ouroboros",
  ]]);
  if (words === undefined) return bytes;
  const entry = mcp.entry([...words, "mcp", "serve"], []) as Record<string, EditValue>;
  const result = editBytes(mcp.format, bytes, [
    { op: "remove", path: mcp.keyPath },
    { op: "set", path: mcp.keyPath, value: { ...entry, mine: 1 } },
    ...(former.keys ?? []).map(({ path, value = "x" }) => ({
      op: "set" as const,
      path: [...mcp.keyPath, ...path],
      value,
    })),
  ]);
  return result.ok ? result.bytes : bytes;
}
