import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { breakLease, leaseState, tryLease } from "../../../../lib/app/run/lease.ts";
import { startDeno } from "../../../helpers/deno_child.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const ME = { pid: Deno.pid, startTime: "t", marker: "m.", since: "2026-01-02T03:04:05.000Z" };
const PROGRAM = fromFileUrl(new URL("../../../helpers/lease_program.ts", import.meta.url));

/** Another process that comes to the lease of `dir`, and what it was told. */
async function another(dir: string) {
  const child = startDeno(PROGRAM, [dir]);
  const { value: said } = await child.lines.next();
  return { said, ...child };
}

Deno.test("a run is held by one at a time, until it lets go", async () => {
  await using dir = await tempDir();
  assertEquals(await leaseState(dir.path), { is: "unused" });
  const lease = await tryLease(dir.path, ME);
  assert(lease);
  assertEquals(await tryLease(dir.path, ME), undefined);
  assertEquals(await leaseState(dir.path), { is: "held", holder: ME });
  lease.release();
  lease.release();
  assertEquals(await leaseState(dir.path), { is: "free" });
  const next = await tryLease(dir.path, { ...ME, since: "later" });
  assertEquals(await leaseState(dir.path), { is: "held", holder: { ...ME, since: "later" } });
  next!.release();
});

Deno.test("a process that is killed holds nothing any more, one that is stopped still does", async () => {
  await using dir = await tempDir();
  const other = await another(dir.path);
  assertEquals(other.said, "held");
  Deno.kill(other.process.pid, "SIGSTOP");
  assertEquals(await tryLease(dir.path, ME), undefined);
  assertEquals((await leaseState(dir.path)).is, "held");
  other.process.kill("SIGKILL");
  await other.finish();
  assertEquals((await leaseState(dir.path)).is, "free");
  const lease = await tryLease(dir.path, ME);
  const late = await another(dir.path);
  await late.finish();
  assertEquals(late.said, "refused");
  lease!.release();
});

Deno.test("a lease that was broken holds nothing, although its holder lives", async () => {
  await using dir = await tempDir();
  const old = await tryLease(dir.path, ME);
  await breakLease(dir.path);
  const lease = await tryLease(dir.path, { ...ME, pid: 1 });
  assert(lease);
  old!.release();
  const state = await leaseState(dir.path);
  assertEquals([state.is, state.is === "held" && state.holder?.pid], ["held", 1]);
  lease.release();
});

Deno.test("in a folder that is gone there is nothing to be held", async () => {
  await using dir = await tempDir();
  const gone = join(dir.path, "gone");
  (await tryLease(gone, ME))!.release();
  assertEquals(await leaseState(gone), { is: "unused" });
  await breakLease(gone);
});
