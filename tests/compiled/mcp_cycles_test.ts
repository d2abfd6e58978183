/**
 * Servers that come and go, and many at once: none stays, nothing of theirs is left, and how much the
 * journal holds does not count. `OUROBOROS_MCP_CYCLES=1000` and `OUROBOROS_MCP_JOURNAL_MB=1000` give
 * the figures that a release is held to.
 */
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { median, timed } from "../bench/bench_row.ts";
import { fileTree } from "../helpers/file_tree.ts";
import { largeJournal } from "../helpers/large_journal.ts";
import { type Cycle, cycle, CYCLE_WAYS } from "../helpers/mcp_cycles.ts";
import { startMcp } from "../helpers/mcp_client.ts";
import { passedProject, playPassed } from "../helpers/passed_project.ts";
import { goneWithin } from "../helpers/processes_in.ts";
import { type TempDir, tempDir } from "../helpers/temp_dir.ts";

const number = (name: string, usual: number) => Number(Deno.env.get(name) ?? usual);
const CYCLES = number("OUROBOROS_MCP_CYCLES", 8 * CYCLE_WAYS.length);
const JOURNAL_MB = number("OUROBOROS_MCP_JOURNAL_MB", 100);
const SERVERS = 50;
/** As many hosts as cores come and go at once, and some. */
const AT_ONCE = 6;

/** A tool that reads the journal. */
const TOOL = TOOLS.find(({ name }) => name.includes("status"))!.name;

/** Shells and signals stand between the tests and the servers. */
const posix = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, ignore: Deno.build.os === "windows", fn });

/** A project with a run that passed, and a folder for temporary files that is looked into. */
async function place(): Promise<TempDir & Record<"home" | "cwd" | "tmp", string>> {
  const dir = await tempDir();
  const at = { home: `${dir.path}/home`, cwd: `${dir.path}/project`, tmp: `${dir.path}/tmp` };
  for (const folder of Object.values(at)) await Deno.mkdir(folder);
  await passedProject(at.cwd);
  await playPassed({ ...at, env: { TMPDIR: at.tmp } });
  return { ...dir, ...at };
}

/** The files of a folder, those of the journal's log apart: SQLite makes and removes it. */
async function filesIn(folder: string): Promise<string[]> {
  return Object.keys(await fileTree(folder))
    .filter((name) => !name.endsWith("/") && !/journal\.db-(wal|shm)$/.test(name));
}

function isUnlocked(journal: string): void {
  const db = new DatabaseSync(journal);
  // Waits for nobody: one lock that is left makes it throw.
  db.exec("pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive; rollback");
  db.close();
}

posix(`${CYCLES} servers come and go in ${CYCLE_WAYS.length} ways, and leave nothing`, async () => {
  await using at = await place();
  const before = await filesIn(at.path);
  const startedMs = performance.now();
  const done: Cycle[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < CYCLES) {
      const way = CYCLE_WAYS[next++ % CYCLE_WAYS.length]!;
      done.push(await cycle(way, { ...at, tool: TOOL }));
    }
  }));
  const seconds = (performance.now() - startedMs) / 1000;
  const left = await goneWithin(at.path, 2_000);
  const after = await filesIn(at.path);
  for (const [way, all] of Map.groupBy(done, (one) => one.way)) {
    const ends = all.map((one) => one.endMs);
    console.log(
      `${way}: ${all.length}, ended after ${median(ends).toFixed(0)} ms, at most ${
        Math.max(...ends).toFixed(0)
      } ms`,
    );
  }
  isUnlocked(join(at.home, ".ouroboros", "journal.db"));
  console.log(
    `${done.length} cycles in ${seconds.toFixed(0)} s: ${left.length} processes, 0 locks, ${
      after.length - before.length
    } files left`,
  );
  assertEquals([done.length, left], [CYCLES, []]);
  assertEquals(after, before);
});

posix(`${SERVERS} servers at once answer from one journal`, async () => {
  await using at = await place();
  const startedMs = performance.now();
  const clients = await Promise.all(Array.from({ length: SERVERS }, () => startMcp(at)));
  await Promise.all(clients.map((client) => client.initialize()));
  const readyMs = performance.now() - startedMs;
  const call = { name: TOOL, arguments: {} };
  const answers = await Promise.all(clients.map((client) => client.ask("tools/call", call)));
  const texts = answers.map(({ result }) => JSON.stringify(result.structuredContent));
  const allMs = performance.now() - startedMs;
  const ends = await Promise.all(clients.map((client) => client.end()));
  console.log(
    `${SERVERS} servers: all ready after ${readyMs.toFixed(0)} ms, all answered after ${
      allMs.toFixed(0)
    } ms`,
  );
  const bad = answers.filter(({ result }) => result === undefined || result.isError);
  assertEquals(bad, []);
  assertEquals(new Set(texts).size, 1);
  assertEquals(ends.filter((end) => end.code !== 0 || end.stderr !== ""), []);
  assertEquals(await goneWithin(at.path, 2_000), []);
  isUnlocked(join(at.home, ".ouroboros", "journal.db"));
});

posix(`with a journal of ${JOURNAL_MB} MB it is ready as soon as with a small one`, async () => {
  await using at = await place();
  await using small = await place();
  const bytes = await largeJournal(join(at.home, ".ouroboros", "journal.db"), JOURNAL_MB);
  // The newest run is this project's, as it is for whoever works in it.
  await playPassed({ ...at, env: { TMPDIR: at.tmp } });
  const times = { ready: [[], []], asked: [[], []] } as Record<string, [number[], number[]]>;
  for (let turn = 0; turn < 11; turn++) {
    for (const [index, place] of [small, at].entries()) {
      let client: Awaited<ReturnType<typeof startMcp>> | undefined;
      times.ready![index]!.push(
        await timed(async () => {
          client = await startMcp(place);
          await client.initialize();
        }),
      );
      times.asked![index]!.push(
        await timed(async () => {
          const { result } = await client!.ask("tools/call", { name: TOOL, arguments: {} });
          assert(!result.isError, JSON.stringify(result));
        }),
      );
      await client!.end();
    }
  }
  const [ready, asked] = ["ready", "asked"].map((what) => times[what]!.map(median));
  console.log(
    `Journal of ${(bytes / 1e6).toFixed(0)} MB: ready after ${ready![1]!.toFixed(0)} ms (small: ${
      ready![0]!.toFixed(0)
    } ms), first ${TOOL} after ${asked![1]!.toFixed(0)} ms (small: ${asked![0]!.toFixed(0)} ms)`,
  );
  // Twice leaves room for a machine that is busy; reading the log would be dozens of times.
  assert(ready![1]! < 2 * ready![0]!, "ready");
  assert(asked![1]! < 2 * asked![0]! + 50, "asked");
});
