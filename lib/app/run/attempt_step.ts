import { join } from "@std/path";
import { runEvent } from "../../engine/run/events.ts";
import { heldOnBase } from "../../engine/run/held_on_base.ts";
import { attemptPrompt } from "../../engine/run/prompt.ts";
import type { Step } from "../../engine/run/step.ts";
import { SESSION_ID } from "../../kernel/id.ts";
import type { Invocation, RuntimeRequest } from "../../runtimes/definition.ts";
import { type AgentEnd, driveAgent, notStarted } from "./drive_agent.ts";
import { openRoom } from "./attempt_room.ts";
import { criterionOf, type RunContext, worktreeName } from "./run_context.ts";
import { usageOfSession } from "./session_usage.ts";

type AttemptStep = Extract<Step, { do: "attempt" }>;

/** Has one agent work on one criterion in its worktree, from the event before it to the one after. */
export async function attemptStep(context: RunContext, step: AttemptStep): Promise<void> {
  if (step.waitSeconds > 0) {
    const reason = `Before try ${step.number} of criterion ${step.criterion}`;
    context.emit({ type: "waiting", seconds: step.waitSeconds, reason });
    await context.clock.sleep(step.waitSeconds * 1000, context.stop);
    if (context.stop.aborted) return;
  }
  using slot = await context.slot(step);
  if (!slot) return;
  const { definition } = context.runtime;
  const ground = await prepareGround(context, step);
  const request = await requestFor(context, step, ground.path);
  let invocation: Invocation | undefined;
  let refused: AgentEnd | undefined;
  try {
    invocation = definition.invoke(request);
  } catch (error) {
    refused = notStarted(error, definition);
  }
  const at = { criterion: step.criterion, attempt: step.number };
  const spool = join("attempts", `${worktreeName(step.criterion)}-${step.number}`);
  await Deno.mkdir(join(context.dir, "attempts"), { recursive: true, mode: 0o700 });
  await context.log.append(runEvent("attempt.started", {
    ...at,
    from: ground.from,
    base: ground.base,
    session: request.resume ?? null,
    fresh: step.fresh,
    retry: step.retry,
    prompt: await context.journal.putBlob(new TextEncoder().encode(request.prompt)),
    argv: [...context.runtime.program, ...(invocation?.args ?? [])],
    spool,
  }));
  const end = invocation === undefined
    ? refused!
    : await driveInRoom(context, step, { request, invocation, spool: join(context.dir, spool) });
  await Deno.remove(request.scratchDir, { recursive: true }).catch(() => {
    // The folder was never made, or is removed with the run.
  });
  await context.log.append(runEvent("attempt.ended", { ...at, ...end }));
  const unheld = context.spend.unheld();
  if (unheld !== undefined) context.emit({ type: "notice", text: unheld });
}

/** What one agent process is started with. */
interface Launch {
  request: RuntimeRequest;
  invocation: Invocation;
  spool: string;
}

async function driveInRoom(
  context: RunContext,
  step: AttemptStep,
  launch: Launch,
): Promise<AgentEnd> {
  const { systemTmp, runId } = context;
  const name = `${worktreeName(step.criterion)}-${step.number}`;
  const port = context.log.state.limits.jobs > 1;
  await using room = await openRoom({ systemTmp, runId, name }, { port });
  return await drive(context, step, { ...launch, roomEnv: room.env });
}

async function drive(
  context: RunContext,
  step: AttemptStep,
  { roomEnv, ...parts }: Launch & { roomEnv: Readonly<Record<string, string>> },
): Promise<AgentEnd> {
  const { runtime } = context;
  const at = { criterion: step.criterion, attempt: step.number };
  const spending = context.spend.begin(at);
  context.recorder?.begin(at, parts.request.prompt);
  return await driveAgent({
    ...parts,
    processes: context.processes,
    spoolMask: context.spoolMask,
    definition: runtime.definition,
    program: runtime.program,
    env: { ...runtime.env, values: { ...runtime.env.values, ...roomEnv } },
    limits: runtime.limits,
    label: runtime.definition.id,
    cancel: AbortSignal.any([context.stop, spending.signal]),
    onEvent(event) {
      if (event.type === "usage") spending.count(event.usage);
      context.recorder?.event(at, event);
      context.emit({ type: "agent", ...at, event });
    },
    async onStarted(identity) {
      await context.log.append(runEvent("child.started", { ...at, ...identity }));
    },
  });
}

/** The worktree, put where this attempt starts, and the commits that this is. */
async function prepareGround(
  context: RunContext,
  step: AttemptStep,
): Promise<{ path: string; from: string; base: string }> {
  const { workspace, log } = context;
  const name = worktreeName(step.criterion);
  const attempts = log.state.criteria.find((one) => one.id === step.criterion)?.attempts ?? [];
  const last = attempts.at(-1);
  if (!last || step.fresh) {
    // What is on the branch beyond it may yet be taken off again.
    const { head } = log.state.sound;
    const found = await workspace.worktree(name, head);
    if (!found.fresh) await workspace.reset(name, head);
    return { path: found.path, from: head, base: head };
  }
  if (step.merged) {
    const { head, before } = last.integrated!;
    await workspace.worktree(name, head);
    await workspace.reset(name, head);
    return { path: (await workspace.worktree(name, head)).path, from: head, base: before };
  }
  const from = last.commit ?? last.from;
  return { path: (await workspace.worktree(name, from)).path, from, base: last.base };
}

async function requestFor(
  context: RunContext,
  step: AttemptStep,
  worktree: string,
): Promise<RuntimeRequest> {
  const { created, criteria } = context.log.state;
  const state = criteria.find((one) => one.id === step.criterion);
  const resumes = context.runtime.definition.capabilities.resume !== "none" &&
    step.session !== null && SESSION_ID.test(step.session);
  const resume = resumes ? step.session! : undefined;
  const scratchDir = join(context.dir, "scratch", `${worktreeName(step.criterion)}-${step.number}`);
  await Deno.mkdir(scratchDir, { recursive: true, mode: 0o700 });
  const embedded = context.runtime.embedded(step.criterion, step.number);
  return {
    prompt: promptFor(context, step, resume !== undefined),
    cwd: join(worktree, context.seed.workspace.dir),
    scratchDir,
    permission: created.permission.effective,
    ...(created.model === null ? {} : { model: created.model }),
    ...(resume === undefined ? {} : {
      resume,
      previousThreadUsage: usageOfSession(state?.attempts ?? [], resume),
    }),
    hiddenSkills: context.runtime.hiddenSkills,
    self: context.runtime.program,
    ...(embedded === undefined ? {} : { embedded }),
  };
}

function promptFor(context: RunContext, step: AttemptStep, resumed: boolean): string {
  const { seed, log } = context;
  const criterion = criterionOf(context, step.criterion);
  const commands = criterion.checks.flatMap((one) => one.kind === "command" ? [one] : []);
  const visible = commands.filter((one) => !one.hidden);
  return attemptPrompt({
    goal: seed.goal,
    constraints: seed.constraints,
    context: seed.context,
    criterion,
    artifacts: criterion.artifacts,
    visibleChecks: visible,
    humanChecks: criterion.checks.flatMap((one) => one.kind === "human" ? [one.human] : []),
    protectedPaths: [...new Set(visible.flatMap((one) => one.protect))],
    done: log.state.criteria
      .filter((one) => one.id !== criterion.id)
      .filter((one) =>
        one.settled?.state === "passed" || one.settled?.state === "accepted" || heldOnBase(one)
      )
      .map(({ id, description }) => ({ id, description })),
    retry: step.retry,
    resumed,
    fresh: step.fresh,
    merged: step.merged,
  });
}
