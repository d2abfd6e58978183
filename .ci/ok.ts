/**
 * The gate: `ok.ts [--only STEP,…]`. Runs every step to its end, also after a failure, and closes
 * with one line over all of them. Exits non-zero when anything failed. What failed in a few files
 * while the machine was full is tried once more with nothing beside it, and named as unsteady when
 * it passes then: it is to be mended, but it says nothing against the change at hand.
 */
import { countJunit, type Counts, type FailedTest } from "./junit.ts";
import { lockFlags } from "./lock.ts";
import { option } from "./option.ts";

/** One step: a command that says yes or no, or a suite of tests. */
interface Step {
  name: string;
  args: readonly string[];
  /** Its tests are counted one by one. */
  suite?: boolean;
  env?: Readonly<Record<string, string>>;
  /** Runs beside all that come after it, and is told at the end: it waits more than it works. */
  beside?: boolean;
}

const ROOT = new URL("..", import.meta.url);
const BINARY = `dist/ouroboros${Deno.build.os === "windows" ? ".exe" : ""}`;

/** No step takes longer on two cores; one that does hangs. */
const STEP_LIMIT_MS = 40 * 60_000;

/** More files than this that fail at once are no chance. */
const MOST_TRIED_AGAIN = 3;

const onBinary = { OUROBOROS_BIN: new URL(BINARY, ROOT).pathname };
const CHECKED = ["main.ts", "lib", "tests", ...scripts()].filter(exists);

const STEPS: readonly Step[] = [
  { name: "fmt", args: ["fmt", "--check", "-q"] },
  { name: "lint", args: ["lint", "-q"] },
  { name: "check", args: ["check", "-q", ...lockFlags(), ...CHECKED] },
  suite("fitness", ["tests/fitness"]),
  { name: "compile", args: ["run", "-A", ...lockFlags(), ".ci/compile.ts"] },
  // For retries of the agents, and for limits of ours.
  { ...suite("real", ["tests/real"], { DENO_JOBS: "6" }), beside: true },
  suite("unit", ["tests/unit", "tests/helpers"], { DENO_JOBS: "2" }),
  suite("contract", ["tests/contract"]),
  suite("truth", ["tests/truth"], { DENO_JOBS: "2" }),
  suite("crash", ["tests/crash"], { DENO_JOBS: "2" }),
  suite("install", ["tests/install"]),
  suite("specs (source)", ["tests/specs"]),
  suite("setup (source)", ["tests/setup/home_snapshot_test.ts"]),
  suite("specs (binary)", ["tests/specs"], onBinary),
  suite("compiled", ["tests/compiled"], onBinary),
  suite("setup (binary)", ["tests/setup"], { ...onBinary, DENO_JOBS: "2" }),
  {
    name: "smoke",
    args: ["run", "-A", ...lockFlags(), "tests/smoke/smoke.ts", "--binary", BINARY],
  },
];
const only = option("only")?.split(",");
const total = nothing();
const failed: { step: Step; tests: readonly FailedTest[] }[] = [];
await Deno.mkdir(new URL(".cache/ok/", ROOT), { recursive: true });

const beside: Promise<void>[] = [];
for (const step of STEPS) {
  if (only && !only.includes(step.name.split(" ")[0]!)) continue;
  if (step.suite && !step.args.some((arg) => arg.startsWith("tests/") && exists(arg))) continue;
  console.log(`\n== ${step.name}${step.beside ? ", beside the others" : ""}`);
  const ended = takeStep(step);
  if (step.beside) beside.push(ended);
  else await ended;
}
await Promise.all(beside);
const unsteady = await tryAgain();

console.log("");
for (const name of unsteady) console.log(`unsteady: ${name}`);
for (const name of total.skippedNames) console.log(`skipped: ${name}`);
console.log(line(total));
Deno.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

async function takeStep(step: Step): Promise<void> {
  const startedMs = performance.now();
  const counts = await runStep(step);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`== ${step.name}: ${line(counts)} (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  total.skippedNames.push(...counts.skippedNames.map((name) => `${step.name}: ${name}`));
  if (counts.failures.length > 0) failed.push({ step, tests: counts.failures });
}

/** Runs each file again in which a test failed, alone; gives the tests that pass then. */
async function tryAgain(): Promise<string[]> {
  const files = failed.flatMap(({ step, tests }) =>
    [...Map.groupBy(tests, (one) => one.file)].map(([file, found]) => ({ step, file, found }))
  );
  if (files.length > MOST_TRIED_AGAIN || files.some(({ file }) => !file.endsWith(".ts"))) return [];
  const passed: string[] = [];
  for (const { step, file, found } of files) {
    console.log(`\n== ${step.name}, once more and alone: ${file}`);
    const counts = await runStep(suite(`${step.name} again`, [file], step.env));
    console.log(`== ${step.name}, ${file}: ${line(counts)}`);
    if (counts.failed > 0 || counts.passed === 0) continue;
    total.failed -= found.length;
    total.passed += found.length;
    passed.push(...found.map(({ name }) => `${step.name}: ${file}: ${name}`));
  }
  return passed;
}

async function runStep(step: Step): Promise<Counts> {
  const file = (end: string) =>
    new URL(`.cache/ok/${step.name.replaceAll(/\W+/g, "_")}${end}`, ROOT);
  if (step.suite) await Deno.remove(file(".xml")).catch(() => {});
  const child = new Deno.Command(Deno.execPath(), {
    args: step.suite ? [...step.args, `--junit-path=${file(".xml").pathname}`] : [...step.args],
    cwd: ROOT,
    env: { ...step.env, NO_COLOR: "1" },
    stdin: "null",
    stdout: step.suite ? "piped" : "inherit",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), STEP_LIMIT_MS);
  const printed = step.suite ? await new Response(child.stdout).text() : "";
  const { success } = await child.status;
  clearTimeout(timer);
  if (step.suite) await Deno.writeTextFile(file(".log"), printed);
  // Of a suite that failed, what went wrong; all of it stands in the log.
  if (!success) console.log(printed.slice(Math.max(0, printed.search(/^ ERRORS/m))).trimEnd());
  const counts = step.suite ? countJunit(await textOf(file(".xml"))) : nothing();
  if (!step.suite && success) counts.passed++;
  // A module that cannot be loaded, or a suite that was killed, fails without a failing test.
  if (!success && counts.failed === 0) counts.failed++;
  return counts;
}

function suite(name: string, paths: readonly string[], env?: Step["env"]): Step {
  const present = paths.filter(exists);
  const args = ["test", "-A", ...lockFlags(), "--no-check", "-q", "--permit-no-files"];
  if (env?.DENO_JOBS !== undefined) args.push("--parallel");
  return { name, args: [...args, ...present], suite: true, ...(env ? { env } : {}) };
}

/** The scripts beside this one: `deno check` leaves dot folders out unless files are named. */
function scripts(): string[] {
  return [...Deno.readDirSync(new URL(".ci/", ROOT))]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ts"))
    .map((entry) => `.ci/${entry.name}`).sort();
}

function exists(path: string): boolean {
  try {
    Deno.statSync(new URL(path, ROOT));
    return true;
  } catch {
    return false;
  }
}

async function textOf(file: URL): Promise<string> {
  return await Deno.readTextFile(file).catch(() => "");
}

function nothing(): Counts {
  return { passed: 0, failed: 0, skipped: 0, skippedNames: [], failures: [] };
}

function line(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
