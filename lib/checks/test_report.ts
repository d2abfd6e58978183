import type { TestResults } from "../kernel/check_run.ts";
import { join } from "@std/path";
import { lstatOf } from "./inside.ts";
import { protectedPaths } from "./protected_paths.ts";
import { readTap } from "./tap_report.ts";
import { TestCollector } from "./test_results.ts";

/** More than this is no report. */
const REPORT_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 2000;

/** Removes what lies where a check will leave its report: an old one would speak for the new. */
export async function removeReports(checkout: string, glob: string): Promise<void> {
  for await (const path of matching(checkout, glob)) await Deno.remove(join(checkout, path));
}

/**
 * How single tests ended, from the reports that a check left: JUnit XML or TAP, told apart by what
 * stands in them. Undefined where none can be read.
 */
export async function readReports(
  checkout: string,
  glob: string,
): Promise<TestResults | undefined> {
  const tests = new TestCollector();
  let bytes = 0;
  let files = 0;
  for await (const path of matching(checkout, glob)) {
    const file = join(checkout, path);
    const info = await lstatOf(file);
    if (!info?.isFile) continue;
    bytes += info.size;
    if (bytes > REPORT_BYTES || ++files > MOST_FILES) return undefined;
    const text = (await Deno.readTextFile(file)).replaceAll(`${checkout}/`, "");
    const read = text.trimStart().startsWith("<")
      ? await readXml(text, tests)
      : readTap(text, tests);
    // Half of a report is none.
    if (!read) return undefined;
  }
  return tests.results();
}

/**
 * The parser of XML comes when there is some. It is imported by name, and only our own module lazily:
 * in the compiled program a lazy import of a CommonJS package has no names.
 */
async function readXml(text: string, into: TestCollector): Promise<boolean> {
  const { readJunit } = await import("./junit_report.ts");
  return readJunit(text, into);
}

/** Paths below the checkout that a glob covers, links not followed. */
async function* matching(checkout: string, glob: string): AsyncGenerator<string> {
  const paths = protectedPaths([glob]);
  const start = glob.split("/").slice(0, -1);
  const wild = start.findIndex((part) => /[*?[{(]/.test(part));
  const root = start.slice(0, wild < 0 ? start.length : wild).join("/");
  yield* below(checkout, root, paths);
}

async function* below(
  checkout: string,
  folder: string,
  paths: ReturnType<typeof protectedPaths>,
): AsyncGenerator<string> {
  const at = join(checkout, folder);
  if (!(await lstatOf(at))?.isDirectory) return;
  for (const entry of [...Deno.readDirSync(at)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === ".git" || entry.name === "node_modules") continue;
    if (entry.isDirectory) yield* below(checkout, path, paths);
    else if (paths.covers(path)) yield path;
  }
}
