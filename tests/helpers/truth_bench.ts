import { dirname, join } from "@std/path";
import type { CheckSurroundings } from "../../lib/checks/check_env.ts";
import { runCheck } from "../../lib/checks/run_check.ts";
import type { ControlState } from "../../lib/kernel/check_run.ts";
import type { Recording } from "../../lib/kernel/recording.ts";
import { type AppBench, appBench } from "./app_bench.ts";
import { checkBench, commandCheck } from "./check_bench.ts";
import { layOut, stepsOf } from "./truth_files.ts";
import type { Candidate, Task, Way } from "./truth_task.ts";

const CRITERION = "done";

/** Where nothing was built before, a toolchain builds its own library first. */
const TIMEOUT_MS = 10 * 60_000;

/** What became of a candidate in one way. */
export interface TruthWord {
  /** State of the criterion when the run has ended; `own`: passed or failed. */
  state: string;
  reason: string;
  control: ControlState | null;
  /** Agents that were started. */
  tries: number;
}

/** A task's project, in which its candidates can be played. */
export interface TruthBench extends AsyncDisposable {
  judge(candidate: Candidate, way: Way): Promise<TruthWord>;
}

/** Lays a task's project out as a git repository with a commit. */
export async function truthBench(task: Task, tools: CheckSurroundings): Promise<TruthBench> {
  const bench = await appBench({ env: { ...tools.toolchains } });
  await layOut(bench.project, task.base);
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  for (const args of [["init", "-q"], ["add", "-A"], [...who, "commit", "-q", "-m", "Start"]]) {
    const { success } = await new Deno.Command("git", { args, cwd: bench.project }).output();
    if (!success) throw new Error(`git ${args.join(" ")}`);
  }
  let count = 0;
  return {
    judge: (candidate, way) =>
      way === "own"
        ? leftFolder(task, candidate, tools)
        : wholeRun(bench, task, { candidate, way, name: `${way}-${count++}` }),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

/** One run of the program, in which a recording does the candidate's work. */
async function wholeRun(
  bench: AppBench,
  task: Task,
  parts: { candidate: Candidate; way: Exclude<Way, "own">; name: string },
): Promise<TruthWord> {
  const { candidate, way, name } = parts;
  // Elsewhere than in the project: an agent could read a hidden check there.
  const seed = join(bench.root, "seeds", `${name}.json`);
  const recording = join(bench.root, "seeds", `${name}.recording.json`);
  await Deno.mkdir(dirname(seed), { recursive: true });
  await Deno.writeTextFile(seed, JSON.stringify(seedOf(task, way)));
  await Deno.writeTextFile(recording, JSON.stringify(recordingOf(candidate)));
  const { view } = await bench.start({
    source: seed,
    recording,
    strict: way === "strict",
    limits: { attempts: 1 },
  });
  const attempt = (await bench.state(view.runId)).criteria[0]?.attempts[0];
  if (attempt?.outcome?.reason !== "completed") {
    throw new Error(`"${candidate.name}" was not played: ${view.reason} ${attempt?.why ?? ""}`);
  }
  const criterion = view.criteria[0]!;
  const { state, reason, control, tries } = criterion;
  return { state, reason, control, tries };
}

function seedOf(task: Task, way: Way) {
  const visible = way === "plain"
    ? task.checks.map(({ protect: _, ...check }) => check)
    : [...task.checks];
  const hidden = way === "hidden" ? [{ ...task.hidden, hidden: true }] : [];
  return {
    schema: 1,
    goal: task.name,
    acceptance_criteria: [
      { id: CRITERION, description: "The checks hold", check: [...visible, ...hidden] },
    ],
  };
}

function recordingOf(candidate: Candidate): Recording {
  return {
    schema: 1,
    title: candidate.name,
    runtime: "replay",
    attempts: [{
      criterion: CRITERION,
      attempt: 1,
      steps: stepsOf(candidate.files),
      finalText: "All tests pass.",
    }],
  };
}

/** The commands in the folder that the worker leaves. */
async function leftFolder(
  task: Task,
  candidate: Candidate,
  tools: CheckSurroundings,
): Promise<TruthWord> {
  await using bench = await checkBench();
  const checkout = join(bench.folder, "worker");
  await Deno.mkdir(checkout);
  await layOut(checkout, task.base);
  await layOut(checkout, candidate.files);
  const bare = bench.options({});
  // What lies there is of no tree.
  const place = { surroundings: tools, checkout, tree: bare.base, disturbed: false };
  const options = { ...bare, ...place };
  const word = { control: null, tries: 1 };
  for (const check of task.checks) {
    const unguarded = commandCheck(check.run, { ...check, protect: [], timeoutMs: TIMEOUT_MS });
    const { verdict, line } = await runCheck(unguarded, options);
    if (verdict !== "pass") return { ...word, state: "failed", reason: line || verdict };
  }
  return { ...word, state: "passed", reason: "" };
}
