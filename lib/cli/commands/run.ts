import { planRun } from "../../app/plan_run.ts";
import { type RunInput, startRun } from "../../app/start_run.ts";
import {
  LEAST_MINUTES,
  LEAST_USD,
  MOST_JOBS,
  MOST_MINUTES,
  MOST_USD,
  MOST_WAIT_MS,
} from "../../config/run_bounds.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import { PERMISSIONS } from "../../kernel/runtime_event.ts";
import { applyRun } from "../../app/apply_run.ts";
import { ask, mayAsk } from "../ask.ts";
import { choiceOf } from "../choice.ts";
import type { Command, CommandContext, OptionSpec, Words } from "../command.ts";
import { followRun } from "../follow_run.ts";
import { requireSource, seedFromIdea } from "../seed_from_idea.ts";
import { planText } from "../render/plan.ts";
import { applyText } from "./apply.ts";
import { typedText } from "../typed_text.ts";

/** Options that say how agents work; shared with `resume`. */
export const LIMIT_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  "minutes": {
    ...{ value: "N", kind: "amount", least: LEAST_MINUTES, most: MOST_MINUTES },
    also: "max-minutes",
    help: "Stop after so many minutes (60); also --max-minutes",
  },
  "jobs": { value: "N", kind: "count", most: MOST_JOBS, help: "Criteria to work on at once (1)" },
  "max-tokens": { value: "N", kind: "count", help: "Stop after so many tokens, as reported" },
  "max-usd": {
    ...{ value: "N", kind: "amount", least: LEAST_USD, most: MOST_USD },
    help: "Stop after so many US dollars, as reported",
  },
  "wait": {
    ...{ value: "TIME", kind: "duration", most: MOST_WAIT_MS },
    help: "Longest wait for a provider's limits, as 90m or 6h (1h)",
  },
  "tries": { value: "N", kind: "count", most: 20, help: "Tries per criterion (3)" },
  "env": { value: "NAME", repeated: true, help: "Hand this variable on to agents and checks" },
};

/** Leaves the work to a process of its own; shared with `resume`. */
export const DETACH_OPTION: OptionSpec = {
  help: "Once the plan is agreed to, work on without this terminal",
};

/** `ouroboros run`: the main job. */
export const run: Command = {
  name: "run",
  usage: "[SEED | TEXT]",
  summary: "Has an agent do a seed's work in folders of ours, and checks what it claims.",
  details: [
    "SEED is a YAML or JSON file (see: ouroboros seed schema), the id of a frozen seed (see: " +
    "ouroboros seed list), or the end of one. TEXT is a goal in your own words; " +
    "give it checks that decide whether it is reached. Before anything is paid for, the checks run " +
    "on your files as they are, and the plan is shown. At a project's first run on a terminal you " +
    "are asked whether to start; later ones start at once. Your files change only with apply.",
    "With --detach the work goes on without this terminal once you agreed to the plan: closing it " +
    "ends nothing, and watch, status, cancel and resume work from any other. Without, a terminal " +
    "that is closed interrupts the run. Exits 0 as soon as the other process has taken over.",
    "With --from the interview's calls count toward --max-tokens and --max-usd: it stops before the next " +
    "one where they are used up, and the run gets what is left.",
    "Exit codes: 0 all passed, 5 a check said no, 9 nothing said no but something is undecided, " +
    "6 the agent is missing, 7 cancelled or interrupted, 8 a limit was reached (of time, tokens, " +
    "money or waiting), 1 something failed that was needed: a sign-in, a server, the disk.",
  ],
  options: {
    from: { value: "IDEA", help: "Interview an idea to a seed first (see: ouroboros interview)" },
    auto: { help: "With --from: ask nobody, take what is recommended" },
    answers: { value: "FILE", help: "With --from: answers from a file" },
    save: { value: "FILE", help: "With --from: write the seed into this file too" },
    check: { value: "CMD", repeated: true, help: "A command that must succeed (with TEXT)" },
    runtime: { value: "NAME", help: "The agent that works (see: ouroboros runtimes)" },
    model: { value: "NAME", help: "The agent's model; its own default if left out" },
    permission: { value: "WORD", help: `${PERMISSIONS.join(", ")} (edit)` },
    base: { value: "REF", help: "Start from a git commit, not from your files as they are" },
    cwd: { value: "DIR", help: "The project's folder (the working folder)" },
    "dry-run": { help: "Show the plan; start no agent, write nothing" },
    admit: { help: "With --dry-run: also run the checks on the base" },
    anyway: { help: "Start agents even where nothing can decide" },
    strict: {
      help: "Count a pass as undecided where its control is partial or none; look at each twice",
    },
    yes: { short: "y", help: "Do not ask" },
    detach: DETACH_OPTION,
    json: { help: "One JSON event a line on stdout" },
    ...LIMIT_OPTIONS,
    record: {
      value: "FILE",
      help: "Record what the agents do, into a new file, to be played again",
    },
    recording: { value: "FILE", help: "Play this recording in place of an agent" },
  },
  examples: [
    "ouroboros run seed.yaml",
    'ouroboros run "reject expired coupons" --check "npm test"',
    'ouroboros run --from "a page that lists expired coupons"',
    "ouroboros run seed.yaml --dry-run --admit",
    "ouroboros run seed.yaml --detach",
  ],
  positional: [0, 1],
  async run(context: CommandContext): Promise<ExitCode> {
    const { app, words, output } = context;
    const wanted = inputOf(context, words.has("from") ? "" : requireSource(context));
    const made = words.has("from") ? await seedFromIdea(context, wanted) : undefined;
    if (made && "exit" in made) return made.exit;
    const input = made ? { ...wanted, source: made.path, limits: made.limits } : wanted;
    if (words.has("dry-run")) {
      const options = { admit: words.has("admit"), cancel: context.interrupt };
      const plan = await planRun(app, input, options);
      const style = { color: output.color, columns: output.columns() };
      output.out(words.has("json") ? `${JSON.stringify(plan)}\n` : planText(plan, style));
      return EXIT.done;
    }
    const done = await followRun(context, (hooks) => startRun(app, input, hooks));
    if (done.run.state === "passed" && done.run.changed) await offerApply(context, done.run.runId);
    return done.exit;
  },
};

/** After a full success on a terminal: whether to bring the changes in now. */
async function offerApply(context: CommandContext, runId: string): Promise<void> {
  const { app, words, output } = context;
  if (!mayAsk(output, { yes: words.has("yes"), json: words.has("json") })) return;
  const question = { text: "Bring these changes into your files now?", default: true };
  if (await ask(question, context) !== true) return;
  const result = await applyRun(app, runId, { dryRun: false, mode: { kind: "worktree" } });
  output.out(await typedText(app, applyText(result)));
}

function inputOf({ app, words }: CommandContext, source: string): RunInput {
  return {
    source,
    checks: words.texts("check"),
    limits: limitsOf(words),
    runtime: words.text("runtime"),
    model: words.text("model"),
    permission: choiceOf(words, "permission", PERMISSIONS),
    base: words.text("base"),
    project: words.text("cwd") ?? app.cwd,
    anyway: words.has("anyway"),
    strict: words.has("strict"),
    env: words.texts("env"),
    record: words.text("record"),
    recording: words.text("recording"),
    detach: words.has("detach"),
  };
}

/** Limits given by flag. */
export function limitsOf(words: Words): RunInput["limits"] {
  return {
    jobs: words.count("jobs"),
    maxUsd: words.amount("max-usd"),
    waitMs: words.durationMs("wait"),
    attempts: words.count("tries"),
    minutes: words.amount("minutes"),
    maxTokens: words.count("max-tokens"),
  };
}
