/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/** Shorter values are not taken for secrets: they would stand in every other word. */
const SHORTEST = 6;

/** Replaces known secrets in a text. */
export type Redact = (text: string) => string;

/**
 * Gives a function that replaces each of `secrets` by {@link REDACTED}: as it is, as it stands
 * inside a JSON string (once and twice escaped, as in an agent's own JSON lines) and as part of a
 * URL. Values shorter than 6 characters are left alone.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = secretForms(secrets);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map(literal).join("|"), "g");
  return (text) => text.replace(pattern, REDACTED);
}

/** The texts under which secrets are known; the longest first, so that one that contains another is replaced whole. */
export function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.trim().length < SHORTEST) continue;
    const escaped = insideJson(secret);
    for (const form of [secret, escaped, insideJson(escaped), insideUrl(secret)]) forms.add(form);
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/**
 * Redacts every string of a JSON value, keys included, and leaves its shape alone: a secret made
 * of digits must not turn a number into broken JSON.
 */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [redact(key), redactValue(member, redact)]),
  );
}

/**
 * Redacts bytes: as UTF-8 where they are, otherwise byte for byte, so that one stray byte in an
 * agent's output does not let an ASCII key through. Bytes without a secret come back unchanged.
 */
export function redactBytes(bytes: Uint8Array, redact: Redact): Uint8Array {
  const text = decodeUtf8(bytes);
  if (text !== undefined) {
    const clean = redact(text);
    return clean === text ? bytes : new TextEncoder().encode(clean);
  }
  const latin = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const clean = redact(latin);
  return clean === latin ? bytes : Uint8Array.from(clean, (char) => char.charCodeAt(0));
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function insideUrl(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
