import { join } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { parseRecording } from "../../kernel/parse_recording.ts";
import type { Recording } from "../../kernel/recording.ts";
import { installedSkillNames } from "../../runtimes/definition.ts";
import { createSkills } from "../../skills/skills.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import type { ChosenRuntime } from "../choose_runtime.ts";
import { runtimeSurroundings } from "../runtime_surroundings.ts";
import type { EmitProgress } from "./progress.ts";
import { recordedAttempt } from "./recorded_attempt.ts";
import type { RunContext } from "./run_context.ts";

/** What a run's agents are started with. */
export interface RunRuntimeParts {
  journal: Journal;
  /** Our folder of the run. */
  dir: string;
  seed: Seed;
  runtime: ChosenRuntime;
  passEnv: readonly string[];
  emit: EmitProgress;
  state: RunState;
  /** Aborts when the worker has to stop. */
  stop: AbortSignal;
}

/** The runtime of a run, and how one more copy of it gets its place on this machine. */
export async function runRuntime(
  app: App,
  parts: RunRuntimeParts,
): Promise<Pick<RunContext, "runtime" | "slot">> {
  const { emit, stop } = parts;
  const { definition, program } = parts.runtime;
  const { limits, env, slot } = await runtimeSurroundings(
    app,
    definition,
    parts.passEnv,
    JSON.stringify([parts.state.created, parts.seed]),
  );
  const bundles = await createSkills({ dir: app.skillsDir }).list();
  const waits = `${limits.parallel} of ${definition.title} are at work on this machine ` +
    "(limits.parallel)";
  return {
    runtime: {
      definition,
      program,
      limits,
      env,
      hiddenSkills: installedSkillNames(definition, bundles.map((bundle) => bundle.name)),
      embedded: await embeddedOf(parts),
    },
    slot: ({ criterion }) =>
      slot(stop, () => emit({ type: "notice", text: `Criterion ${criterion} waits: ${waits}` })),
  };
}

/** What an embedded runtime is told of an attempt: the recording, and which part of it to play. */
async function embeddedOf(
  { state, dir, journal }: RunRuntimeParts,
): Promise<RunContext["runtime"]["embedded"]> {
  const { recording } = state.created;
  if (recording === null) return () => undefined;
  const file = join(dir, "recording.json");
  const bytes = await journal.getBlob(recording) ?? new Uint8Array();
  await Deno.writeFile(file, bytes, { mode: 0o600 });
  const held = attemptsOf(new TextDecoder().decode(bytes));
  return (criterion, attempt) => ({
    recording: file,
    criterion,
    attempt: String(recordedAttempt(held, state, { criterion, attempt })),
  });
}

function attemptsOf(text: string): Pick<Recording, "attempts"> {
  try {
    return parseRecording(text);
  } catch {
    // The player reads it too, and says what is wrong with it.
    return { attempts: [] };
  }
}
