/** What every journal promises, whatever keeps it. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Clock } from "../../lib/kernel/clock.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import type { RandomBytes } from "../../lib/kernel/id.ts";
import type { Journal } from "../../lib/store/journal.ts";
import { createMemoryJournal } from "../../lib/store/memory/memory_journal.ts";
import { createRedactor, type Redact } from "../../lib/store/redact.ts";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "../helpers/real_ports.ts";
import { tempDir } from "../helpers/temp_dir.ts";

interface Parts {
  clock?: Clock;
  random?: RandomBytes;
  redact?: Redact;
}

const STORES: Record<string, (parts: Parts, dir: string) => Promise<Journal>> = {
  memory: (parts) =>
    Promise.resolve(createMemoryJournal({ clock: realClock, random: realRandom, ...parts })),
  sqlite: (parts, dir) =>
    openSqliteJournal({
      path: `${dir}/journal.db`,
      clock: realClock,
      random: realRandom,
      ...parts,
    }),
};

const event = (type: string, data: unknown = {}) => ({ type, schema: 1, data });

function promise(
  name: string,
  body: (journal: Journal) => Promise<void>,
  parts: Parts = {},
): void {
  for (const [store, open] of Object.entries(STORES)) {
    Deno.test(`journal (${store}): ${name}`, async () => {
      await using dir = await tempDir();
      const journal = await open(parts, dir.path);
      try {
        await body(journal);
      } finally {
        await journal.close();
      }
    });
  }
}

async function code(work: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => work, OuroborosError)).code;
}

promise("gives back what was appended, in order, with versions from 1", async (journal) => {
  const added = await journal.append("run:a", [event("one", { n: 1 }), event("two", { n: 2 })]);
  await journal.append("run:a", [event("three")]);
  const read = await journal.read("run:a");
  assertEquals(read.map((one) => one.type), ["one", "two", "three"]);
  assertEquals(read.map((one) => one.version), [1, 2, 3]);
  assertEquals(read.slice(0, 2), added);
  assertEquals(new Set(read.map((one) => one.id)).size, 3);
});

promise("stamps events with the clock, in UTC with milliseconds", async (journal) => {
  const [added] = await journal.append("run:a", [event("one")]);
  assertEquals(added?.at, "2026-03-01T10:00:00.007Z");
}, { clock: { ...realClock, now: () => new Date("2026-03-01T11:00:00.007+01:00") } });

promise("keeps data as JSON has it, in the answer and on read alike", async (journal) => {
  const data = {
    text: "ü \u0000 \ud83d\ude00",
    none: undefined,
    when: new Date(0),
    list: [1, null],
  };
  const kept = { text: "ü \u0000 \ud83d\ude00", when: "1970-01-01T00:00:00.000Z", list: [1, null] };
  const [added] = await journal.append("run:a", [event("one", data), event("two", null)]);
  assertEquals(added?.data, kept);
  assertEquals((await journal.read("run:a")).map((one) => one.data), [kept, null]);
});

promise("reads after a version and at most a limit", async (journal) => {
  await journal.append("run:a", ["1", "2", "3", "4"].map((type) => event(type)));
  const types = async (options: { afterVersion?: number; limit?: number }) =>
    (await journal.read("run:a", options)).map((one) => one.type).join("");
  assertEquals(await types({ afterVersion: 1, limit: 2 }), "23");
  assertEquals(await types({ afterVersion: 4 }), "");
  assertEquals(await types({ limit: 0 }), "");
  assertEquals(await journal.read("run:unknown"), []);
});

promise(
  "refuses an append to another version than expected and keeps nothing of it",
  async (journal) => {
    await journal.append("run:a", [event("one")], { expectedVersion: 0 });
    for (const expectedVersion of [0, 2]) {
      const refused = journal.append("run:a", [event("lost"), event("lost")], { expectedVersion });
      assertEquals(await code(refused), "journal_conflict");
    }
    await journal.append("run:a", [event("two")], { expectedVersion: 1 });
    assertEquals((await journal.read("run:a")).map((one) => one.type), ["one", "two"]);
  },
);

promise("lets exactly one of several writers at the same version through", async (journal) => {
  const results = await Promise.allSettled(
    Array.from(
      { length: 5 },
      (_, index) => journal.append("run:a", [event(`writer ${index}`)], { expectedVersion: 0 }),
    ),
  );
  assertEquals(results.filter((one) => one.status === "fulfilled").length, 1);
  assertEquals((await journal.read("run:a")).length, 1);
});

promise("keeps the order of calls that were not waited for", async (journal) => {
  const calls = Array.from({ length: 20 }, (_, n) => journal.append("run:a", [event(String(n))]));
  await Promise.all(calls);
  const read = await journal.read("run:a");
  assertEquals(read.map((one) => one.type), Array.from({ length: 20 }, (_, n) => String(n)));
});

promise(
  "raises the epoch with each claim and refuses the writer of an older one",
  async (journal) => {
    assertEquals(await journal.owner("run:a"), { epoch: 0, owner: null });
    const old = await journal.claim("run:a", "worker 1");
    await journal.append("run:a", [event("by the first")], { epoch: old });
    const present = await journal.claim("run:a", "worker 2");
    assertEquals([old, present], [1, 2]);
    assertEquals(await journal.owner("run:a"), { epoch: 2, owner: "worker 2" });
    assertEquals(
      await code(journal.append("run:a", [event("late")], { epoch: old })),
      "journal_fenced",
    );
    await journal.append("run:a", [event("by the second")], { epoch: present, expectedVersion: 1 });
    const read = await journal.read("run:a");
    assertEquals(read.map((one) => one.type), ["by the first", "by the second"]);
  },
);

promise("claims one stream without a change to another", async (journal) => {
  await journal.claim("run:a", "worker");
  assertEquals(await journal.owner("run:ab"), { epoch: 0, owner: null });
  await journal.append("run:ab", [event("one")], { epoch: 0 });
  assertEquals(await journal.streams({ prefix: "run:", limit: 9 }).then((all) => all.length), 1);
});

promise("appends nothing for no events, but still looks at the conditions", async (journal) => {
  assertEquals(await journal.append("run:a", [], { expectedVersion: 0 }), []);
  assertEquals(await code(journal.append("run:a", [], { expectedVersion: 1 })), "journal_conflict");
  assertEquals(await journal.streams({ prefix: "", limit: 9 }), []);
  assertEquals(await journal.head(), 0);
});

promise("follows all streams from a position, narrowed by a prefix", async (journal) => {
  await journal.append("run:a", [event("1")]);
  await journal.append("requests:a", [event("2")]);
  await journal.append("run:b", [event("3")]);
  const all = await journal.readAll({ afterPosition: 0, limit: 9 });
  assertEquals(all.map((one) => one.type), ["1", "2", "3"]);
  assert(all.every((one, index) => index === 0 || one.position > all[index - 1]!.position));
  const after = all[0]!.position;
  const runs = await journal.readAll({ afterPosition: after, limit: 9, prefix: "run:" });
  assertEquals(runs.map((one) => one.type), ["3"]);
  const limited = await journal.readAll({ afterPosition: 0, limit: 1 });
  assertEquals(limited.map((one) => one.type), ["1"]);
  assertEquals(await journal.head(), all[2]!.position);
});

promise("takes a prefix as it is written", async (journal) => {
  for (const name of ["run:a_b", "run:axb", "run:a%", "run:ü1", "run:ü2"]) {
    await journal.append(name, [event("one")]);
  }
  const names = async (prefix: string) =>
    (await journal.streams({ prefix, limit: 9 })).map((one) => one.stream);
  assertEquals(await names("run:a_"), ["run:a_b"]);
  assertEquals(await names("run:a%"), ["run:a%"]);
  assertEquals(await names("run:ü"), ["run:ü2", "run:ü1"]);
  const read = await journal.readAll({ afterPosition: 0, limit: 9, prefix: "run:a_" });
  assertEquals(read.map((one) => one.stream), ["run:a_b"]);
});

promise("lists streams, the latest created first, page by page", async (journal) => {
  for (const id of ["a", "b", "c"]) await journal.append(`run:${id}`, [event("made")]);
  await journal.append("requests:a", [event("cancel.requested")]);
  await journal.append("run:a", [event("changed")]);
  const names = async (options: { prefix: string; limit: number; before?: string }) =>
    (await journal.streams(options)).map((one) => one.stream);
  assertEquals(await names({ prefix: "run:", limit: 2 }), ["run:c", "run:b"]);
  assertEquals(await names({ prefix: "run:", limit: 2, before: "run:b" }), ["run:a"]);
  assertEquals(await names({ prefix: "r", limit: 9 }), ["requests:a", "run:c", "run:b", "run:a"]);
  assertEquals(await names({ prefix: "run:", limit: 2, before: "run:unknown" }), []);
  const [last] = await journal.streams({ prefix: "run:a", limit: 1 });
  const read = await journal.read("run:a");
  assertEquals(last, {
    stream: "run:a",
    version: 2,
    createdAt: read[0]!.at,
    updatedAt: read[1]!.at,
  });
});

promise("keeps bytes under their digest, the same bytes once", async (journal) => {
  const bytes = Uint8Array.from([97, 98, 99]);
  const digest = await journal.putBlob(bytes);
  assertEquals(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assertEquals(await journal.putBlob(bytes.slice()), digest);
  assertEquals(await journal.getBlob(digest), bytes);
  assertEquals(await journal.getBlob("0".repeat(64)), undefined);
  const empty = await journal.putBlob(new Uint8Array());
  assertEquals(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assertEquals(await journal.getBlob(empty), new Uint8Array());
});

const SECRET = 'sk-live-"12\\34"';

promise("keeps no known secret, in events or in bytes", async (journal) => {
  const data = {
    [SECRET]: 1,
    deep: [{ line: `{"key":${JSON.stringify(SECRET)}}` }],
    count: 12345678,
  };
  await journal.append("run:a", [event("one", data)]);
  const digest = await journal.putBlob(new TextEncoder().encode(`key ${SECRET}\n`));
  const stray = await journal.putBlob(Uint8Array.from([255, ...new TextEncoder().encode(SECRET)]));
  const kept = JSON.stringify(await journal.read("run:a"));
  assert(!kept.includes("sk-live"), kept);
  assertEquals((await journal.read("run:a"))[0]?.data, {
    "[redacted]": 1,
    deep: [{ line: '{"key":"[redacted]"}' }],
    count: 12345678,
  });
  assertEquals(new TextDecoder().decode(await journal.getBlob(digest)), "key [redacted]\n");
  assert(!new TextDecoder().decode(await journal.getBlob(stray)).includes("sk-live"));
}, { redact: createRedactor([SECRET, "12345678"]) });

promise("refuses the same event id twice", async (journal) => {
  await journal.append("run:a", [event("one")]);
  assertEquals(await code(journal.append("run:b", [event("two")])), "internal");
  assertEquals(await journal.read("run:b"), []);
}, {
  clock: { ...realClock, now: () => new Date(0) },
  random: (count) => new Uint8Array(count),
});

promise("is closed once and for all", async (journal) => {
  await journal.close();
  await journal.close();
  assertEquals(await code(journal.read("run:a")), "journal_unusable");
  assertEquals(await code(journal.append("run:a", [event("one")])), "journal_unusable");
});
