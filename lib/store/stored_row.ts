import type { NewEvent, StoredEvent } from "../kernel/event.ts";
import { type Redact, redactValue } from "./redact.ts";

/** An event in the form in which stores keep it: `data` is JSON text. */
export interface StoredRow {
  position: number;
  stream: string;
  version: number;
  id: string;
  type: string;
  schema: number;
  at: string;
  data: string;
}

/** The JSON text of an event's data, with known secrets replaced; `null` for no data. */
export function dataText(event: NewEvent, redact: Redact | undefined): string {
  const data = redact ? redactValue(plain(event.data), redact) : event.data;
  return JSON.stringify(data) ?? "null";
}

/** The event of a row, as every read gives it. */
export function eventOf(row: StoredRow): StoredEvent {
  return {
    position: row.position,
    stream: row.stream,
    version: row.version,
    id: row.id,
    type: row.type,
    schema: row.schema,
    at: row.at,
    data: JSON.parse(row.data),
  };
}

/** As JSON has it (`toJSON` applied, undefined members gone), so that redaction sees what is kept. */
function plain(data: unknown): unknown {
  const text = JSON.stringify(data);
  return text === undefined ? null : JSON.parse(text);
}
