import { z } from "zod";
import { DURATION } from "../../kernel/duration.ts";
import { PATH_BYTES, portablePathProblem } from "./portable_path.ts";

/**
 * The seed as a person writes it: aliases and short forms included. One definition for validation
 * and for the JSON schema of editors. Objects are loose: unknown keys are kept and warned about.
 */

/** Most criteria in one seed. */
export const MAX_CRITERIA = 200;
/** Most checks of one criterion. */
export const MAX_CHECKS = 20;

const text = (max: number, description: string) =>
  z.string().max(max).regex(/\S/, "must not be empty").describe(description);

/** A line for a shell: the system takes none with a NUL in it. */
const commandText = (description: string) =>
  z.string().max(20_000).regex(/\S/, "must not be empty")
    // deno-lint-ignore no-control-regex -- the character that is refused
    .regex(/^[^\u0000]*$/, "must not hold a NUL character").describe(description);

const alias = (name: string) => ({ description: `Other spelling of "${name}"`, deprecated: true });

const path = (description: string, options: { glob?: boolean } = {}) =>
  z.string().superRefine((value, context) => {
    const problem = portablePathProblem(value, options);
    if (problem) context.addIssue({ code: "custom", message: problem });
  }).meta({
    description: `${description}; relative, "/" between folders, at most ${PATH_BYTES} bytes`,
  });

const list = <T extends z.ZodType>(item: T, max: number) => z.array(item).max(max);

const oneOrMany = <T extends z.ZodType>(item: T, max: number, description: string) =>
  z.union([item, list(item, max)]).describe(description);

const duration = (description: string) =>
  z.union([
    z.number().positive("must be more than 0").max(86_400),
    z.string().regex(DURATION, `must be a duration like "90s", "5m" or 120 (seconds)`),
  ]).describe(`${description}: 90s, 5m, 1h or a number of seconds; at most 24h`);

const identifier = (description: string) =>
  z.union([
    z.string().regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      "must be letters, digits, dots, dashes and underscores, at most 64",
    ),
    z.int().min(0),
  ]).describe(description);

const pattern = z.string().max(2000).superRefine((value, context) => {
  try {
    new RegExp(value, "m");
  } catch {
    context.addIssue({ code: "custom", message: "must be a regular expression (ECMAScript)" });
  }
});

const phrase = text(10_000, "Text in the output");

const expectation = z.union([
  phrase,
  z.looseObject({
    exit: z.int().min(0).max(255).optional().describe("Exit code; 0 when left out"),
    contains: oneOrMany(phrase, 50, "Must occur in stdout and stderr together").optional(),
    excludes: oneOrMany(phrase, 50, "Must not occur").optional(),
    matches: pattern.optional().describe(
      "Regular expression (ECMAScript, multi-line) that must match",
    ),
    stdout: z.string().max(100_000).optional().describe(
      "What stdout must be; white space at line ends and at the end does not count",
    ),
  }),
]).describe("What the output must be like; plain text: it must occur");

/** A check written as a mapping. */
export const CheckDocument = z.looseObject({
  run: commandText("Command line for `sh -c`; exit 0 says yes").optional(),
  human: text(10_000, "A person decides: who, or what to look at").optional(),
  timeout: duration("Time limit").optional(),
  protect: oneOrMany(
    path("Glob of files that are put back to the base before the check", { glob: true }),
    200,
    "Files that the work cannot change for this check",
  ).optional(),
  files: z.record(path("File that exists only while the check runs"), z.string().max(200_000))
    .optional().describe("Files that exist only while the check runs: path → text"),
  expect: expectation.optional(),
  hidden: z.boolean().optional().describe("Keep it out of the prompt and the worktree"),
  preserve: z.boolean().optional().describe("Holds before the work and must go on holding"),
  report: z.union([
    path("JUnit XML or TAP file that the command leaves", { glob: true }),
    z.looseObject({
      path: path("JUnit XML or TAP file that the command leaves", { glob: true }),
      tests: oneOrMany(text(1000, "Name of a test"), 1000, "Tests that must pass").optional(),
    }),
  ]).optional().describe(
    "Single tests decide, not the exit code: those that passed on the base must still pass, new " +
      "and named ones must pass, those that failed before do not count",
  ),
  network: z.enum(["none", "any"]).optional().describe(
    "none: the command gets no network but loopback, where the machine can wall it off",
  ),
}).meta({ id: "check", description: "A check" });

const command = commandText("Command line for `sh -c`; exit 0 says yes");

const checks = z.union([
  command,
  CheckDocument,
  list(z.union([command, CheckDocument]), MAX_CHECKS),
]).meta({ id: "checks", description: "What decides it: a command, a mapping, or a list of both" });

const artifacts = oneOrMany(path("File or folder"), 253, "Paths that the work makes or changes");

const ids = oneOrMany(identifier("Id of a criterion"), MAX_CRITERIA, "").meta({
  id: "criterionIds",
  description: "Criteria that come first",
});

/** A criterion written as a mapping. */
export const CriterionDocument = z.looseObject({
  id: identifier('Its name; its place ("1", "2", …) when left out').optional(),
  description: text(20_000, "What must hold").optional(),
  criterion: text(20_000, "").optional().meta(alias("description")),
  content: text(20_000, "").optional().meta(alias("description")),
  depends_on: ids.optional(),
  dependencies: ids.optional().meta(alias("depends_on")),
  blocked_by: ids.optional().meta(alias("depends_on")),
  after: ids.optional().meta(alias("depends_on")),
  requires: ids.optional().meta(alias("depends_on")),
  prerequisites: ids.optional().meta(alias("depends_on")),
  check: checks.optional(),
  checks: checks.optional().meta(alias("check")),
  verify: checks.optional().meta(alias("check")),
  verify_command: command.optional().meta(alias("check")),
  output_assertion: phrase.optional().describe("Must occur in what verify_command prints"),
  verify_exemption_reason: text(10_000, "Why no check decides it").optional(),
  artifacts: artifacts.optional(),
  expected_artifacts: artifacts.optional().meta(alias("artifacts")),
  semantic_ac_key: z.string().optional().describe("Kept from other tools"),
  investment: z.unknown().optional().describe("Kept from other tools"),
}).meta({ id: "criterion", description: "An acceptance criterion" });

/** A criterion: text, or a mapping. */
export const CriterionEntry = z.union([text(20_000, "What must hold"), CriterionDocument]);

/** `workspace`: what git does not say about the project. */
export const WorkspaceDocument = z.looseObject({
  dir: path("Folder in which agents and checks work").optional(),
  base: z.string().max(255).regex(
    // deno-lint-ignore no-control-regex -- a git ref holds no control characters
    /^(?!-)[^\s\u0000-\u001f\u007f~^:?*[\\]+$/,
    "must be a branch, tag or commit",
  ).optional().describe("Git ref to start from; the working tree as it is when left out"),
  carry: oneOrMany(
    path("Ignored path"),
    100,
    "Ignored paths that are copied from your tree; []: none, also where the project's kind has some",
  ).optional(),
  prepare: z.union([
    command,
    z.looseObject({
      run: commandText("Command that makes a fresh checkout ready"),
      when: oneOrMany(path("File", { glob: true }), 100, "Files it reads; runs for each tree")
        .optional(),
      timeout: duration("Time limit").optional(),
    }),
  ]).optional().describe("How a fresh checkout gets ready"),
});

const named = (max: number) =>
  z.union([
    text(max, "In one text"),
    z.looseObject({
      name: text(1000, "Name"),
      description: z.string().max(max).optional().describe("What it means"),
      weight: z.number().min(0).max(1).optional().describe("0 to 1"),
      criteria: z.string().max(max).optional().describe("When it holds"),
      evaluation_criteria: z.string().max(max).optional().meta(alias("criteria")),
    }),
  ]);

const lines = (description: string) => oneOrMany(text(20_000, "One line"), 1000, description);

/** The whole seed. */
export const SeedDocument = z.looseObject({
  schema: z.literal(1).optional().describe(
    "Version of the format",
  ),
  goal: text(50_000, "What the whole work is for"),
  task_type: text(100, "code, research or analysis").optional(),
  brownfield_context: z.looseObject({
    project_type: z.string().max(100).optional().describe("greenfield or brownfield"),
    context_references: list(
      z.union([
        text(1000, "Path"),
        z.looseObject({
          path: text(1000, "Path of a file or folder"),
          role: z.string().max(100).optional().describe(
            "primary (to change) or reference (to read)",
          ),
          summary: z.string().max(20_000).optional().describe("What is in it"),
        }),
      ]),
      1000,
    ).optional().describe("Files and folders to know"),
    existing_patterns: lines("Habits of the project").optional(),
    existing_dependencies: lines("What it depends on").optional(),
  }).optional().describe("The project as it is"),
  constraints: lines("What must not be broken").optional(),
  acceptance_criteria: list(CriterionEntry, MAX_CRITERIA).optional().describe(
    "What must hold in the end",
  ),
  workspace: WorkspaceDocument.optional().describe("What git does not say about the project"),
  ontology_schema: z.looseObject({
    name: text(1000, "Name"),
    description: text(20_000, "Description"),
    fields: list(
      z.looseObject({
        name: text(1000, "Name"),
        type: text(1000, "Type").optional(),
        field_type: text(1000, "").optional().meta(alias("type")),
        description: text(20_000, "Description"),
        required: z.boolean().optional().describe("true when left out"),
      }),
      1000,
    ).optional().describe("What it is made of"),
  }).optional().describe("The things that the work is about"),
  evaluation_principles: list(named(20_000), 1000).optional().describe("What good work means"),
  exit_conditions: list(named(20_000), 1000).optional().describe("When the work is done"),
  metadata: z.looseObject({
    seed_id: z.string().regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
      "must be letters, digits, dots, dashes and underscores, at most 128",
    ).optional().describe("Id of the seed; made from its digest when left out"),
    version: z.union([z.string().max(100), z.number()]).optional().describe("Of this seed"),
    ambiguity_score: z.number().min(0).max(1).optional().describe("0 (clear) to 1"),
  }).optional().describe("Where the seed comes from"),
  orchestrator: z.looseObject({}).optional().describe("Kept from other tools"),
});

/** A criterion's mapping, validated. */
export type CriterionDocument = z.infer<typeof CriterionDocument>;
/** A check's mapping, validated. */
export type CheckDocument = z.infer<typeof CheckDocument>;
/** A whole seed, validated. */
export type SeedDocument = z.infer<typeof SeedDocument>;
