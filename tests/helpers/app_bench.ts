import { lockFlags } from "../../.ci/lock.ts";
import { dirname, fromFileUrl, join } from "@std/path";
import { type App, createApp } from "../../lib/app/app.ts";
import { resumeRun } from "../../lib/app/resume_run.ts";
import type { RunProgress } from "../../lib/app/run/progress.ts";
import { readRunEvents, readRunState } from "../../lib/app/run/run_log.ts";
import type { Confirmation } from "../../lib/app/run/worker.ts";
import { type RunHooks, type RunInput, startRun } from "../../lib/app/start_run.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import type { RunEvent, RunEventData, RunEventType } from "../../lib/engine/run/events.ts";
import type { RunState } from "../../lib/engine/run/state.ts";
import type { RunView } from "../../lib/engine/run/view.ts";
import { createRegistry, REGISTRY, type RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { writeFiles } from "./git_project.ts";
import { memoryPlace } from "./memory_place.ts";
import { scriptedAgent, writeAgent } from "./scripted_agent.ts";

/** Id of the agent that a bench has on its PATH. */
export const AGENT = "smith";

const ROOT = dirname(dirname(dirname(fromFileUrl(import.meta.url))));

/** The folders of one bench, all below `root`. */
export interface BenchPlaces {
  root: string;
  project: string;
  bin: string;
  notes: string;
}

/** The places of a bench in `root`. */
export function benchPlaces(root: string): BenchPlaces {
  return {
    root,
    project: join(root, "project"),
    bin: join(root, "bin"),
    notes: join(root, "notes"),
  };
}

/** What a bench may be given. */
export interface BenchOptions {
  /** Files of the project. */
  files?: Readonly<Record<string, string>>;
  /** What the agent does; see `writeAgent`. */
  play?: string;
  agent?: RuntimeDefinition;
  /** More variables of the caller's environment, as the program sees them. */
  env?: Readonly<Record<string, string>>;
}

/** Real rooms on a throw-away home, with a scripted agent on the PATH. */
export interface AppBench extends AsyncDisposable, BenchPlaces {
  app: App;
  /** `startRun` to its end. */
  start(input: Partial<RunInput>, hooks?: Partial<RunHooks>): Promise<RunEnd>;
  /** `resumeRun` to its end. */
  resume(
    id: string,
    input?: Partial<Parameters<typeof resumeRun>[2]>,
    hooks?: Partial<RunHooks>,
  ): Promise<RunEnd>;
  events(id: string): Promise<RunEvent[]>;
  state(id: string): Promise<RunState>;
  /** A note of the agent's script, "" where there is none. */
  note(name: string): Promise<string>;
  /** The agent starts: "criterion n session". */
  starts(): Promise<string[]>;
}

/** How one worker's work ended. */
export interface RunEnd {
  view: RunView;
  progress: RunProgress[];
}

/** The app of a bench; `definitions` are there beside the embedded runtime. */
export function openApp(
  places: BenchPlaces,
  options: Pick<BenchOptions, "agent" | "env"> = {},
): App {
  const environment = fixedEnvironment({
    HOME: join(places.root, "home"),
    OUROBOROS_HOME: join(places.root, "ours"),
    PATH: `${places.bin}:${Deno.env.get("PATH")}`,
    USER: "ada",
    ...options.env,
  });
  const embedded = REGISTRY.all.filter((one) => one.binary.kind === "embedded");
  return createApp({
    environment,
    paths: resolvePaths(environment),
    clock: systemClock,
    random: systemRandom,
    cwd: places.project,
    self: ["/usr/bin/env", `DENO_DIR=${denoDir()}`, ...programWords()],
    version: "0.0.1",
    skillsDir: join(ROOT, "skills"),
  }, createRegistry([options.agent ?? scriptedAgent(AGENT), ...embedded]));
}

function programWords(): [string, ...string[]] {
  // Without the lock each start asks the registry what it knows already, for seconds.
  const config = ["--config", join(ROOT, "deno.json"), ...lockFlags(), join(ROOT, "main.ts")];
  return [Deno.execPath(), "run", "-A", "-q", "--no-check", ...config];
}

let cache: string | undefined;

/** Deno's cache, which a child under another HOME needs too. */
function denoDir(): string {
  if (cache !== undefined) return cache;
  const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
  return cache = String(JSON.parse(new TextDecoder().decode(stdout)).denoDir);
}

/** Makes a bench; it goes away at the end of its block. */
export async function appBench(options: BenchOptions = {}): Promise<AppBench> {
  const dir = await memoryPlace();
  const place = { prefix: "ouroboros-app-", ...(dir === undefined ? {} : { dir }) };
  const root = await Deno.realPath(await Deno.makeTempDir(place));
  const places = benchPlaces(root);
  await Deno.mkdir(join(root, "home"));
  await Deno.mkdir(places.project);
  await writeFiles(places.project, options.files ?? {});
  await writeAgent({ ...places, id: options.agent?.id ?? AGENT }, options.play ?? ":");
  const app = openApp(places, options);
  const note = (name: string) => Deno.readTextFile(join(places.notes, name)).catch(() => "");
  return {
    ...places,
    app,
    note,
    start: (input, hooks) => follow(startRun(app, runInput(places, input), runHooks(hooks))),
    resume: (id, input, hooks) =>
      follow(
        resumeRun(app, id, {
          limits: {},
          env: [],
          ...input,
        }, runHooks(hooks)),
      ),
    events: async (id) => await readRunEvents(await app.journal(), id),
    state: async (id) => await readRunState(await app.journal(), id),
    starts: async () => (await note("starts")).split("\n").filter((line) => line !== ""),
    async [Symbol.asyncDispose]() {
      await app.close();
      await new Deno.Command("chmod", { args: ["-R", "u+rwx", root], stderr: "null" }).output();
      await Deno.remove(root, { recursive: true });
    },
  };
}

/** A run's input; without a `source` that of `seed.yaml` in the project. */
export function runInput(places: BenchPlaces, input: Partial<RunInput> = {}): RunInput {
  return {
    source: "seed.yaml",
    checks: [],
    runtime: undefined,
    model: undefined,
    permission: undefined,
    base: undefined,
    project: places.project,
    anyway: false,
    limits: {},
    env: [],
    record: undefined,
    recording: undefined,
    ...input,
  };
}

/** Hooks of a person who says yes to everything. */
export function runHooks(hooks: Partial<RunHooks> = {}): RunHooks {
  return {
    interrupt: new AbortController().signal,
    confirm: (_plan, facts): Promise<Confirmation> =>
      Promise.resolve({ go: true, anyway: facts.anyway, how: "flag" }),
    ...hooks,
  };
}

/** Takes a use-case's progress to its end. */
export async function follow(work: AsyncGenerator<RunProgress, RunView>): Promise<RunEnd> {
  const progress: RunProgress[] = [];
  while (true) {
    const next = await work.next();
    if (next.done) return { view: next.value, progress };
    progress.push(next.value);
  }
}

/** The data of all events of one type. */
export function dataOf<T extends RunEventType>(
  events: readonly RunEvent[],
  type: T,
): RunEventData[T][] {
  return events.flatMap((one) => one.type === type ? [one.data as RunEventData[T]] : []);
}
