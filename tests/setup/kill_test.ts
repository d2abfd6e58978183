/**
 * A set-up or an uninstall that is killed at any moment: each file is old or new, the next one
 * completes it or takes it back, and an uninstall gives the home back.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { pendingPath } from "../../lib/setup/write/pending_record.ts";
import { programCommand, programEnvironment } from "../helpers/program.ts";
import { HOSTS, type SetupBench, setupBench, SOURCE_WORDS } from "../helpers/setup_bench.ts";
import { differences, type Snapshot } from "../helpers/setup_snapshot.ts";

const windows = Deno.build.os === "windows";

/** Kills of a setup for each host, and of an uninstall. */
const TIMES = 12;
const UNINSTALL_TIMES = 6;

for (const host of HOSTS) {
  Deno.test({
    name: `${host.id}: a setup that is killed ${TIMES} times harms nothing and is made good`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const start = await bench.snapshot();
      await bench.keep("start");
      const startedMs = performance.now();
      const words = ["setup", "--runtime", host.id, "--yes", ...SOURCE_WORDS];
      assertEquals((await bench.run(words)).code, 0);
      const tookMs = performance.now() - startedMs;
      const whole = await bench.snapshot();
      const ends = { untouched: 0, between: 0, whole: 0 };
      for (let time = 0; time < TIMES; time++) {
        await bench.restore("start");
        await kill(bench, words, { tookMs, time });
        const cut = await bench.snapshot();
        mustBeOldOrNew(start, cut, whole);
        if (differences(start, cut).length === 0) ends.untouched++;
        else if (pending(cut)) ends.between++;
        else ends.whole++;
        if (pending(cut) && ends.between <= 2) await mustBeNamed(bench, cut);
        // One half goes on, the other goes back at once.
        if (time % 2 === 0) {
          const again = await bench.run(words);
          assertEquals(again.code, 0, again.stderr);
          sameButTimes(whole, await bench.snapshot());
          const status = await bench.run(["setup", "--status", "--runtime", host.id]);
          assertEquals(status.code, 0, status.stdout + status.stderr);
        }
        const back = await bench.uninstall();
        assertEquals(back.code, 0, back.stdout + back.stderr);
        assertEquals(differences(start, await bench.snapshot()), [], `kill ${time}`);
      }
      console.log(`${host.id}: ${JSON.stringify(ends)}`);
    },
  });

  Deno.test({
    name:
      `${host.id}: an uninstall that is killed ${UNINSTALL_TIMES} times ends when it is typed again`,
    ignore: windows,
    fn: async () => {
      await using bench = await setupBench();
      const start = await bench.snapshot();
      assertEquals((await bench.setup(host.id)).code, 0);
      const whole = await bench.snapshot();
      await bench.keep("whole");
      const words = ["uninstall", "--yes"];
      const startedMs = performance.now();
      assertEquals((await bench.run(words)).code, 0);
      const tookMs = performance.now() - startedMs;
      for (let time = 0; time < UNINSTALL_TIMES; time++) {
        await bench.restore("whole");
        await kill(bench, words, { tookMs, time });
        mustBeOldOrNew(whole, await bench.snapshot(), start);
        const back = await bench.uninstall();
        assertEquals(back.code, 0, back.stdout + back.stderr);
        assertEquals(differences(start, await bench.snapshot()), [], `kill ${time}`);
      }
    },
  });
}

/**
 * Starts the program and kills it with all that it started: at any moment of its life, or, every
 * second time, in the moments after its first change, which are few.
 */
async function kill(
  bench: SetupBench,
  words: readonly string[],
  { tookMs, time }: { tookMs: number; time: number },
): Promise<void> {
  const [program = "", ...args] = programCommand();
  const env = { PATH: bench.bin, TMPDIR: bench.tmp };
  const child = new Deno.Command(program, {
    args: [...args, ...words],
    cwd: bench.cwd,
    clearEnv: true,
    env: await programEnvironment({ home: bench.home, env }),
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  let ended = false;
  const status = child.status.then(() => {
    ended = true;
  });
  if (time % 2 === 0) await pause(Math.random() * tookMs);
  else {
    const record = pendingPath(`${bench.home}/.ouroboros`);
    while (!ended && !isThere(record)) await pause(0);
    await pause(Math.random() * 15);
  }
  try {
    if (!ended) child.kill("SIGKILL");
  } catch {
    // It was through.
  }
  await status;
}

/** No file is anything else than it was before or would be afterwards. */
function mustBeOldOrNew(old: Snapshot, cut: Snapshot, now: Snapshot): void {
  for (const path of new Set([...old.keys(), ...now.keys(), ...cut.keys()])) {
    const [was, is, becomes] = [old.get(path), cut.get(path), now.get(path)];
    // Files of the transaction itself, and of the receipt, which holds the time.
    if (!was && !becomes) {
      const known = /\.ouroboros-[0-9a-f]+\.(new|old)$/.test(path) ||
        path === pendingPath(".ouroboros");
      assert(known, `${path} is left`);
      continue;
    }
    if (path.startsWith(".ouroboros/install.")) continue;
    assert(
      is?.text === was?.text || is?.text === becomes?.text,
      `${path} is neither old nor new: ${JSON.stringify(is?.text)}`,
    );
    if (is && was && is.kind !== "folder") assertEquals(is.mode, was.mode, path);
  }
}

/** As a set-up that nothing interrupted left it; the receipt holds the time of it. */
function sameButTimes(wanted: Snapshot, found: Snapshot): void {
  const lines = differences(wanted, found).filter((line) =>
    !line.startsWith("~ .ouroboros/install")
  );
  assertEquals(lines, []);
}

/** Who looks is told that a set-up was cut off and what to type, and nothing is changed by it. */
async function mustBeNamed(bench: SetupBench, cut: Snapshot): Promise<void> {
  const status = await bench.run(["setup", "--status"]);
  const doctor = await bench.run(["doctor"]);
  assertEquals([status.code, doctor.code], [1, 0], status.stderr + doctor.stderr);
  for (const { stdout } of [status, doctor]) {
    assertMatch(stdout, /An earlier set-up or uninstall was cut off/);
    assertMatch(stdout, /ouroboros setup \((takes it back|completes it)/);
  }
  assertEquals(differences(cut, await bench.snapshot()), []);
}

function pending(cut: Snapshot): boolean {
  return cut.has(pendingPath(".ouroboros"));
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
