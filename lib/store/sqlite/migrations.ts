/**
 * The schema, as numbered steps: step N takes a journal from version N-1 to N. A step that was
 * released is never changed; a new shape is a new step at the end.
 */
export const MIGRATIONS: readonly string[] = [
  // 1: events with their streams, claims and blobs.
  // `autoincrement`: a position is never given twice, also after the newest events were removed,
  // so that followers that remember a position miss nothing.
  // `kind` is a stream's name up to its first colon ("run", "requests"): lists of one kind come
  // straight from the index.
  `
  create table events (
    position integer primary key autoincrement,
    stream text not null,
    version integer not null check (version > 0),
    id text not null unique,
    type text not null,
    schema integer not null,
    at text not null,
    data text not null,
    unique (stream, version)
  ) strict;

  create table streams (
    stream text primary key,
    kind text not null,
    version integer not null,
    created_position integer not null,
    created_at text not null,
    updated_at text not null
  ) strict, without rowid;
  create index streams_by_creation on streams (created_position);
  create index streams_by_kind on streams (kind, created_position);

  create table claims (
    stream text primary key,
    epoch integer not null check (epoch > 0),
    owner text not null
  ) strict, without rowid;

  create table blobs (
    digest text not null unique,
    bytes blob not null
  ) strict;
  `,
];
