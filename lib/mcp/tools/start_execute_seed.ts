import type { InputRequiredResult } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { App } from "../../app/app.ts";
import { LEAST_MINUTES, LEAST_USD, MOST_MINUTES, MOST_USD } from "../../app/run_bounds.ts";
import type { DetachedPlan, DetachedStart } from "../../app/start_detached.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { agreement } from "../elicit/agreement.ts";
import { wayToFollow } from "../standing.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool, type ToolCall } from "../tool.ts";
import { trialLines } from "../trial_lines.ts";

const INPUT = z.strictObject({
  seed_path: z.string().max(4_096).optional().describe(
    "File here, or a seed's id; left out: the latest",
  ),
  seed_content: z.string().max(262_144).optional().describe("Its YAML"),
  session_id: THING_ID.optional().describe("Instead: an interrupted run to go on with"),
  cwd: z.string().optional(),
  runtime: z.string().max(64).optional(),
  model: z.string().max(128).optional(),
  max_usd: within(LEAST_USD, MOST_USD).optional(),
  minutes: within(LEAST_MINUTES, MOST_MINUTES).optional(),
  dry_run: z.boolean().optional().describe("Only say the cost"),
  confirm: z.boolean().optional().describe("The user said yes to the cost"),
  recording: z.string().max(4_096).optional(),
});

/** A limit by the bounds that the command line and the configuration hold it to. */
function within(least: number, most: number) {
  const words = `must be a number from ${least} to ${most}`;
  return z.number(words).min(least, words).max(most, words);
}

const OUTPUT = z.object({
  started: z.boolean(),
  id: z.string(),
  cost: z.string(),
  notices: z.array(z.string()),
  next: z.array(z.string()),
});

/** Of commands in a question; what is longer is read in the seed. */
const MOST_COMMAND_CHARS = 4_000;

type Input = z.infer<typeof INPUT>;
type Started = z.infer<typeof OUTPUT>;

/** Starts a run, or goes on with one, in a process of its own. */
export const startExecuteSeedTool = defineTool({
  name: "ouroboros_start_execute_seed",
  title: "Start a run",
  description: "Starts a paid agent that does a seed's work in private copies, checked; answers " +
    "at once with an id for ouroboros_job_wait. Files change only by `ouroboros apply`. A " +
    "project's first run wants confirm: show the user the cost and ask, never decide it yourself.",
  input: INPUT,
  aliases: { execution_id: "session_id", job_id: "session_id", max_cost_usd: "max_usd" },
  output: OUTPUT,
  class: "starter",
  traits: { idempotent: false, openWorld: true },
  limitMs: 20_000,
  async run(app, input, call) {
    return input.session_id === undefined
      ? await start(app, input, call)
      : await goOn(app, input, call);
  },
  text({ started, id, cost, notices, next }) {
    return [
      started ? `Started ${id}` : "Not started",
      `Cost: ${cost}`,
      ...notices,
      ...(next.length === 0 ? [] : ["Next:", ...next.map((line) => `- ${line}`)]),
    ].join("\n");
  },
});

async function start(
  app: App,
  input: Input,
  call: ToolCall,
): Promise<Started | InputRequiredResult> {
  const [{ goesOn, planDetached, startDetached }, { costText }] = await Promise.all([
    import("../../app/start_detached.ts"),
    import("../../app/run/cost_view.ts"),
  ]);
  const latest = isWithoutSeed(input) ? await latestOf(app) : undefined;
  const plan = await planDetached(app, await runInput(app, { ...input, ...latest?.input }));
  const cost = costText(plan.cost);
  const found = latest === undefined ? [] : [latest.notice];
  const whole = `${cost}\n${await checksOf(plan)}`;
  if (input.dry_run) return notStarted(whole, [...found, ...plan.notices]);
  if (plan.goingOn !== null) throw goesOn(plan.goingOn);
  const about = plan.draft.seed.digest;
  const confirmed = input.confirm === true;
  const how = await agreement(call, plan, { confirmed, about, cost: whole });
  if (typeof how !== "string") return how;
  call.signal.throwIfAborted();
  call.progress("Takes a snapshot of the project and starts a worker");
  const begun = await startDetached(app, plan, { agreed: how, signal: call.signal });
  return startedAs(begun, { cost, notices: found });
}

/** The commands that a yes lets run, beside the agent. */
async function checksOf({ draft }: DetachedPlan): Promise<string> {
  const { trialCommands } = await import("../../app/interview/trial_commands.ts");
  const commands = trialCommands(draft.seed);
  const lines = trialLines(commands).join("\n");
  return commands.length === 0
    ? "No command of the seed runs"
    : lines.length > MOST_COMMAND_CHARS
    ? `Its ${commands.length} commands run as the user, with nothing that confines them: show the seed`
    : `As the user, with nothing that confines them, run\n${lines}`;
}

function isWithoutSeed({ seed_path, seed_content }: Input): boolean {
  return seed_path === undefined && seed_content === undefined;
}

/** What `ooo run` alone means: the seed that was agreed to last in this project. */
async function latestOf(app: App) {
  const { latestSeed } = await import("../../app/seeds/latest_seed.ts");
  const { id } = await latestSeed(app);
  return { input: { seed_path: id }, notice: `Seed ${id}, the latest of this project` };
}

async function goOn(
  app: App,
  input: Input,
  call: ToolCall,
): Promise<Started | InputRequiredResult> {
  const odd = (["seed_path", "seed_content", "recording", "runtime", "model"] as const)
    .filter((name) => input[name] !== undefined);
  if (odd.length > 0) {
    throw new OuroborosError({
      code: "usage",
      message: `Go on with run "${input.session_id}": ${odd.join(", ")} cannot be changed`,
      hint: "Give session_id alone, or start a new run with a seed",
    });
  }
  const [{ planResume, resumeDetached }, { costText }, { findRunOf }] = await Promise.all([
    import("../../app/start_detached.ts"),
    import("../../app/run/cost_view.ts"),
    import("../../app/find_thing.ts"),
  ]);
  const id = await findRunOf(app, input.session_id);
  const limits = limitsOf(input);
  const plan = await planResume(app, id, limits);
  const cost = costText(plan.cost);
  if (input.dry_run) return notStarted(cost, []);
  const how = await agreement(call, plan, { confirmed: input.confirm === true, cost, about: id });
  if (typeof how !== "string") return how;
  call.signal.throwIfAborted();
  const begun = await resumeDetached(app, id, { agreed: how, limits, signal: call.signal });
  return startedAs(begun, { cost, notices: [] });
}

/** What a look at the cost gives. */
function notStarted(cost: string, notices: string[]): Started {
  const next = ["Show the user this; after their yes the same call with confirm: true, no dry_run"];
  return { started: false, id: "", cost, notices, next };
}

function limitsOf(input: Input) {
  return { minutes: input.minutes, maxUsd: input.max_usd };
}

function startedAs(
  begun: DetachedStart,
  told: { cost: string; notices: readonly string[] },
): Started {
  const { runId, notices } = begun;
  return {
    ...{ started: true, id: runId, cost: told.cost },
    notices: [...told.notices, ...notices],
    next: [wayToFollow(begun)],
  };
}

async function runInput(app: App, input: Input) {
  const { seed_path, seed_content } = input;
  if (seed_path !== undefined && seed_content !== undefined) {
    throw new OuroborosError({
      code: "usage",
      message: "Start a run: give seed_path or seed_content, and not both",
      hint: 'seed_path: "seed.yaml"; or session_id to go on with a run',
    });
  }
  const [{ containedFile }, { seedPath }] = await Promise.all([
    import("../../app/contained_file.ts"),
    import("../../app/seeds/seed_path.ts"),
  ]);
  return {
    source: seed_path === undefined ? "" : await containedFile(app, await seedPath(app, seed_path)),
    ...(seed_content === undefined ? {} : { seedText: seed_content }),
    checks: [],
    runtime: input.runtime,
    model: input.model,
    permission: undefined,
    base: undefined,
    project: app.cwd,
    anyway: false,
    limits: limitsOf(input),
    env: [],
    record: undefined,
    recording: input.recording === undefined
      ? undefined
      : await containedFile(app, input.recording),
  };
}
