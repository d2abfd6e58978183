/** What one test suite's JUnit file counts. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of those that were skipped. */
  skippedNames: string[];
  /** Those that failed. */
  failures: FailedTest[];
}

/** A test that failed, and where it stands. */
export interface FailedTest {
  name: string;
  /** Path of the file that declares it; "": not known. */
  file: string;
}

/** Counts the test cases of a JUnit report as `deno test` writes it; a case inside another counts. */
export function countJunit(xml: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, skippedNames: [], failures: [] };
  for (const part of xml.split("<testcase ").slice(1)) {
    const body = part.slice(0, endOf(part));
    if (/<(failure|error)[ >/]/.test(body)) {
      counts.failed++;
      counts.failures.push({ name: attribute(part, "name") ?? "?", file: fileOf(part) });
    } else if (/<skipped[ >/]/.test(body)) {
      counts.skipped++;
      counts.skippedNames.push(attribute(part, "name") ?? "?");
    } else counts.passed++;
  }
  return counts;
}

/**
 * The file in which a test ran, out of the output of `deno test`: of a test that a helper declares the
 * report names the helper. Files side by side stand before each test, one alone before its first.
 */
export function fileInLog(log: string, name: string): string | undefined {
  let file: string | undefined;
  for (const line of log.split("\n")) {
    file = /^running \d+ tests? from (.+)/.exec(line)?.[1] ?? file;
    if (line.startsWith(`${name} ...`)) return file?.replace(/^\.\//, "");
    const at = line.indexOf(` => ${name} ...`);
    if (at > 0) return line.slice(0, at).replace(/^\.\//, "");
  }
  return undefined;
}

function endOf(part: string): number {
  const end = part.indexOf("</testcase>");
  return end < 0 ? part.length : end;
}

function fileOf(part: string): string {
  return (attribute(part, "classname") ?? "").replace(/^\.\//, "");
}

function attribute(part: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(part)?.[1];
  return value === undefined ? undefined : unescape(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

function unescape(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
