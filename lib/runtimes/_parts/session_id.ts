import { SESSION_ID } from "../../kernel/id.ts";

/**
 * A session id that may be kept and put on a command line again, or undefined. Ids are opaque, but
 * one outside this set could be taken for a flag or a path.
 */
export function usableSessionId(value: unknown): string | undefined {
  return typeof value === "string" && SESSION_ID.test(value) ? value : undefined;
}
