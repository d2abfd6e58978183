import type { NewEvent, StoredEvent } from "../kernel/event.ts";

/** Conditions of an append. */
export interface AppendOptions {
  /**
   * The version that the stream must have now (0: it must not exist). Left out: whatever it has
   * (for streams with several writers, such as requests).
   */
  expectedVersion?: number;
  /** The writer's epoch of this stream, compared in the same transaction. */
  epoch?: number;
}

/** One row of {@link Journal.streams}. */
export interface StreamSummary {
  stream: string;
  version: number;
  /** First event's and last event's time, UTC ISO 8601. */
  createdAt: string;
  updatedAt: string;
}

/**
 * The event log. Asynchronous and without a file in it, so that other stores can take its place.
 * Errors: journal_conflict (another version), journal_fenced (a newer epoch exists),
 * journal_locked (busy for longer than the timeout), journal_unusable, disk_full, not_writable.
 */
export interface Journal {
  /** Appends all or nothing; gives the stored events. */
  append(
    stream: string,
    events: readonly NewEvent[],
    options?: AppendOptions,
  ): Promise<StoredEvent[]>;
  /** A stream's events after `afterVersion` (default 0: all), in order, at most `limit`. */
  read(
    stream: string,
    options?: { afterVersion?: number; limit?: number },
  ): Promise<StoredEvent[]>;
  /** Events of all streams after a position, in order; for followers. `prefix` narrows by stream name. */
  readAll(
    options: { afterPosition: number; limit: number; prefix?: string },
  ): Promise<StoredEvent[]>;
  /** Streams by prefix, the latest created first. */
  streams(
    options: { prefix: string; limit: number; before?: string },
  ): Promise<StreamSummary[]>;
  /** Takes a stream over: raises its epoch, names the owner, gives the new epoch (from 1). */
  claim(stream: string, owner: string): Promise<number>;
  /** The present epoch and owner of a stream; epoch 0 when never claimed. */
  owner(stream: string): Promise<{ epoch: number; owner: string | null }>;
  /** Keeps bytes under their SHA-256 (hex); the same bytes twice are one. */
  putBlob(bytes: Uint8Array): Promise<string>;
  getBlob(digest: string): Promise<Uint8Array | undefined>;
  /** Position of the newest event, 0 when empty. */
  head(): Promise<number>;
  close(): Promise<void>;
}
