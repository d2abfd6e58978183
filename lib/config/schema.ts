import { z } from "zod";
import { DURATION } from "../kernel/duration.ts";
import type { Registry } from "../runtimes/mod.ts";
import { ENV_NAME } from "./env_name.ts";
import { CONFIG_VERSION } from "./migrate_config.ts";
import { PERMISSION_WORDS } from "./permission_word.ts";

const duration = z.union([
  z.number().positive("must be more than 0"),
  z.string().regex(DURATION, `must be a duration like "90s", "5m" or 120 (seconds)`),
]);

const limits = z.looseObject({
  start: duration.optional().describe("Silence before the first output: 90s, 5m or seconds"),
  idle: duration.optional().describe("Silence between outputs"),
  total: duration.optional().describe("Time of one attempt"),
  output_bytes: z.int().min(1024).optional().describe("Bytes of output of one attempt"),
  parallel: z.int().min(1).max(64).optional().describe("Copies at once on this machine"),
});

const permission = z.enum(PERMISSION_WORDS as [string, ...string[]]).describe(
  "read, edit or full",
);

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
  const settings = z.looseObject({
    path: program.optional().describe("Its program"),
    permission: permission.optional(),
    model: z.string().min(1).max(200).optional().describe(
      "Model; the CLI's own default when left out",
    ),
    limits: limits.optional().describe("Limits of this runtime"),
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
        registry.configKeys().map((key) => [key, program.optional().describe("Its program")]),
      ),
    }).optional().describe("Who works"),
    runtimes: z.looseObject(
      Object.fromEntries(registry.all.map((one) => [
        one.id,
        settings.optional().describe(one.title),
      ])),
    ).optional().describe("Settings of each runtime"),
    run: z.looseObject({
      attempts: z.int().min(1).max(20).optional().describe("Tries per criterion"),
      minutes: z.number().positive("must be more than 0").max(10_080).optional()
        .describe("Minutes of one run"),
      max_tokens: z.int().min(1).optional().describe("Tokens of all attempts together"),
      permission: permission.optional(),
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
  });
}

/** `config.yaml`, validated. */
export type ConfigDocument = z.infer<ReturnType<typeof configSchema>>;
