/** A JSON object's entries; undefined for anything else. */
export function jsonObject(
  text: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(withoutComments(text ?? "")));
  } catch {
    // Broken or of another format: nothing is known of it.
    return undefined;
  }
}

/** The object below a key; undefined for anything else. */
export function objectAt(
  document: Readonly<Record<string, unknown>> | undefined,
  key: string,
): Readonly<Record<string, unknown>> | undefined {
  return document && Object.hasOwn(document, key) ? asObject(document[key]) : undefined;
}

/** The string below a key, if it says something. */
export function stringAt(
  document: Readonly<Record<string, unknown>> | undefined,
  key: string,
): string | undefined {
  const value = document && Object.hasOwn(document, key) ? document[key] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * The entries of a TOML table whose values are plain strings on one line; undefined: no such table.
 * Names of projects and scripts are written so; whatever else stands there is passed over.
 */
export function tomlSection(
  text: string | undefined,
  name: string,
): ReadonlyMap<string, string> | undefined {
  let found: Map<string, string> | undefined;
  let inside = false;
  for (const line of (text ?? "").split("\n").map((one) => one.trim())) {
    const header = /^\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      inside = header.trim() === name;
      if (inside) found ??= new Map();
    } else if (line.startsWith("[[")) inside = false;
    else if (inside) {
      const entry = /^"?([\w.-]+)"?\s*=\s*(?:"([^"\\]*)"|'([^']*)')/.exec(line);
      if (entry) found?.set(entry[1]!, entry[2] ?? entry[3] ?? "");
    }
  }
  return found;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/**
 * JSON of what may be JSON with comments and trailing commas; strings stay as they are. A string or
 * comment that is not ended goes to the end, so that the time grows with the length alone.
 */
function withoutComments(text: string): string {
  const bare = text.replace(
    /("(?:[^"\\\n]|\\.)*"?)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (_, string?: string) => string ?? " ",
  );
  return bare.replace(
    /("(?:[^"\\\n]|\\.)*"?)|,(?=\s*[}\]])/g,
    (_, string?: string) => string ?? "",
  );
}
