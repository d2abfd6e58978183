/**
 * The gate: `ok.ts [--only STEP,…]`. Runs every step to its end, also after a failure, one a core, and
 * closes with one line over all of them. Exits non-zero when anything failed. What failed in a
 * few files while the machine was full is tried once more with nothing beside it, and named as
 * unsteady when it passes then: it is to be mended, but it says nothing against the change at hand.
 */
import { countJunit, type Counts, type FailedTest, fileInLog } from "./junit.ts";
import { lockFlags } from "./lock.ts";
import { option } from "./option.ts";

/** One step: a command that says yes or no, or a suite of tests. */
interface Step {
  name: string;
  args: readonly string[];
  /** Its tests are counted one by one. */
  suite?: boolean;
  env?: Readonly<Record<string, string>>;
  /** Files of it that are tested at once; left out: two where nothing runs beside it, else one. */
  jobs?: number;
}

const ROOT = new URL("..", import.meta.url);
const BINARY = `dist/ouroboros${Deno.build.os === "windows" ? ".exe" : ""}`;

/** No step takes longer on two cores; one that does hangs. */
const STEP_LIMIT_MS = 40 * 60_000;

/** Steps at once: one a core, as more would make tests late that have limits of time. */
const LANES = Math.min(4, Math.max(2, navigator.hardwareConcurrency));

/** More files than this that fail at once are no chance. */
const MOST_TRIED_AGAIN = 3;

const onBinary = { OUROBOROS_BIN: new URL(BINARY, ROOT).pathname };
const CHECKED = ["main.ts", "lib", "tests", ...scripts()].filter(exists);

/** What says no in a minute, and makes the program that suites need. */
const FIRST: readonly Step[] = [
  { name: "compile", args: ["run", "-A", ...lockFlags(), ".ci/compile.ts"] },
  { name: "check", args: ["check", "-q", ...lockFlags(), ...CHECKED] },
  { name: "lint", args: ["lint", "-q"] },
  { name: "fmt", args: ["fmt", "--check", "-q"] },
  suite("fitness", ["tests/fitness"]),
];

/** The longest first, so that both lanes end at about the same time. */
const SUITES: readonly Step[] = [
  // Much of both is waiting: for retries of the agents, and for limits of ours.
  { ...suite("real", ["tests/real"]), jobs: 4 },
  { ...suite("unit", ["tests/unit", "tests/helpers"]), jobs: 2 },
  suite("crash", ["tests/crash"]),
  suite("truth", ["tests/truth"]),
  suite("setup (binary)", ["tests/setup"], onBinary),
  suite("specs (source)", ["tests/specs"]),
  suite("specs (binary)", ["tests/specs"], onBinary),
  suite("compiled", ["tests/compiled"], onBinary),
  suite("contract", ["tests/contract"]),
  suite("setup (source)", ["tests/setup/home_snapshot_test.ts"]),
  suite("install", ["tests/install"]),
  {
    name: "smoke",
    args: ["run", "-A", ...lockFlags(), "tests/smoke/smoke.ts", "--binary", BINARY],
  },
];
const only = option("only")?.split(",");
const total = nothing();
const failed: { step: Step; tests: readonly FailedTest[] }[] = [];
await Deno.mkdir(new URL(".cache/ok/", ROOT), { recursive: true });

for (const steps of [FIRST, SUITES]) await inLanes(steps.filter(isWanted));
const unsteady = await tryAgain();

console.log("");
for (const name of unsteady) console.log(`unsteady: ${name}`);
for (const name of total.skippedNames) console.log(`skipped: ${name}`);
console.log(line(total));
Deno.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function isWanted({ name, args, suite }: Step): boolean {
  if (only && !only.includes(name.split(" ")[0]!)) return false;
  return !suite || args.some((arg) => arg.startsWith("tests/") && exists(arg));
}

/** Takes the steps in their order, as many at once as {@link LANES}. */
async function inLanes(steps: readonly Step[]): Promise<void> {
  const left = [...steps];
  const jobs = left.length === 1 ? 2 : 1;
  const lane = async () => {
    for (let step = left.shift(); step; step = left.shift()) await takeStep({ jobs, ...step });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function takeStep(step: Step): Promise<void> {
  const startedMs = performance.now();
  console.log(`-- ${step.name} begins`);
  const { counts, printed } = await runStep(step);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  // Others go on beside it: what it has to say is said in one piece, at its end.
  console.log(`${printed}== ${step.name}: ${line(counts)} (${seconds} s)`);
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
    const { counts, printed } = await runStep(suite(`${step.name} again`, [file], step.env));
    console.log(`${printed}== ${step.name}, ${file}: ${line(counts)}`);
    if (counts.failed > 0 || counts.passed === 0) continue;
    total.failed -= found.length;
    total.passed += found.length;
    passed.push(...found.map(({ name }) => `${step.name}: ${file}: ${name}`));
  }
  return passed;
}

/** `printed`: what there is to say of a step that failed, or of a command; ends with a line. */
async function runStep(step: Step): Promise<{ counts: Counts; printed: string }> {
  const file = (end: string) =>
    new URL(`.cache/ok/${step.name.replaceAll(/\W+/g, "_")}${end}`, ROOT);
  if (step.suite) await Deno.remove(file(".xml")).catch(() => {});
  const child = new Deno.Command(Deno.execPath(), {
    args: step.suite ? [...step.args, `--junit-path=${file(".xml").pathname}`] : [...step.args],
    cwd: ROOT,
    env: { ...step.env, DENO_JOBS: String(step.jobs ?? 1), NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), STEP_LIMIT_MS);
  const [said = "", errors = ""] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
  );
  const { success } = await child.status;
  clearTimeout(timer);
  if (step.suite) await Deno.writeTextFile(file(".log"), said + errors);
  // Of a suite that failed, what went wrong; all of it stands in the log.
  const failures = said.slice(Math.max(0, said.search(/^ ERRORS/m)));
  const printed = !success ? failures + errors : step.suite ? "" : said;
  const counts = step.suite ? countJunit(await textOf(file(".xml"))) : nothing();
  for (const one of counts.failures) one.file = fileInLog(said, one.name) ?? one.file;
  if (!step.suite && success) counts.passed++;
  // A module that cannot be loaded, or a suite that was killed, fails without a failing test.
  if (!success && counts.failed === 0) counts.failed++;
  return { counts, printed: printed.trim() === "" ? "" : `${printed.trim()}\n` };
}

function suite(name: string, paths: readonly string[], env?: Step["env"]): Step {
  const present = paths.filter(exists);
  const args = [
    "test",
    "-A",
    ...lockFlags(),
    "--no-check",
    "-q",
    "--permit-no-files",
    "--parallel",
  ];
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
