import { assert, assertEquals } from "@std/assert";
import { movedReceipt } from "../../../lib/setup/moved_receipt.ts";
import { planSetup } from "../../../lib/setup/plan_setup.ts";
import { planUninstall } from "../../../lib/setup/plan_uninstall.ts";
import type { SetupAround } from "../../../lib/setup/setup_plan.ts";
import { applyTransaction } from "../../../lib/setup/write/apply_transaction.ts";
import { copyAll } from "../../helpers/setup_bench.ts";
import { snapshot } from "../../helpers/setup_snapshot.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";

/** What surrounds a plan in a home to which that of a bench came, with its receipt as it is read. */
async function aroundIn(home: string, bench: UninstallBench): Promise<SetupAround> {
  const root = `${home}/.ouroboros`;
  const stored = JSON.parse(await Deno.readTextFile(`${root}/install.json`));
  const configFile = `${root}/config.yaml`;
  const around = { ...await bench.around(), home, root, configFile, stored };
  return { ...around, receipt: await movedReceipt(stored, around, PLACED) };
}

async function undoIn(around: SetupAround) {
  const plan = await planUninstall(around, { hosts: PLACED, own: true, force: false });
  const { changes, emptied, ours } = plan;
  await applyTransaction({ root: around.root, changes, emptied, ours }, { token: "0badcafe" });
  return [...plan.own, ...plan.hosts.flatMap((one) => one.files)];
}

Deno.test("an uninstall in a copy of a home takes all of the copy back, and nothing of the home", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED, { backend: true });
  // One of the hosts was set up in a folder that a variable named.
  const host = PLACED.find((one) => one.placement!.home.env !== undefined)!;
  const name = host.placement!.home.env!;
  await bench.undo([host]);
  await Deno.mkdir(`${bench.home}/moved`);
  const variable = (one: string) => one === name ? `${bench.home}/moved` : undefined;
  await bench.write("moved/mine", "");
  const wanted = [{ definition: host, program: "/opt/it", approve: true }];
  const plan = await planSetup(await bench.around({ variable }), { hosts: wanted, backend: null });
  await applyTransaction({ ...plan, root: bench.root }, { token: "0badf00d" });
  const copy = `${bench.home}.copy`;
  await copyAll(bench.home, copy);
  const before = await bench.snapshot();
  const files = await undoIn(await aroundIn(copy, bench));
  assertEquals(files.filter((one) => !one.path.startsWith(`${copy}/`)), []);
  assertEquals([...(await snapshot(copy)).keys()], ["", "moved", "moved/mine"]);
  assertEquals(await bench.snapshot(), before);
  await undoIn(await bench.around());
  assertEquals([...(await bench.snapshot()).keys()], ["", "moved", "moved/mine"]);
});

Deno.test("a home that was moved is as it was set up: nothing to do, and all of it can be taken back", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED);
  const moved = `${bench.home}.moved`;
  await Deno.rename(bench.home, moved);
  const around = await aroundIn(moved, { ...bench, around: () => bench.around({ receipt: null }) });
  const hosts = PLACED.map((definition) => ({
    definition,
    program: `/opt/${definition.id}-0.1.0`,
    approve: false,
  }));
  const launcher = ["/opt/ouroboros-0.1.0/ouroboros", "mcp", "serve"];
  const again = await planSetup({ ...around, launcher }, { hosts, backend: null });
  assertEquals(again.changes.map((one) => one.path), []);
  await undoIn(around);
  assertEquals([...(await snapshot(moved)).keys()], [""]);
});

Deno.test("where anything was set up here, what stands elsewhere is not taken for what stands here", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED);
  const around = await bench.around();
  const [host] = PLACED;
  const part = around.receipt!.runtimes[host!.id]!;
  const [file] = part.files;
  const path = `/other${file!.path.slice(bench.home.length)}`;
  const receipt = {
    ...around.receipt!,
    runtimes: { ...around.receipt!.runtimes, [host!.id]: { ...part, files: [{ ...file!, path }] } },
  };
  assert(await movedReceipt(receipt, around, PLACED) === receipt);
});

Deno.test("a project came along, or is on the record of the home that it was set up from", async () => {
  await using bench = await uninstallBench();
  await bench.setUp(PLACED);
  const copy = `${bench.home}.copy`;
  await copyAll(bench.home, copy);
  await Deno.mkdir(`${copy}/work`);
  const around = await bench.around();
  const part = { at: "", by: "", files: [], edits: [], folders: [] };
  const projects = { [`${bench.home}/work`]: part, "/elsewhere": part };
  const here = {
    ...around,
    home: copy,
    root: `${copy}/.ouroboros`,
    configFile: `${copy}/.ouroboros/config.yaml`,
  };
  const there = { ...around.receipt!, projects };
  const copied = await movedReceipt(there, here, PLACED);
  assertEquals(Object.keys(copied.projects ?? {}), [`${copy}/work`]);
  await Deno.remove(bench.home, { recursive: true });
  const moved = await movedReceipt(there, here, PLACED);
  assertEquals(Object.keys(moved.projects ?? {}), [`${copy}/work`, "/elsewhere"]);
});
