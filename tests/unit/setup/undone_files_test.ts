import { assertEquals } from "@std/assert";
import { hostPlaces } from "../../../lib/runtimes/mod.ts";
import { decodeReceipt, encodeReceipt } from "../../../lib/setup/write/install_receipt.ts";
import { PLACED, type UninstallBench, uninstallBench } from "../../helpers/uninstall_bench.ts";

const HOSTS = PLACED.filter((one) => one.placement!.skills.dir === "skills").slice(0, 2);

/** A home in which an earlier version set two hosts up in one folder of skills, the second last. */
async function shareSkills(bench: UninstallBench): Promise<void> {
  await bench.setUp(HOSTS);
  const [to, from] = HOSTS.map((one) =>
    hostPlaces(one.placement!, { home: bench.home, variable: () => undefined }).skills
  );
  await Deno.remove(to!, { recursive: true });
  await Deno.rename(from!, to!);
  await Deno.symlink(to!, from!);
}

async function filesIn(bench: UninstallBench): Promise<string[]> {
  return [...await bench.snapshot()].filter(([, one]) => one.kind === "file").map(([path]) => path);
}

Deno.test("what two hosts have in one place by a link goes once, with both", async () => {
  await using bench = await uninstallBench();
  await shareSkills(bench);
  const plan = await bench.undo(HOSTS, { own: true });
  assertEquals(plan.hosts.flatMap((one) => one.files).filter((one) => one.action === "kept"), []);
  assertEquals(await filesIn(bench), []);
});

Deno.test("one after the other, it goes with the last, whichever wrote it", async () => {
  for (const order of [HOSTS, HOSTS.toReversed()]) {
    await using bench = await uninstallBench();
    await shareSkills(bench);
    for (const [index, host] of order.entries()) {
      const skills = (await filesIn(bench)).filter((path) => path.endsWith("SKILL.md"));
      assertEquals(skills.length > 0, true, `before ${index}`);
      await bench.undo([host], { own: index === 1 });
    }
    assertEquals(await filesIn(bench), []);
  }
});

Deno.test("one path under two hosts, as of variables with one value, is known by either's digest", async () => {
  await using bench = await uninstallBench();
  await bench.setUp([HOSTS[0]!]);
  const path = `${bench.root}/install.json`;
  const receipt = decodeReceipt(await Deno.readFile(path), path);
  const part = receipt.runtimes[HOSTS[0]!.id]!;
  const files = part.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
  const runtimes = { [HOSTS[0]!.id]: { ...part, files }, other: part };
  await Deno.writeFile(path, encodeReceipt({ ...receipt, runtimes }));
  // The other part is of no host that is known here: it stays, and so do its files.
  await bench.undo([HOSTS[0]!]);
  const left = decodeReceipt(await Deno.readFile(path), path);
  assertEquals([Object.keys(left.runtimes), left.runtimes.other!.files], [["other"], part.files]);
});
