import { createdRun } from "../app/find_run.ts";
import { HOST_RUNTIME } from "../app/host/host_runtime.ts";
import type { PlanView } from "../app/run/plan_view.ts";
import type { RunProgress } from "../app/run/progress.ts";
import type { RunView } from "../app/run/views.ts";
import type { Confirmation } from "../app/run/worker.ts";
import type { PlanFacts, RunHooks } from "../app/start_run.ts";
import { typedName } from "../app/typed_name.ts";
import type { WatchProgress } from "../app/watch_run.ts";
import { OuroborosError } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import { ask, mayAsk } from "./ask.ts";
import type { CommandContext } from "./command.ts";
import { planText } from "./render/plan.ts";
import { type ProgressView, progressView } from "./render/run_progress.ts";
import { runText } from "./render/run_view.ts";

/** Follows a run that this process works on: plan, question, progress, result. */
export async function followRun(
  context: CommandContext,
  start: (hooks: RunHooks) => AsyncGenerator<RunProgress, RunView>,
  /** `next`: whether to say what can be typed next; left out, it is said. */
  options: { next?: boolean } = {},
): Promise<{ run: RunView; exit: ExitCode }> {
  const { app, output, words } = context;
  const json = words.has("json");
  const view = progressView(output, { json, nowMs: () => app.clock.monotonicMs() });
  let asking = false;
  const work = start({
    interrupt: context.interrupt,
    confirm: async (plan, facts) => {
      view.clear();
      asking = true;
      try {
        return await confirm(context, plan, facts);
      } finally {
        asking = false;
      }
    },
  });
  // An agent may take its time to end: who waits should know that it was heard.
  const onInterrupt = () => {
    // Where the output's reader went away, nobody pressed a key.
    if (json || asking || !String(context.interrupt.reason).startsWith("Interrupted")) return;
    view.clear();
    output.err("Ending what was started; Ctrl-C again to leave now\n");
  };
  context.interrupt.addEventListener("abort", onInterrupt, { once: true });
  let run: RunView;
  try {
    run = await shown(work, view, ownWorkTeller(context));
  } finally {
    context.interrupt.removeEventListener("abort", onInterrupt);
  }
  await tellResult(context, run, options);
  // Handed over to a process of its own: that is what was to be done.
  return { run, exit: run.state === "running" ? EXIT.done : run.exit };
}

/** Follows a run that any process works on. Ctrl-C ends the watching and nothing else. */
export async function followWatch(
  context: CommandContext,
  watching: AsyncGenerator<WatchProgress, RunView | undefined>,
): Promise<ExitCode> {
  const { app, output, words } = context;
  const view = progressView(output, {
    json: words.has("json"),
    nowMs: () => app.clock.monotonicMs(),
  });
  const run = await shown(watching, view);
  if (run === undefined) {
    output.err("The watching has ended; the run goes on\n");
    return EXIT.cancelled;
  }
  await tellResult(context, run, {});
  return run.exit;
}

async function shown<R>(
  work: AsyncGenerator<WatchProgress, R>,
  view: ProgressView,
  tell: (progress: WatchProgress, view: ProgressView) => Promise<void> = async () => {},
): Promise<R> {
  try {
    while (true) {
      const step = await work.next();
      if (step.done) return step.value;
      view.show(step.value);
      await tell(step.value, view);
    }
  } finally {
    view.clear();
  }
}

/**
 * Says once, where the first try begins, how a run is done that no agent does: who started it here
 * would wait for what is theirs to do.
 */
function ownWorkTeller({ app, output, words }: CommandContext) {
  // Programs that read the events know what they started.
  let over = words.has("json");
  return async (progress: WatchProgress, view: ProgressView) => {
    if (over || progress.type !== "event") return;
    const { event } = progress;
    const runId = event.stream.slice("run:".length);
    // One that is begun here may have a journal of its own, as the demonstration's has.
    if (event.type === "run.created") over = event.data.runtime.id !== HOST_RUNTIME;
    if (event.type !== "attempt.started") return;
    over = true;
    if ((await createdRun(await app.journal(), runId)).runtime.id !== HOST_RUNTIME) return;
    view.clear();
    output.err(
      `Nothing works on it until you do; in another terminal: ${await typedName(app)} ` +
        `attempt ${runId}\n`,
    );
  };
}

async function tellResult(
  context: CommandContext,
  run: RunView,
  options: { next?: boolean },
): Promise<void> {
  const { app, output, words } = context;
  if (words.has("json")) output.out(`${JSON.stringify({ type: "result", run })}\n`);
  else {
    const name = await typedName(app);
    const style = { ...options, name, color: output.color, columns: output.columns() };
    output.out(`${output.isTerminal ? "\n" : ""}${runText(run, style)}`);
  }
}

/** Shows the plan and asks what has to be asked: the first run of a project, full rights, no check. */
async function confirm(
  context: CommandContext,
  plan: PlanView,
  facts: PlanFacts,
): Promise<Confirmation> {
  const { output, words } = context;
  const json = words.has("json");
  const yes = words.has("yes");
  if (json) output.out(`${JSON.stringify({ type: "plan", plan })}\n`);
  else output.err(`\n${planText(plan, { color: output.talkColor, columns: output.columns() })}\n`);
  const canAsk = mayAsk(output, { yes, json });
  if (facts.needsConsent && !yes && !canAsk) {
    throw new OuroborosError({
      code: "needs_input",
      message: `Start ${plan.runtime.title} with the permission "${plan.permission.effective}": ` +
        "nobody can be asked here",
      hint: `ouroboros resume ${plan.runId} --yes, once for this project; ` +
        "or start a run with a tighter --permission",
    });
  }
  let anyway = facts.anyway;
  if (!anyway && plan.criteria.some((one) => one.foregone !== null) && canAsk) {
    const answer = await ask({
      text: "Some criteria cannot be decided. Start agents for them all the same?",
      default: false,
    }, context);
    if (answer === undefined) return { go: false, anyway, how: "asked" };
    anyway = answer;
  }
  if (!canAsk || !(facts.firstHere || facts.needsConsent)) {
    return { go: true, anyway, how: yes ? "flag" : "not_asked" };
  }
  const go = await ask({ text: "Start?", default: true }, context);
  return { go: go === true, anyway, how: "asked" };
}
