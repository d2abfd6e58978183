import { assertEquals, assertStringIncludes } from "@std/assert";
import { sha256 } from "../../../lib/kernel/digest.ts";
import { planUninstall } from "../../../lib/setup/plan_uninstall.ts";
import { decodeReceipt, encodeReceipt } from "../../../lib/setup/write/install_receipt.ts";
import { PLACED, uninstallBench } from "../../helpers/uninstall_bench.ts";

Deno.test("a path of a receipt that is in no place of this home is named, and not touched or forgotten", async () => {
  await using bench = await uninstallBench();
  const [host] = PLACED;
  await bench.setUp([host!]);
  const bytes = new TextEncoder().encode("mine\n");
  const victims = [`${bench.home}.victim`, `${bench.home}/mine.txt`];
  for (const path of victims) await Deno.writeFile(path, bytes);
  const stored = (await bench.around()).receipt!;
  const part = stored.runtimes[host!.id]!;
  const strays = [...victims, `${bench.home}.gone`].map((path) => ({
    path,
    sha256: sha256(bytes),
  }));
  const [skill] = part.files;
  // It begins with a place of ours, and leads out of it.
  const folder = skill!.path.slice(0, skill!.path.lastIndexOf("/"));
  const levels = folder.slice(bench.home.length + 1).split("/");
  const around = `${folder}/${levels.map(() => "../").join("")}mine.txt`;
  const edits = [{ ...part.edits[0]!, path: `${bench.home}.edited` }];
  await Deno.writeTextFile(edits[0]!.path, "mine\n");
  const receipt = {
    ...stored,
    runtimes: {
      [host!.id]: {
        ...part,
        files: [...part.files, ...strays, { path: around, sha256: sha256(bytes) }],
        edits: [...part.edits, ...edits],
      },
    },
  };
  await Deno.writeFile(`${bench.root}/install.json`, encodeReceipt(receipt));
  const plan = await bench.undo([host!], { own: true });
  const kept = plan.hosts[0]!.files.filter((one) => one.action === "kept");
  assertEquals(kept.map((one) => one.elsewhere), [true, true, true, true]);
  assertEquals(
    kept.map((one) => one.path).sort(),
    [...victims, around, `${bench.home}.edited`].sort(),
  );
  assertStringIncludes(kept[0]!.note!, "HOME");
  for (const path of [...victims, `${bench.home}.edited`]) {
    assertEquals(await Deno.readTextFile(path), "mine\n");
  }
  const path = `${bench.root}/install.json`;
  const left = decodeReceipt(await Deno.readFile(path), path).runtimes[host!.id]!;
  assertEquals(left.files.map((one) => one.path).sort(), [...victims, around].sort());
  assertEquals(left.edits.map((one) => one.path), [`${bench.home}.edited`]);

  const again = await planUninstall(await bench.around(), {
    hosts: [host!],
    own: true,
    force: false,
  });
  assertEquals(again.unchanged, true);
  await bench.undo([host!], { own: true, force: true });
  for (const path of victims) assertEquals(await Deno.readTextFile(path), "mine\n");
  assertEquals((await bench.around()).receipt, null);
});
