/** An event before it is appended: past tense, of a closed union per stream, versioned by `schema`. */
export interface NewEvent<T extends string = string, D = unknown> {
  type: T;
  /** Version of this event's data; raised when its shape changes, and migrated on read. */
  schema: number;
  data: D;
}

/** An event as the journal holds it. */
export interface StoredEvent<T extends string = string, D = unknown> extends NewEvent<T, D> {
  /** Unique. */
  id: string;
  /** Position in the whole journal, from 1, rising, with gaps. */
  position: number;
  stream: string;
  /** Place in its stream: 1, 2, 3, … without gaps. */
  version: number;
  /** UTC, ISO 8601 with milliseconds. */
  at: string;
}
