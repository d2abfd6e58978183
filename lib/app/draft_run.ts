import { dirname, isAbsolute, join, resolve } from "@std/path";
import { ENV_NAME } from "../config/env_name.ts";
import type { RunLimits } from "../engine/run/events.ts";
import { countable, type LimitWords } from "./run_limits.ts";
import type { Seed, SeedWarning } from "../engine/seed/seed.ts";
import { OuroborosError } from "../kernel/error.ts";
import { isId } from "../kernel/id.ts";
import type { Permission } from "../kernel/runtime_event.ts";
import { confinementHere, effectivePermission } from "../runtimes/definition.ts";
import type { App } from "./app.ts";
import { chooseRuntime, type ChosenRuntime, playsRecordings } from "./choose_runtime.ts";
import { isWithin, realPath } from "./find_run.ts";
import { workFolder } from "./project_folder.ts";
import { changedSinceFrozen } from "./seeds/changed_since_frozen.ts";
import { requireWord, seedPath } from "./seeds/seed_path.ts";
import { suggestedCarry, suggestFor, suggestionNotices } from "./suggest.ts";
import { unsetNames } from "./unset_names.ts";
import { readSeedFile } from "./validate_seed.ts";

/** What `run` was asked. */
export interface RunInput {
  /** A seed's file or id, or a goal in words. */
  source: string;
  /** Text of a seed that lies in no file; `source` says nothing then. */
  seedText?: string;
  /** Commands that decide a goal in words. */
  checks: readonly string[];
  runtime: string | undefined;
  model: string | undefined;
  permission: Permission | undefined;
  base: string | undefined;
  /** The project's folder. */
  project: string;
  anyway: boolean;
  /** A pass that its control confirms in part only is to be unverified. */
  strict?: boolean;
  limits: LimitWords;
  /** Names of variables to hand on. */
  env: readonly string[];
  /** Where to write a recording of this run. */
  record: string | undefined;
  /** A recording to play in place of an agent. */
  recording: string | undefined;
  /** Once the plan is agreed to, a process of its own works on it; `at_once`: it also asks the agent. */
  detach?: boolean | "at_once";
}

/** A run before anything of it exists on disk. */
export interface RunDraft {
  seed: Seed;
  /** Text of the seed, from which it is loaded again when the run is resumed. */
  seedSource: string;
  seedName: string;
  /** What people should know of the seed, the configuration and the agent: a line each. */
  notices: readonly string[];
  project: string;
  runtime: ChosenRuntime;
  permission: { asked: Permission; effective: Permission; confinement: string };
  model: string | null;
  limits: RunLimits;
  base: string | undefined;
  anyway: boolean;
  strict: boolean;
  passEnv: readonly string[];
  /** Text of the recording that is played. */
  recording: string | null;
  record: string | undefined;
}

/** Reads and checks everything that a run needs, and touches nothing. Errors name what is wrong. */
export async function draftRun(app: App, input: RunInput): Promise<RunDraft> {
  const project = await workFolder(app, input.project, "ouroboros run SEED --cwd DIR");
  const loaded = await loadSource(app, input);
  const passEnv = envNames(input.env);
  if (input.record !== undefined) await requirePlaceOf(app.cwd, input.record);
  const { config, warnings } = await app.config();
  const runtime = await chooseRuntime(app, {
    name: input.runtime,
    embedded: input.recording !== undefined,
    hurry: input.detach === "at_once",
  });
  const { definition } = runtime;
  const recording = await readRecording(app, input, runtime);
  const asked = input.permission ?? config.runtimes[definition.id]?.permission ?? "edit";
  const effective = effectivePermission(definition, asked);
  if (effective === undefined) {
    throw new OuroborosError({
      code: "usage",
      message: `Run ${definition.title} with the permission "${asked}": it offers nothing as tight`,
      hint: `--permission ${Object.keys(definition.permissions).join(" or ")}`,
    });
  }
  const folder = join(project, loaded.seed.workspace.dir);
  const likely = await suggestFor(app.git, folder).catch(() => []);
  const carry = await suggestedCarry(app.git, project, loaded.seed, likely);
  const seed = { ...loaded.seed, workspace: { ...loaded.seed.workspace, carry } };
  // Another process works on it, and asks for itself.
  const also = input.detach === "at_once" ? [] : [...config.env.agents, ...config.env.checks];
  return {
    seed,
    seedSource: loaded.source,
    seedName: loaded.name,
    notices: [
      ...[...loaded.warnings, ...await hiddenInSight(app, project, loaded)]
        .map(({ path, message }) => `Seed, ${path}: ${message}`),
      ...warnings.map(({ path, message }) => `Configuration, ${path}: ${message}`),
      ...(runtime.notice === null ? [] : [runtime.notice]),
      ...(await unsetNames(app, passEnv, also)).map((name) =>
        `The variable "${name}" is not set here: nothing is handed on`
      ),
      ...suggestionNotices(seed, likely),
    ],
    project,
    runtime,
    permission: {
      asked,
      effective,
      confinement: confinementHere(definition.permissions[effective]!, Deno.build.os),
    },
    model: input.model ?? config.runtimes[definition.id]?.model ?? null,
    limits: countable(definition, {
      attempts: input.limits.attempts ?? config.run.attempts,
      minutes: input.limits.minutes ?? config.run.minutes,
      maxTokens: input.limits.maxTokens ?? config.run.maxTokens,
      maxUsd: input.limits.maxUsd ?? config.run.maxUsd,
      jobs: input.limits.jobs ?? config.run.jobs,
      waitMinutes: (input.limits.waitMs ?? config.run.waitMs) / 60_000,
    }),
    base: input.base ?? loaded.seed.workspace.base,
    anyway: input.anyway,
    strict: input.strict === true,
    passEnv,
    recording,
    record: input.record,
  };
}

/**
 * A recording that cannot be written would be noticed only when all of it was paid for. None is
 * written over another file, which may be the one that is played.
 */
async function requirePlaceOf(cwd: string, record: string): Promise<void> {
  const path = resolve(cwd, record);
  const infoOf = async (at: string) => await Deno.stat(at).catch(() => undefined);
  const [folder, there] = [await infoOf(dirname(path)), await infoOf(path)];
  if (there?.isFile) {
    throw new OuroborosError({
      code: "conflict",
      message: `Record into "${record}": there is such a file already`,
      hint: "--record FILE, with a name that is free",
    });
  }
  const problem = folder?.isDirectory !== true
    ? "there is no folder for it"
    : there === undefined
    ? undefined
    : there.isDirectory
    ? "it is a folder"
    : "it is no regular file";
  if (problem === undefined) return;
  throw new OuroborosError({
    code: "not_found",
    message: `Record into "${record}": ${problem}`,
    hint: "--record recording.json",
  });
}

/** Name of a seed that lies in no file. */
const INLINE = "inline";

async function loadSource(
  app: App,
  input: RunInput,
): Promise<{ seed: Seed; source: string; name: string; warnings: readonly SeedWarning[] }> {
  if (input.seedText !== undefined) {
    const { loadSeed } = await import("../engine/seed/load_seed.ts");
    return {
      ...loadSeed(new TextEncoder().encode(input.seedText), { name: INLINE }),
      name: INLINE,
    };
  }
  requireWord(input.source, "run");
  if (await isFile(app, input.source) || !looksLikeWords(input)) {
    if (input.checks.length > 0) {
      throw new OuroborosError({
        code: "usage",
        message: `Give "--check" only with a goal in words: "${input.source}" is a seed`,
        hint: "Write the check into the seed: acceptance_criteria[0].check",
      });
    }
    const name = await seedPath(app, input.source);
    const bytes = await readSeedFile(app.cwd, name);
    const { loadSeed } = await import("../engine/seed/load_seed.ts");
    const loaded = loadSeed(bytes, { name });
    const changed = await changedSinceFrozen(app, name, loaded.source);
    return { ...loaded, warnings: [...changed, ...loaded.warnings], name };
  }
  const { seedFromText } = await import("../engine/seed/seed_from_text.ts");
  const made = seedFromText(input.source, { checks: input.checks });
  const doubtful = FILE_NAME.test(input.source) && input.checks.length === 0;
  const message = "It was taken for the goal itself: there is no file of that name";
  return {
    ...made,
    warnings: [...made.warnings, ...(doubtful ? [{ path: "goal", message }] : [])],
    name: "text",
  };
}

/** Hidden checks in a seed that lies in the project are no secret: agents get the project's files. */
async function hiddenInSight(
  app: App,
  project: string,
  loaded: { seed: Seed; name: string },
): Promise<SeedWarning[]> {
  const place = loaded.seed.criteria.findIndex((one) =>
    one.checks.some((check) => check.kind === "command" && check.hidden)
  );
  if (place < 0 || loaded.name === INLINE) return [];
  const path = await realPath(isAbsolute(loaded.name) ? loaded.name : join(app.cwd, loaded.name));
  if (!isWithin(path, project)) return [];
  return [{
    path: `acceptance_criteria[${place}].check`,
    message: `Its hidden check can be read by agents, because "${loaded.name}" lies in the ` +
      "project: keep the seed elsewhere",
  }];
}

/**
 * A goal in words has a blank or a check; a single word that looks like a file, or is a seed's id, is
 * no goal.
 */
function looksLikeWords(input: RunInput): boolean {
  if (/\s/.test(input.source.trim())) return true;
  if (isId("seed", input.source)) return false;
  return input.checks.length > 0 && !FILE_NAME.test(input.source);
}

const FILE_NAME = /\.(ya?ml|json)$/i;

async function isFile(app: App, source: string): Promise<boolean> {
  const path = isAbsolute(source) ? source : join(app.cwd, source);
  // A long text is no valid path: the system's error means "no file" as well.
  return (await Deno.stat(path).catch(() => undefined))?.isFile === true;
}

async function readRecording(
  app: App,
  input: RunInput,
  runtime: ChosenRuntime,
): Promise<string | null> {
  const embedded = playsRecordings(runtime.definition);
  if (input.recording === undefined && !embedded) return null;
  if (input.recording === undefined || !embedded) {
    throw new OuroborosError({
      code: "usage",
      message: embedded
        ? `Give a recording to ${runtime.definition.title}: it plays one in place of an agent`
        : `Play a recording with ${runtime.definition.title}: it is an agent of its own`,
      hint: embedded ? "--recording FILE" : "Leave out --runtime, or leave out --recording",
    });
  }
  const { readRecordingFile } = await import("./read_recording.ts");
  return await readRecordingFile(app.cwd, input.recording);
}

/** What of a word may have been meant as a name. */
function nearName(word: string): string {
  const name = word.replace(/=.*/s, "").replace(/[^A-Za-z0-9_]/g, "_");
  return ENV_NAME.test(name) ? name : "NAME";
}

/** Names of variables, or their beginnings with a `*`, checked. Errors: usage. */
export function envNames(names: readonly string[]): readonly string[] {
  for (const name of names) {
    if (ENV_NAME.test(name)) continue;
    throw new OuroborosError({
      code: "usage",
      // A value may be a secret: it is not said again, where logs would keep it.
      message: `Hand on the variable "${name.replace(/=.*/s, "")}": ${
        name.includes("=") ? "give its name only, its value is not needed" : "it is no name of one"
      }`,
      hint: `--env ${nearName(name)}`,
    });
  }
  return names;
}
