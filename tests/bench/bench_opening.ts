import { DatabaseSync } from "node:sqlite";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import { realClock, realRandom } from "../helpers/real_ports.ts";
import { type BenchRow, ratioRow, timeInTurns } from "./bench_row.ts";

/** Opening a journal of 1 GB, with a list of runs and the newest position, against an empty one. */
export async function benchOpening(dir: string): Promise<BenchRow> {
  const open = (name: string) => async () => {
    const journal = await openSqliteJournal({
      path: `${dir}/${name}.db`,
      clock: realClock,
      random: realRandom,
    });
    await journal.streams({ prefix: "run:", limit: 20 });
    await journal.head();
    await journal.close();
  };
  for (const name of ["empty", "large"]) await open(name)();
  fill(`${dir}/large.db`);
  const { size } = await Deno.stat(`${dir}/large.db`);
  const times = await timeInTurns(15, open("large"), open("empty"));
  await Deno.remove(`${dir}/large.db`);
  return ratioRow(`Open a journal of ${(size / 1e9).toFixed(2)} GB`, {
    ...times,
    reference: "an empty one",
    most: 1.5,
  });
}

function fill(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma synchronous = off;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 500000)
    insert into events (stream, version, id, type, schema, at, data)
    select 'run:' || (i / 100), i % 100 + 1, 'evt_' || i, 'thing.happened', 1,
      '2026-01-01T00:00:00.000Z', json_object('filler', hex(zeroblob(960))) from n;
    insert into streams select stream, 'run', count(*), min(position), min(at), max(at)
    from events group by stream;
    pragma wal_checkpoint(truncate);
  `);
  db.close();
}
