import { DatabaseSync } from "node:sqlite";

const EVENTS_A_RUN = 100;
/** Hexadecimal digits of as many zeros: about the size of what an agent's turn leaves. */
const FILLER_BYTES = 960;
/** A row with its place in the indexes. */
const EVENT_BYTES = 2_240;

/**
 * Fills a journal, in which there is one run, with copies of its beginning in another project, each
 * followed by events that no fold understands: whoever reads them all is slow. Gives the journal's
 * size in bytes.
 */
export async function largeJournal(path: string, megabytes: number): Promise<number> {
  const runs = Math.ceil(megabytes * 1e6 / EVENT_BYTES / EVENTS_A_RUN);
  const db = new DatabaseSync(path);
  db.exec(`
    pragma synchronous = off;
    create temp table begun as
      select stream, data from events where stream like 'run:%' and version = 1 limit 1;
    with recursive
      runs(r) as (select 1 union all select r + 1 from runs where r < ${runs}),
      versions(v) as (select 1 union all select v + 1 from versions where v < ${EVENTS_A_RUN})
    insert into events (stream, version, id, type, schema, at, data)
    select substr(stream, 1, length(stream) - 6) || printf('%06d', r), v,
      'evt_' || r || '_' || v, iif(v = 1, 'run.created', 'thing.happened'), 1,
      '2020-01-01T00:00:00.000Z',
      iif(v = 1, json_set(data, '$.project', '/elsewhere'),
        json_object('filler', hex(zeroblob(${FILLER_BYTES}))))
    from runs, versions, begun;
    insert into streams select stream, 'run', count(*), min(position), min(at), max(at)
    from events where at = '2020-01-01T00:00:00.000Z' group by stream;
    pragma wal_checkpoint(truncate);
  `);
  db.close();
  return (await Deno.stat(path)).size;
}
