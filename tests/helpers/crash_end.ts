import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import type { Receipt } from "../../lib/checks/receipt.ts";
import { systemTmp } from "../../lib/app/app.ts";
import { diffRun } from "../../lib/app/diff_run.ts";
import type { RunEvent } from "../../lib/engine/run/events.ts";
import { type AppBench, dataOf } from "./app_bench.ts";
import { CHANGED } from "./crash_scene.ts";
import { goneWithin } from "./processes_in.ts";

/** Tree of every passed run of the scene: its files and their bytes decide it. */
export const TREE = "ebe9ce93d32bc2dceb0820d1f01e6c80df8f79d1";

/**
 * What has to be true of a run of the scene however often it was killed: it passed with the same
 * files, nothing that was finished was done again, every receipt and prompt can be read, no process
 * lives, and no file is left but what every passed run leaves.
 */
export async function assertSameEnd(bench: AppBench, runId: string, what: string): Promise<void> {
  const state = await bench.state(runId);
  assertEquals([state.ended?.result, state.headTree], ["passed", TREE], what);
  const { changed } = await diffRun(bench.app, runId, {});
  assertEquals(changed.map((one) => one.path).sort(), CHANGED, what);
  const events = await bench.events(runId);
  assertNothingTwice(events, what);
  await assertNoWorkRepeated(bench, events, what);
  await assertNothingLost(bench, events, what);
  assertEquals(await goneWithin(bench.root, 5000), [], `${what}: processes`);
  assertEquals(await strayFiles(bench, runId), [], `${what}: stray files`);
}

/** Nothing is written down twice, and nobody works on what is settled. */
function assertNothingTwice(events: readonly RunEvent[], what: string): void {
  const settled = new Set<string>();
  const seen = new Set<string>();
  for (const { type, data } of events) {
    if (type === "criterion.settled") {
      assert(!settled.has(data.criterion), `${what}: ${data.criterion} is settled twice`);
      assertEquals(data.state, "passed", what);
      settled.add(data.criterion);
    }
    if (type === "attempt.started") {
      assert(
        !settled.has(data.criterion),
        `${what}: ${data.criterion} is worked on after it passed`,
      );
    }
    if (/^attempt\.(started|ended|recorded|checked)$/.test(type)) {
      const { criterion, attempt } = data as { criterion: string; attempt: number };
      const key = `${type} ${criterion} ${attempt}`;
      assert(!seen.has(key), `${what}: ${key} stands there twice`);
      seen.add(key);
    }
  }
}

/**
 * An agent that came to the end of its work, whether anyone heard of it or not, is followed by
 * another one on that criterion only where its work was refused: each start is a paid call.
 */
async function assertNoWorkRepeated(
  bench: AppBench,
  events: readonly RunEvent[],
  what: string,
): Promise<void> {
  const notes = new Set([...Deno.readDirSync(bench.notes)].map((entry) => entry.name));
  const refused = new Set<string>();
  const refuse = (at: { criterion: string; attempt: number }) =>
    refused.add(`${at.criterion}-${at.attempt}`);
  for (const { type, data } of events) {
    if (type === "attempt.checked" && data.decision.verdict !== "passed") refuse(data);
    if (type === "attempt.conflicted" || type === "attempt.reverted") refuse(data);
    if (type !== "attempt.started" || data.attempt === 1) continue;
    const before = `${data.criterion}-${data.attempt - 1}`;
    const repeated = notes.has(`finished-${before}`) && !refused.has(before);
    assert(!repeated, `${what}: ${before} had finished, and is worked on again`);
  }
  const begun = dataOf(events, "attempt.started").length;
  const { length } = await bench.starts();
  assert(length <= begun, `${what}: ${length} agents were started for ${begun} attempts`);
}

/** Every blob that an event names is there, and each criterion has its receipt. */
async function assertNothingLost(
  bench: AppBench,
  events: readonly RunEvent[],
  what: string,
): Promise<void> {
  const journal = await bench.app.journal();
  for (const { prompt } of dataOf(events, "attempt.started")) {
    assert(await journal.getBlob(prompt), `${what}: a prompt is lost`);
  }
  const named: string[] = [];
  for (const { criterion, receipt } of dataOf(events, "criterion.settled")) {
    const bytes = await journal.getBlob(receipt ?? "");
    assert(bytes, `${what}: the receipt of ${criterion} is lost`);
    const { replayable } = JSON.parse(new TextDecoder().decode(bytes)) as Receipt;
    assertEquals(replayable.decision.state, "passed", what);
    named.push(replayable.criterion.id);
  }
  assertEquals(named.sort(), ["a", "b", "c"], what);
}

/** What a passed run leaves below our folder; "R" stands for the run's own one. */
const KEPT = [
  /^journal\.db(-wal|-shm|-reserve)?$/,
  /^slots\/smith-\d$/,
  /^R\/(workspace\.json|lease)$/,
  /^R\/attempts\/c-[abc]-\d+\.(order|stdout|stderr)$/,
  /^R\/git\/(HEAD|config|info\/exclude|refs\/heads\/run|objects\/info\/alternates)$/,
  /^R\/git\/(own-)?objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/,
  /^R\/git\/objects\/pack\/pack-[0-9a-f]{40}\.(idx|pack|rev)$/,
  // Of writes that were cut short; git passes them over, and they go with the run's folder.
  /^R\/git\/(own-)?objects\/[0-9a-f]{2}\/tmp_obj_\w+$/,
  /^R\/git\/(objects\/pack\/(tmp_(idx|pack)_\w+|pack-[0-9a-f]{40}\.keep)|fast_import_crash_\d+)$/,
];

/** Files and folders of a run (and of other runs) that no passed run leaves, and what lies about. */
export async function strayFiles(bench: AppBench, runId: string): Promise<string[]> {
  const ours = join(bench.root, "ours");
  const stray = (await below(ours))
    .map((path) => path.replace(`runs/${runId}/`, "R/"))
    .filter((path) => !KEPT.some((kept) => kept.test(path)));
  const rooms = ["worktrees", "checkouts", "indexes", "scratch"]
    .map((name) => join(ours, "runs", runId, name));
  for (const room of rooms) {
    for await (const entry of entries(room)) stray.push(`${room}/${entry.name}`);
  }
  for await (const entry of entries(systemTmp(bench.app))) {
    if (entry.name.includes(runId)) stray.push(`${systemTmp(bench.app)}/${entry.name}`);
  }
  stray.push(...await below(join(bench.root, "home")));
  const project = (await below(bench.project)).sort();
  if (project.join() !== "list.txt,seed.yaml") stray.push(`the user's project: ${project}`);
  return stray;
}

async function below(top: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of entries(join(top, prefix))) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory) found.push(...await below(top, `${path}/`));
    else found.push(path);
  }
  return found;
}

async function* entries(path: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
