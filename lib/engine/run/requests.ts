import type { NewEvent, StoredEvent } from "../../kernel/event.ts";

/** Data of every event of a run's request stream, by type: what anyone may ask of its worker. */
export interface RunRequestData {
  "cancel.requested": { by: string; reason: string };
  /** `withoutWork`: its work stays off the run's branch. */
  "accept.requested": { by: string; criterion: string; reason: string; withoutWork?: boolean };
}

/** Every event type of a request stream. */
export type RunRequestType = keyof RunRequestData;

/** A stored request, told apart by `type`. */
export type RunRequestEvent = {
  [T in RunRequestType]: StoredEvent<T, RunRequestData[T]>;
}[RunRequestType];

/** Makes a request; the schema number is the present one of that type. */
export function runRequest<T extends RunRequestType>(
  type: T,
  data: RunRequestData[T],
): NewEvent<T, RunRequestData[T]> {
  return { type, schema: 1, data };
}
