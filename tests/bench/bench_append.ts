import { DatabaseSync } from "node:sqlite";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "../helpers/real_ports.ts";
import { type BenchRow, ratioRow, timeInTurns } from "./bench_row.ts";

const EVENTS = 2000;
const DATA = { text: "x".repeat(220), number: 1, list: [1, 2, 3] };

/** Events appended one by one, against the same rows by bare `node:sqlite` under the same pragmas. */
export async function benchAppend(dir: string): Promise<BenchRow> {
  let turn = 0;
  const journal = await openSqliteJournal({
    path: `${dir}/append.db`,
    clock: realClock,
    random: realRandom,
  });
  const bare = new DatabaseSync(`${dir}/bare.db`);
  bare.exec(`
    pragma journal_mode = wal; pragma synchronous = normal;
    create table events (position integer primary key autoincrement, stream text not null,
      version integer not null, id text not null unique, type text not null,
      schema integer not null, at text not null, data text not null,
      unique (stream, version)) strict;
  `);
  const insert = bare.prepare(
    "insert into events (stream, version, id, type, schema, at, data) values (?,?,?,?,?,?,?)",
  );
  const ours = async () => {
    const stream = `run:${turn}`;
    for (let n = 0; n < EVENTS; n++) {
      await journal.append(stream, [{ type: "thing.happened", schema: 1, data: DATA }], {
        expectedVersion: n,
      });
    }
  };
  const reference = () => {
    const stream = `run:${turn++}`;
    for (let n = 0; n < EVENTS; n++) {
      const at = new Date().toISOString();
      bare.exec("begin immediate");
      insert.run(stream, n + 1, `evt_${turn}_${n}`, "thing.happened", 1, at, JSON.stringify(DATA));
      bare.exec("commit");
    }
    return Promise.resolve();
  };
  const { oursMs, referenceMs } = await timeInTurns(7, ours, reference);
  await journal.close();
  bare.close();
  return {
    ...ratioRow("Append one event", {
      oursMs: oursMs / EVENTS,
      referenceMs: referenceMs / EVENTS,
      reference: "bare node:sqlite",
      most: 2,
    }),
    ours: perSecond(oursMs),
    reference: `bare node:sqlite: ${perSecond(referenceMs)}`,
  };
}

function perSecond(totalMs: number): string {
  return `${Math.round(EVENTS / totalMs * 1000).toLocaleString("en")}/s`;
}
