import { join } from "@std/path";
import { type App, createApp } from "../../lib/app/app.ts";
import { takeOver } from "../../lib/app/run/take_over.ts";
import { startRun } from "../../lib/app/start_run.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import type { RunEvent } from "../../lib/engine/run/events.ts";
import { createRegistry } from "../../lib/runtimes/mod.ts";
import { openSqliteJournal } from "../../lib/store/sqlite/open_sqlite_journal.ts";
import type { GitRunner } from "../../lib/workspace/git_runner.ts";
import { gitProject } from "../helpers/git_project.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { realRandom } from "../helpers/real_ports.ts";
import { Story } from "../helpers/run_story.ts";
import { scriptedAgent, writeAgent } from "../helpers/scripted_agent.ts";
import { type BenchRow, median, ms, timed } from "./bench_row.ts";

const IDS = ["a", "b", "c", "d", "e", "f"];

const SEED = `schema: 1
goal: Six files
acceptance_criteria:
${IDS.map((id) => `  - { id: ${id}, description: ${id}, check: test -e ${id}.txt }`).join("\n")}
`;

/** Runs that are measured: one alone is measured while its code is loaded and made quick. */
const ROUNDS = 3;

/** What recording, checking, integrating and settling a criterion costs beside git's own time. */
export async function benchCriterion(dir: string): Promise<BenchRow> {
  const overs: Overhead[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    overs.push(...await measuredRun(join(dir, `criterion${round}`)));
  }
  const over = median(overs.map((one) => one.ownMs));
  return {
    what: "Record, check, integrate and settle a criterion, git aside",
    ours: ms(over),
    reference: `git's own time: ${ms(median(overs.map((one) => one.gitMs)))}`,
    ratio: over / 100,
    aim: "under 100 ms",
    met: over < 100,
  };
}

/** What each criterion of one run cost. */
async function measuredRun(root: string): Promise<Overhead[]> {
  await Deno.mkdir(join(root, "home"), { recursive: true });
  const files = Array.from({ length: 200 }, (_, n) => [`src/${n}.txt`, `${n}\n`]);
  await using project = await gitProject({
    files: { ...Object.fromEntries(files), "seed.yaml": SEED },
  });
  const bin = join(root, "bin");
  await writeAgent({ bin, notes: join(root, "notes"), id: "smith" }, "echo x > $criterion.txt");
  const environment = fixedEnvironment({
    HOME: join(root, "home"),
    PATH: `${bin}:${Deno.env.get("PATH") ?? ""}`,
  });
  const real = createApp({
    environment,
    paths: resolvePaths(environment),
    clock: systemClock,
    random: realRandom,
    cwd: project.dir,
    self: ["none"],
    version: "0.0.1",
    skillsDir: root,
  }, createRegistry([scriptedAgent("smith")]));
  const git = timedGit(real.git);
  const app: App = Object.create(real, { git: { value: git.run } });
  const events = await runOnce(app, project.dir);
  await real.close();
  return IDS.map((id) => overheadOf(id, events, git.calls));
}

async function runOnce(app: App, project: string): Promise<RunEvent[]> {
  const input = {
    ...{ source: join(project, "seed.yaml"), checks: [], project, anyway: false, limits: {} },
    ...{ runtime: "smith", model: undefined, permission: undefined, base: undefined },
    ...{ env: [], record: undefined, recording: undefined },
  };
  const events: RunEvent[] = [];
  const work = startRun(app, input, {
    interrupt: new AbortController().signal,
    confirm: () => Promise.resolve({ go: true, anyway: false, how: "flag" }),
  });
  while (true) {
    const next = await work.next();
    if (next.done) {
      if (next.value.state !== "passed") throw new Error(`The run is ${next.value.state}`);
      return events;
    }
    if (next.value.type === "event") events.push(next.value.event);
  }
}

interface Interval {
  fromMs: number;
  toMs: number;
}

function timedGit(git: GitRunner): { run: GitRunner; calls: Interval[] } {
  const calls: Interval[] = [];
  return {
    calls,
    run: async (args, call) => {
      const fromMs = Date.now();
      try {
        return await git(args, call);
      } finally {
        calls.push({ fromMs, toMs: Date.now() });
      }
    },
  };
}

interface Overhead {
  ownMs: number;
  gitMs: number;
}

function overheadOf(
  id: string,
  events: readonly RunEvent[],
  calls: readonly Interval[],
): Overhead {
  const at = (type: RunEvent["type"]) =>
    Date.parse(
      events.find((one) =>
        one.type === type && (one.data as { criterion: string }).criterion === id
      )!.at,
    );
  const [fromMs, toMs] = [at("attempt.ended"), at("criterion.settled")];
  let gitMs = 0;
  // Milliseconds in which at least one git is at work.
  for (let now = fromMs; now < toMs; now++) {
    if (calls.some((one) => one.fromMs <= now && now < one.toMs)) gitMs++;
  }
  return { ownMs: toMs - fromMs - gitMs, gitMs };
}

/** Taking a run of 10,000 events over: the claim, all its events read and folded. */
export async function benchResume(dir: string): Promise<BenchRow> {
  const journal = await openSqliteJournal({
    path: `${dir}/resume.db`,
    clock: systemClock,
    random: realRandom,
  });
  const events = manyEvents(10_000);
  for (let from = 0; from < events.length; from += 500) {
    const part = events.slice(from, from + 500)
      .map(({ type, schema, data }) => ({ type, schema, data: data as Record<string, unknown> }));
    await journal.append("run:run_1", part);
  }
  const taken: number[] = [];
  for (let turn = 0; turn < 11; turn++) {
    taken.push(await timed(() => takeOver(journal, "run_1", { owner: "bench" })));
  }
  await journal.close();
  const took = median(taken);
  return {
    what: `Take over a run of ${events.length.toLocaleString("en")} events`,
    ours: ms(took),
    reference: "",
    ratio: took / 200,
    aim: "under 200 ms",
    met: took < 200,
  };
}

/** A run in which a hundred criteria were tried again and again. */
function manyEvents(count: number): RunEvent[] {
  const ids = Array.from({ length: 100 }, (_, n) => `c${n}`);
  const story = new Story(ids.map((id) => ({ id })), { limits: { attempts: 20 } });
  while (story.events.length < count) {
    for (const id of ids) story.attempt(id, { decision: "failed" });
  }
  return story.events.slice(0, count);
}
