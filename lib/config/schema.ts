import { z } from "zod";
import { DURATION, durationMs } from "../kernel/duration.ts";
import { durationText } from "../kernel/duration_text.ts";
import type { Registry } from "../runtimes/mod.ts";
import { ENV_NAME } from "./env_name.ts";
import { CONFIG_VERSION } from "./migrate_config.ts";
import {
  LEAST_MINUTES,
  LEAST_USD,
  MOST_JOBS,
  MOST_MINUTES,
  MOST_USD,
  MOST_WAIT_MS,
} from "./run_bounds.ts";
import { PERMISSION_WORDS } from "./permission_word.ts";

const duration = z.union([
  z.number().min(0.001, "must be more than 0"),
  z.string().regex(DURATION, `must be a duration like "90s", "5m" or 120 (seconds)`)
    .refine((text) => durationMs(text) !== 0, "must be more than 0"),
]);

const limits = z.looseObject({
  start: duration.optional().describe(
    "Longest time at rest before the first output, as 90s",
  ),
  idle: duration.optional().describe("Longest time at rest between outputs"),
  total: duration.optional().describe("Longest time of one attempt"),
  parallel: z.int().min(1).max(MOST_JOBS).optional().describe("Copies at once on this machine"),
  output_bytes: z.int().min(1024).optional().describe("Most bytes of output of one attempt"),
});

const wait = z.union([
  z.number().min(0).max(MOST_WAIT_MS / 1000),
  z.string().regex(DURATION, `must be a duration like "6h", "90m" or 120 (seconds)`)
    .refine(
      (text) => durationMs(text)! <= MOST_WAIT_MS,
      `must not be longer than ${durationText(MOST_WAIT_MS)}`,
    ),
]);

const permission = z.enum(PERMISSION_WORDS as [string, ...string[]]);

const names = z.array(
  z.string().regex(ENV_NAME, `must be the name of a variable, or its beginning and "*"`),
).max(200);

const program = z.string().regex(
  /^(~\/.+|\/.+|[A-Za-z]:[\\/].+|[^\s/\\~][^/\\]*)$/,
  "must be an absolute path, begin with ~/ or be a bare program name",
);

/**
 * The schema of `config.yaml`, made from the runtimes that there are. Objects are loose: unknown
 * keys are kept and warned about.
 */
export function configSchema(registry: Registry) {
  const runtimeNames = registry.all.flatMap((one) => [one.id, ...one.aliases]);
  const runtime = runtimeNames.length === 0
    ? z.string()
    : z.enum(runtimeNames as [string, ...string[]]);
  const inside = {
    permission: permission.optional().describe("What it may do: read, edit or full"),
    limits: limits.optional().describe("Limits of this runtime"),
  };
  const settings = z.looseObject({
    path: program.optional().describe("Its program: an absolute path or a bare name"),
    model: z.string().min(1).max(200).optional().describe(
      "Model; the CLI's own default when left out",
    ),
    ...inside,
  });
  return z.looseObject({
    version: z.literal(CONFIG_VERSION).optional().describe("Version of the format"),
    orchestrator: z.looseObject({
      runtime_backend: runtime.optional().describe("Runtime that works on runs"),
      runtime: runtime.optional().meta({
        description: 'Other spelling of "runtime_backend"',
        deprecated: true,
      }),
      ...Object.fromEntries(
        registry.configKeys().map((
          key,
        ) => [key, program.optional().describe("Program of this runtime")]),
      ),
    }).optional().describe("Who works"),
    llm: z.looseObject({
      // Files of the Python system name others: those are remarked upon, and stay valid.
      backend: z.string().min(1).max(100).optional().describe(
        "Runtime that answers questions; left out: that of runs",
      ),
    }).optional().describe("Who thinks"),
    run: z.looseObject({
      attempts: z.int().min(1).max(20).optional().describe("Tries per criterion"),
      minutes: z.number().min(LEAST_MINUTES).max(MOST_MINUTES).optional().describe(
        "Most minutes of one run",
      ),
      max_tokens: z.int().min(1).optional().describe("Most tokens of all attempts together"),
      max_usd: z.number().min(LEAST_USD).max(MOST_USD).optional().describe(
        "Most US dollars of all attempts together",
      ),
      jobs: z.int().min(1).max(MOST_JOBS).optional().describe("Criteria at once"),
      wait: wait.optional().describe("Longest wait for a provider's limits, in all"),
      permission: permission.optional().describe("What agents may do: read, edit or full"),
    }).optional().describe("Limits of a run"),
    limits: limits.optional().describe("Limits of every runtime"),
    env: z.looseObject({
      pass: z.union([
        names,
        z.looseObject({
          agents: names.optional().describe("Handed to agents"),
          checks: names.optional().describe("Handed to checks"),
        }),
      ]).optional().describe("Names of variables that are handed on"),
    }).optional().describe("Environment of children"),
    runtimes: z.looseObject(
      Object.fromEntries(registry.all.map((one) => [
        one.id,
        (one.binary.kind === "external" ? settings : z.looseObject(inside))
          .optional().describe(one.title),
      ])),
    ).optional().describe("Settings of each runtime"),
  });
}

/** `config.yaml`, validated. */
export type ConfigDocument = z.infer<ReturnType<typeof configSchema>>;
