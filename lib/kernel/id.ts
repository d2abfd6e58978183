const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A source of random bytes; a port, so that tests can repeat ids. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * A new id that sorts by time: prefix, underscore, 10 characters of milliseconds since 1970 and 8
 * random ones in Crockford's base 32, as ULID has them.
 */
export function newId(prefix: string, now: Date, random: RandomBytes): string {
  let ms = now.getTime();
  let time = "";
  for (let i = 0; i < 10; i++) {
    time = ALPHABET[ms % 32] + time;
    ms = Math.floor(ms / 32);
  }
  let tail = "";
  for (const byte of random(8)) tail += ALPHABET[byte % 32];
  return `${prefix}_${time}${tail}`;
}

/** Whether a text has the form of an id with that prefix. */
export function isId(prefix: string, text: string): boolean {
  const [start, digits = "", ...more] = text.split("_");
  return start === prefix && more.length === 0 && digits.length === 18 &&
    [...digits].every((one) => ALPHABET.includes(one));
}

/** What may stand as a foreign session id on a command line; anything else is not passed on. */
export const SESSION_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
