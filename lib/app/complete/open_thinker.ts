import { resolve } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Processes } from "../../process/processes.ts";
import type { SpoolMask } from "../../process/spool.ts";
import type { CompletionMapping, RuntimeDefinition } from "../../runtimes/definition.ts";
import { type App, systemTmp } from "../app.ts";
import { chooseRuntime, type ChosenRuntime, playsRecordings } from "../choose_runtime.ts";
import { readRecordingFile } from "../read_recording.ts";
import type { Recorder } from "../recorder.ts";
import { type RuntimeSurroundings, runtimeSurroundings } from "../runtime_surroundings.ts";
import { foreignServers } from "./foreign_servers.ts";

/** Who is to answer. */
export interface ThinkerInput {
  /** As typed; left out: `llm.backend`, else the runtime of runs. */
  runtime?: string | undefined;
  model?: string | undefined;
  /** A recording that answers in place of a model. */
  recording?: string | undefined;
  /** Names of variables that are handed on, beside those of the configuration. */
  env?: readonly string[];
  /** Takes down every answer. */
  recorder?: Recorder;
}

/** An agent's CLI that answers questions, and its surroundings. */
export interface Thinker extends RuntimeSurroundings {
  runtime: ChosenRuntime;
  definition: RuntimeDefinition;
  complete: CompletionMapping;
  program: readonly [string, ...string[]];
  model: string | undefined;
  foreignServers: readonly string[];
  /** Absolute path of the recording that is played. */
  recording: string | undefined;
  recorder: Recorder | undefined;
  processes: Processes;
  clock: Clock;
  systemTmp: string;
  spoolMask: () => SpoolMask;
}

/**
 * Finds who answers: what was asked for, else the configured `llm.backend`, else the runtime that
 * works on runs. Errors: usage (it answers no questions), those of `chooseRuntime` and of reading a
 * recording.
 */
export async function openThinker(app: App, input: ThinkerInput = {}): Promise<Thinker> {
  const { config } = await app.config();
  const { recording, recorder } = input;
  const name = input.runtime ?? (recording === undefined ? config.llm.backend : null) ?? undefined;
  const runtime = await chooseRuntime(app, { name, embedded: recording !== undefined });
  const { definition, program } = runtime;
  const { complete } = definition;
  if (complete === undefined) throw answersNothing(app, definition);
  const embedded = playsRecordings(definition);
  if (embedded !== (recording !== undefined)) throw recordingMismatch(definition, embedded);
  if (recording !== undefined) await readRecordingFile(app.cwd, recording);
  const surroundings = await runtimeSurroundings(app, definition, input.env ?? []);
  return {
    runtime,
    definition,
    complete,
    program,
    model: input.model ?? config.runtimes[definition.id]?.model ?? undefined,
    ...surroundings,
    foreignServers: await foreignServers(app, definition),
    recording: recording === undefined ? undefined : resolve(app.cwd, recording),
    recorder,
    processes: app.processes,
    clock: app.clock,
    systemTmp: systemTmp(app),
    spoolMask: () => app.redactChunks(),
  };
}

function answersNothing(app: App, { title }: RuntimeDefinition): OuroborosError {
  const able = app.registry.all
    .filter((one) => one.complete !== undefined && one.binary.kind === "external")
    .map((one) => one.id);
  return new OuroborosError({
    code: "usage",
    message: `Ask ${title}: it works on runs and answers no questions`,
    hint: `ouroboros config set llm.backend ${able[0] ?? "NAME"}` +
      (able.length > 1 ? ` (or ${able.slice(1).join(", ")})` : ""),
  });
}

function recordingMismatch({ title }: RuntimeDefinition, embedded: boolean): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: embedded
      ? `Give a recording to ${title}: it plays one in place of a model`
      : `Play a recording with ${title}: it is an agent of its own`,
    hint: embedded ? "--recording FILE" : "Leave out --runtime, or leave out --recording",
  });
}
