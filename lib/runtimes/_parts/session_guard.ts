import { OuroborosError } from "../../kernel/error.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Lets only a UUID through as the id of an earlier session, for CLIs that take any other word for a
 * title or a name and start something new. Throws OuroborosError session_lost.
 */
export function guardUuidSession(id: string, title: string): string {
  if (UUID.test(id)) return id;
  throw new OuroborosError({
    code: "session_lost",
    message: `Cannot resume ${title}: "${id}" is not one of its session ids`,
    hint: "Start a new session instead",
    retryable: true,
  });
}
