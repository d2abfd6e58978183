import { dirname, join } from "@std/path";
import { fixedEnvironment } from "../config/environment.ts";
import { resolvePaths } from "../config/paths.ts";
import { fileError } from "../workspace/file_error.ts";
import { type App, createApp } from "./app.ts";
import { DEMO_FILES, DEMO_RECORDING, DEMO_SEED } from "./demo_project.ts";
import type { RunProgress } from "./run/progress.ts";
import type { RunView } from "./run/views.ts";
import { runReceipts } from "./run_receipts.ts";
import { type RunHooks, startRun } from "./start_run.ts";
import { makeWorkFolder } from "./work_folder.ts";

/** How the demonstration is shown. */
export interface DemoParts {
  /** Keep its folder. */
  keep: boolean;
  say(text: string): void;
  /** Follows the run on the screen. */
  follow(
    start: (hooks: RunHooks) => AsyncGenerator<RunProgress, RunView>,
  ): Promise<RunView>;
  width: number;
}

/** How it ended. */
export interface DemoResult {
  /** What is printed behind the run: its receipts, and how to go on. */
  text: string;
  /** Every criterion ended as the demonstration promises. */
  asExpected: boolean;
}

/** Tries per criterion: enough to show a retry, few enough to be quick. */
const DEMO_TRIES = 2;

/**
 * Runs the bundled seed on a project of its own with the bundled recording in place of an agent.
 * Everything lies in one temporary folder, our own files included; without `keep` nothing stays.
 */
export async function runDemo(app: App, parts: DemoParts): Promise<DemoResult> {
  const room = await makeWorkFolder("demo");
  const folder = room.path;
  const inside = createApp({ ...app, paths: ownPaths(app, folder) }, app.registry);
  try {
    const { project, recording, seed } = await writeFiles(folder).catch((error) => {
      throw fileError("Write the demonstration's files into", folder, error);
    });
    parts.say(
      "A recorded agent works on three criteria of a small shop. Watch the second one fail its\n" +
        "check and pass at the next try, and the third one be claimed and refused.",
    );
    const run = await parts.follow((hooks) =>
      startRun(inside, {
        source: seed,
        checks: [],
        runtime: undefined,
        model: undefined,
        permission: undefined,
        base: undefined,
        project,
        anyway: false,
        limits: { attempts: DEMO_TRIES, jobs: 1 },
        env: [],
        record: undefined,
        recording,
      }, {
        ...hooks,
        confirm: async (plan, facts) => {
          const answer = await hooks.confirm(plan, { ...facts, firstHere: false });
          return { ...answer, go: true, anyway: false };
        },
      })
    );
    const receipts = await runReceipts(inside, run.runId, { width: parts.width });
    return {
      text: `\nReceipts\n\n${receipts.text}\n${goOn(folder, parts.keep)}`,
      asExpected: isAsExpected(run),
    };
  } finally {
    await inside.close();
    if (parts.keep) room.keep();
    else await room.remove();
  }
}

function ownPaths(app: App, folder: string) {
  return resolvePaths(
    fixedEnvironment({ HOME: app.paths.home, OUROBOROS_HOME: join(folder, "ouroboros") }),
  );
}

async function writeFiles(folder: string) {
  const [project, recording, seed] = ["project", "recording.json", "seed.yaml"]
    .map((name) => join(folder, name)) as [string, string, string];
  for (const [path, text] of Object.entries(DEMO_FILES)) {
    const file = join(project, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
  await Deno.writeTextFile(recording, JSON.stringify(DEMO_RECORDING, null, 2));
  await Deno.writeTextFile(seed, DEMO_SEED);
  return { project, recording, seed };
}

/** The third criterion is claimed and does not hold: that it is refused is what is shown. */
function isAsExpected(run: RunView): boolean {
  const ends = run.criteria.map((one) => `${one.id} ${one.state} ${one.tries}`);
  return ends.join(", ") === "discount passed 1, expired passed 2, unknown failed 2";
}

function goOn(folder: string, keep: boolean): string {
  return [
    "The run ended with 5, as it should: a check said no, whatever the agent claimed.",
    ...(keep
      ? [
        "",
        "Its files are kept. Look around:",
        `  cd ${join(folder, "project")}`,
        `  export OUROBOROS_HOME=${join(folder, "ouroboros")}`,
        "  ouroboros diff",
        "  ouroboros apply",
      ]
      : []),
    "",
    "With a real agent, in your own project:",
    "  ouroboros runtimes",
    '  ouroboros run "reject expired coupons" --check "npm test"',
    "",
  ].join("\n");
}
