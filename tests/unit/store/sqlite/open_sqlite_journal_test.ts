import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { openSqliteJournal } from "../../../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "../../../helpers/real_ports.ts";
import { startDeno } from "../../../helpers/deno_child.ts";
import { smallDisk } from "../../../helpers/git_small_disk.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const CHILD = new URL("../../../helpers/journal_child.ts", import.meta.url).pathname;
const onWindows = Deno.build.os === "windows";

const open = (path: string, timeoutMs?: number) =>
  openSqliteJournal({
    path,
    clock: realClock,
    random: realRandom,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
const event = { type: "thing.happened", schema: 1, data: {} };

async function refusal(work: () => Promise<unknown>): Promise<OuroborosError> {
  const error = await assertRejects(work, OuroborosError);
  assert(error.hint, `No hint: ${error.message}`);
  return error;
}

Deno.test("a journal is there again after it was closed", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const first = await open(path);
  await first.append("run:a", [event]);
  await first.claim("run:a", "worker");
  const digest = await first.putBlob(Uint8Array.from([1]));
  await first.close();
  const second = await open(path);
  assertEquals((await second.read("run:a")).length, 1);
  assertEquals(await second.owner("run:a"), { epoch: 1, owner: "worker" });
  assertEquals(await second.getBlob(digest), Uint8Array.from([1]));
  await second.close();
});

Deno.test({
  name: "nobody else can read the journal: new folders 0700, files 0600",
  ignore: onWindows,
  fn: async () => {
    await using dir = await tempDir();
    const path = `${dir.path}/home/.ouroboros/journal.db`;
    const journal = await open(path);
    await journal.append("run:a", [event]);
    const mode = (name: string) => Deno.statSync(name).mode! & 0o777;
    assertEquals(mode(`${dir.path}/home`), 0o700);
    assertEquals(mode(`${dir.path}/home/.ouroboros`), 0o700);
    for (const end of ["", "-wal", "-shm"]) assertEquals(mode(path + end), 0o600, end);
    await journal.close();
    await Deno.chmod(path, 0o644);
    await open(path).then((again) => again.close());
    assertEquals(mode(path), 0o600);
  },
});

Deno.test({
  name: "a folder that was there keeps its mode",
  ignore: onWindows,
  fn: async () => {
    await using dir = await tempDir();
    await Deno.chmod(dir.path, 0o755);
    await open(`${dir.path}/journal.db`).then((journal) => journal.close());
    assertEquals(Deno.statSync(dir.path).mode! & 0o777, 0o755);
  },
});

Deno.test("a journal of a newer program is refused and left as it is", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  await open(path).then((journal) => journal.close());
  const db = new DatabaseSync(path);
  db.exec("pragma user_version = 999");
  db.close();
  const before = await Deno.readFile(path);
  const error = await refusal(() => open(path));
  assertEquals(error.code, "journal_unusable");
  assertStringIncludes(error.message, "999");
  assertEquals(await Deno.readFile(path), before);
});

Deno.test("a database of another program is refused", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const db = new DatabaseSync(path);
  db.exec("create table events (id text)");
  db.close();
  const error = await refusal(() => open(path));
  assertEquals(error.code, "journal_unusable");
  assertStringIncludes(error.message, "another program");
});

Deno.test("a folder in place of the file is named", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(`${dir.path}/journal.db`);
  const error = await refusal(() => open(`${dir.path}/journal.db`));
  assertEquals(error.code, "journal_unusable");
  assertStringIncludes(error.message, "folder");
});

Deno.test("a file in place of the folder is named", async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(`${dir.path}/home`, "");
  const error = await refusal(() => open(`${dir.path}/home/journal.db`));
  assertEquals(error.code, "journal_unusable");
});

Deno.test("a file of something else is refused and left as it is", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  await Deno.writeTextFile(
    path,
    "no database at all, but long enough to have a header\n".repeat(99),
  );
  const error = await refusal(() => open(path));
  assertEquals(error.code, "journal_unusable");
  assertStringIncludes(error.hint!, "mv ");
  assertStringIncludes(await Deno.readTextFile(path), "no database at all");
});

Deno.test("damaged pages are an error of ours, not wrong events", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const journal = await open(path);
  const data = { filler: "x".repeat(3000) };
  for (let n = 0; n < 100; n++) await journal.append("run:a", [{ ...event, data }]);
  await journal.close();
  const file = await Deno.open(path, { write: true });
  await file.seek(8192, Deno.SeekMode.Start);
  await file.write(new Uint8Array(200_000).fill(0x5a));
  file.close();
  const error = await refusal(async () => {
    const again = await open(path);
    try {
      await again.read("run:a");
    } finally {
      await again.close();
    }
  });
  assertEquals(error.code, "journal_unusable");
});

Deno.test("a lock that another process holds for too long is named, then writing goes on", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const journal = await open(path, 100);
  const holder = startDeno(CHILD, [path, "hold"]);
  assertEquals((await holder.lines.next()).value, "locked");
  const error = await refusal(() => journal.append("run:a", [event]));
  assertEquals([error.code, error.retryable], ["journal_locked", true]);
  // Readers are not held up.
  assertEquals(await journal.read("run:a"), []);
  await holder.finish();
  await journal.append("run:a", [event]);
  assertEquals((await journal.read("run:a")).length, 1);
  await journal.close();
});

Deno.test("whoever claimed a stream waits longer for the lock than a command does", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const journal = await open(path, 100);
  const epoch = await journal.claim("run:a", "worker 1");
  const holder = startDeno(CHILD, [path, "hold"]);
  await holder.lines.next();
  const waiting = journal.append("run:a", [event], { epoch });
  const command = await open(path, 100);
  assertEquals((await refusal(() => command.append("run:a", [event]))).code, "journal_locked");
  await holder.finish();
  assertEquals((await waiting).length, 1);
  await command.close();
  await journal.close();
});

Deno.test("a wait for another process's lock leaves the event loop running", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const journal = await open(path, 60_000);
  const holder = startDeno(CHILD, [path, "hold"]);
  await holder.lines.next();
  const waiting = journal.append("run:a", [event]);
  // Were the thread held up, this timer and the release behind it would never come.
  await realClock.sleep(50);
  await holder.finish();
  assertEquals((await waiting).length, 1);
  await journal.close();
});

Deno.test("eight processes append at once and nothing is lost", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  const children = Array.from({ length: 8 }, () => startDeno(CHILD, [path, "append", "50"]));
  await Promise.all(children.map(async (child) => {
    const { success, lines } = await child.finish();
    assert(success, lines.at(-1));
  }));
  const journal = await open(path);
  const events = await journal.read("run:shared");
  assertEquals(events.length, 400);
  assertEquals(events.map((one) => one.version), Array.from({ length: 400 }, (_, n) => n + 1));
  for (const child of children) {
    const numbers = events.map((one) => one.data as { pid: number; number: number })
      .filter((data) => data.pid === child.process.pid).map((data) => data.number);
    assertEquals(numbers, Array.from({ length: 50 }, (_, n) => n + 1));
  }
  await journal.close();
});

Deno.test("a writer that is killed leaves a journal with all that it was told is kept", async () => {
  await using dir = await tempDir();
  const path = `${dir.path}/journal.db`;
  let known = 0;
  for (const until of [3, 40, 200]) {
    const child = startDeno(CHILD, [path, "append", "100000"]);
    for await (const line of child.lines) {
      if (line === `appended ${until}`) child.process.kill("SIGKILL");
      if (line.startsWith("appended")) known++;
    }
    await child.finish();
    const journal = await open(path);
    const events = await journal.read("run:shared");
    assert(events.length >= known, `${events.length} of ${known} events`);
    assertEquals(events.map((one) => one.version), events.map((_, index) => index + 1));
    known = events.length;
    await journal.append("run:shared", [event], { expectedVersion: known++ });
    await journal.close();
  }
});

/** Whether this system lets us mount a small file system of our own, unseen by others. */
const canMount = Deno.build.os === "linux" && await mountWorks();

async function mountWorks(): Promise<boolean> {
  try {
    const script = "d=$(mktemp -d) && mount -t tmpfs none $d && umount $d && rmdir $d";
    const args = ["-rm", "sh", "-c", script];
    return (await new Deno.Command("unshare", { args, stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Runs the journal program on a small file system of its own, mounted at the folder. */
async function onSmallDisk(options: { mount: string; verb: string[] }): Promise<string[]> {
  await using dir = await tempDir();
  const script = `mkdir home && ${options.mount} && exec "$@"`;
  const child = startDeno(CHILD, [`${dir.path}/home/journal.db`, ...options.verb], {
    wrap: ["unshare", "-rm", "sh", "-c", `cd "${dir.path}" && ${script}`, "sh"],
  });
  return (await child.finish()).lines;
}

Deno.test({
  name: "a full disk is named, with what to do",
  ignore: !canMount,
  fn: async () => {
    const lines = await onSmallDisk({
      mount: "mount -t tmpfs -o size=2m none home",
      verb: ["fill", "1000"],
    });
    assert(lines.includes("appended 1"), lines.join("\n"));
    assert(lines.includes("error disk_full"), lines.slice(-3).join("\n"));
    assertStringIncludes(lines.at(-1)!, "df -h");
  },
});

Deno.test({
  name: "a disk that is full from the start is named",
  ignore: !canMount,
  fn: async () => {
    const lines = await onSmallDisk({
      mount:
        "mount -t tmpfs -o size=64k none home && { cat /dev/zero > home/x 2>/dev/null; true; }",
      verb: ["append"],
    });
    assertEquals(lines[0], "error disk_full");
  },
});

Deno.test({
  name: "a home that may not be written is named",
  ignore: !canMount,
  fn: async () => {
    const lines = await onSmallDisk({
      mount: "mount -t tmpfs -o ro none home",
      verb: ["append"],
    });
    assertEquals(lines[0], "error not_writable");
  },
});

Deno.test({
  name: "a journal in a home that turned read-only is named",
  ignore: !canMount,
  fn: async () => {
    const make = `${Deno.execPath()} run -A --no-check ${CHILD} $PWD/home/journal.db append 3`;
    const lines = await onSmallDisk({
      mount: `mount -t tmpfs none home && ${make} >/dev/null </dev/null && ` +
        "mount -o remount,ro home",
      verb: ["append"],
    });
    assertEquals(lines[0], "error not_writable");
  },
});

Deno.test({
  name: "opening reads as little of a large journal as of an empty one",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using dir = await tempDir();
    const small = `${dir.path}/small.db`;
    const large = `${dir.path}/large.db`;
    for (const path of [small, large]) await open(path).then((journal) => journal.close());
    const db = new DatabaseSync(large);
    db.exec(`
    pragma synchronous = off;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 25000)
    insert into events (stream, version, id, type, schema, at, data)
    select 'run:' || (i / 100), i % 100 + 1, 'evt_' || i, 'thing.happened', 1,
      '2026-01-01T00:00:00.000Z', json_object('filler', hex(zeroblob(2000))) from n;
    insert into streams select stream, 'run', count(*), min(position), min(at), max(at)
    from events group by stream;
  `);
    db.close();
    assert(Deno.statSync(large).size > 100_000_000, "The large journal is not large");

    const smallBytes = await bytesOfOpening(small);
    const largeBytes = await bytesOfOpening(large);
    // A few pages more: the indexes are deeper. A scan would read a hundred million.
    assert(largeBytes < smallBytes + 256 * 1024, `${largeBytes} bytes against ${smallBytes}`);
  },
});

/** What one opening, with a list and the newest position, reads: as the system counts it. */
async function bytesOfOpening(path: string): Promise<number> {
  const before = bytesRead();
  const journal = await open(path);
  await journal.streams({ prefix: "run:", limit: 20 });
  await journal.head();
  await journal.close();
  return bytesRead() - before;
}

/** Bytes that this process has read so far. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)/m.exec(Deno.readTextFileSync("/proc/self/io"))?.[1]);
}

Deno.test("a full disk is said by a claim, and what is kept back lets the journal be read", async () => {
  await using dir = await tempDir();
  await using disk = await smallDisk(`${dir.path}/disk`, "2m");
  if (!disk) return;
  const path = `${dir.path}/disk/journal.db`;
  const ballast = `${dir.path}/disk/ballast`;
  const fill = () =>
    new Deno.Command("dd", { args: ["if=/dev/zero", `of=${ballast}`, "bs=1k"], stderr: "null" })
      .output();
  const first = await open(path);
  await first.append("run:a", [event]);
  assertEquals(await first.claim("run:a", "worker"), 1);
  await fill();
  const full = await refusal(async () => {
    for (let i = 0; i < 1000; i++) await first.claim(`run:${i}${"x".repeat(3000)}`, "next");
  });
  assertEquals(full.code, "disk_full");
  const known = await first.claim("run:a", "next").catch((error) => error.code);
  const { epoch } = await first.owner("run:a");
  assertEquals(known === "disk_full" ? 1 : known, epoch, "a claim that was not kept was given");
  await first.close();
  await fill();
  const second = await open(path);
  assertEquals((await second.read("run:a")).length, 1);
  await second.close();
});

for (const replaced of [false, true]) {
  Deno.test(`a file that was ${replaced ? "replaced" : "removed"} is not written to any more`, async () => {
    await using dir = await tempDir();
    const path = `${dir.path}/journal.db`;
    const journal = await open(path);
    await journal.append("run:a", [event]);
    await Deno.rename(path, `${path}.old`);
    const other = replaced ? await open(path) : undefined;
    for (const write of [() => journal.append("run:a", [event]), () => journal.owner("run:a")]) {
      const error = await refusal(write);
      assertEquals(error.code, "journal_unusable");
      assertStringIncludes(error.message, "removed or replaced");
    }
    await other?.close();
    await journal.close();
  });
}
