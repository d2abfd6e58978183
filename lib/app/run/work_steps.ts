import { join } from "@std/path";
import { runEvent } from "../../engine/run/events.ts";
import type { Step } from "../../engine/run/step.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { addUsage, type Usage } from "../../kernel/outcome.ts";
import type { RecordedMode } from "../../kernel/recording.ts";
import { readSpool } from "../../process/spool.ts";
import { guardedPaths, putBackProtected } from "./put_back_protected.ts";
import { criterionOf, type RunContext, stateOf, worktreeName } from "./run_context.ts";
import { usageOfSession } from "./session_usage.ts";

type StepAt<D extends Step["do"]> = Extract<Step, { do: D }>;

/** Changed paths that an event names; the rest is counted only. */
const NAMED_PATHS = 50;

/**
 * Ends an attempt whose worker is gone: what the agent had said is decoded from its spool, so that
 * its session and its tokens are not lost. It counts as cut off by us, never as the agent's failure.
 */
export async function recoverStep(context: RunContext, step: StepAt<"recover">): Promise<void> {
  const { criterion, attempt } = stateOf(context, step);
  const { session } = attempt;
  const { decode } = context.runtime.definition;
  const state = decode.start({
    prompt: "",
    cwd: context.dir,
    scratchDir: context.dir,
    permission: context.log.state.created.permission.effective,
    ...(session === null ? {} : {
      resume: session,
      previousThreadUsage: usageOfSession(criterion.attempts, session),
    }),
    self: context.runtime.program,
  });
  let usage: Usage = {};
  const { lineBytes } = context.runtime.limits;
  await readSpool(join(context.dir, attempt.spool), (stream, line) => {
    for (const event of decode.line(state, stream, line)) {
      if (event.type === "usage") usage = addUsage(usage, event.usage);
    }
  }, { lineBytes });
  const seen = decode.finish(state, {
    reason: "cancelled",
    code: null,
    signal: null,
    stderrTail: "",
  });
  await context.log.append(runEvent("attempt.ended", {
    criterion: step.criterion,
    attempt: step.attempt,
    outcome: {
      ...(seen.sessionId === undefined ? {} : { sessionId: seen.sessionId }),
      ...(seen.finalText === undefined ? {} : { finalText: seen.finalText }),
      reason: "cancelled",
      code: "cancelled",
      message: "The worker ended while the agent was at work",
    },
    usage,
    durationMs: 0,
    why: "The worker ended while the agent was at work",
  }));
}

/** What is needed to record an attempt. */
export type RecordContext = Pick<
  RunContext,
  "runId" | "seed" | "log" | "workspace" | "recorder" | "emit"
>;

/** Records an attempt's files as a commit, with what its criterion's checks protect put back. */
export async function recordStep(
  context: RecordContext,
  step: StepAt<"record">,
): Promise<void> {
  const { attempt } = stateOf(context, step);
  const { workspace } = context;
  const message = `Criterion ${step.criterion}, try ${step.attempt}`;
  const name = worktreeName(step.criterion);
  const parent = attempt.from;
  const found = await commitWhatIsThere(context, name, { parent, message });
  const { ignored, nested, tooLarge } = found;
  if (found.unread.length > 0) {
    context.emit({ type: "notice", text: unreadText(step, found.unread) });
  }
  const { base } = attempt;
  const { commit, tree, putBack } = await putBackProtected(
    criterionOf(context, step.criterion),
    { workspace, name, tree: found.tree, base, parent, message },
  ) ?? { ...found, putBack: undefined };
  // Against the base, not the last try: what counts is the whole work on this criterion.
  const [changed, links] = await Promise.all([
    workspace.changed(base, commit),
    workspace.outsideLinks(base, commit),
  ]);
  const guarded = guardedPaths(context.seed, step.criterion, changed.map((one) => one.path));
  await context.recorder?.changes(step, {
    changed: await workspace.changed(attempt.from, commit),
    read: (path) => workspace.readFile(tree, path),
    modeOf: (path) => modeOf(workspace, tree, path),
    finalText: attempt.outcome?.finalText ?? "",
  });
  await context.log.append(runEvent("attempt.recorded", {
    criterion: step.criterion,
    attempt: step.attempt,
    commit,
    tree,
    changed: changed.length,
    paths: changed.slice(0, NAMED_PATHS).map((one) => one.path),
    ...(ignored.length === 0 ? {} : { ignored }),
    ...(nested.length === 0 ? {} : { nested }),
    ...(tooLarge.length === 0 ? {} : { tooLarge }),
    ...(links.length === 0 ? {} : { links }),
    ...(putBack === undefined ? {} : { putBack }),
    ...(guarded.length === 0 ? {} : { guarded }),
  }));
}

/** So much of a path is named; one that is too long for the system fills screens. */
const NAMED_CHARACTERS = 60;

function unreadText({ criterion }: { criterion: string }, unread: readonly string[]): string {
  const [first = "", ...rest] = unread.map((path) =>
    path.length > NAMED_CHARACTERS ? `${path.slice(0, NAMED_CHARACTERS)}…` : path
  );
  const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
  return `What is new in "${first}"${more} is left out of the work on criterion ${criterion}: ` +
    "the folder lies too deep or cannot be read";
}

/** A worktree that somebody removed is made again, as it was when the attempt began. */
async function commitWhatIsThere(
  context: RecordContext,
  name: string,
  options: { parent: string; message: string },
) {
  const { workspace } = context;
  try {
    return await workspace.commit(name, options);
  } catch (error) {
    if (!(error instanceof OuroborosError) || error.code !== "workspace_lost") throw error;
    await workspace.worktree(name, options.parent);
    context.emit({
      type: "notice",
      text: `${error.message}; it was made again without its changes`,
    });
    return await workspace.commit(name, options);
  }
}

/** What a path of a tree is, in a recording's words. */
async function modeOf(
  workspace: RunContext["workspace"],
  tree: string,
  path: string,
): Promise<RecordedMode | undefined> {
  const entry = (await workspace.listEntries(tree)).find((one) => one.path === path);
  if (!entry || entry.kind === "submodule") return undefined;
  return entry.kind === "file" ? "plain" : entry.kind;
}

/** Brings an attempt's work onto the run's branch, or names the conflict. */
export async function integrateStep(
  context: RunContext,
  step: StepAt<"integrate">,
): Promise<void> {
  const { attempt } = stateOf(context, step);
  const { workspace, log } = context;
  const at = { criterion: step.criterion, attempt: step.attempt };
  const before = log.state.head;
  // A worker that died between moving the ref and writing the event left the ref ahead.
  await workspace.moveHead(before);
  const result = await workspace.integrate(attempt.commit!, attempt.base);
  await log.append(
    result.ok
      ? runEvent("attempt.integrated", { ...at, before, head: result.head, tree: result.tree })
      : runEvent("attempt.conflicted", { ...at, paths: result.conflicts }),
  );
}

/** Takes an integrated attempt off the run's branch again. */
export async function revertStep(
  context: Pick<RunContext, "runId" | "log" | "workspace">,
  step: StepAt<"revert">,
): Promise<void> {
  const { attempt } = stateOf(context, step);
  const head = attempt.integrated!.before;
  await context.workspace.moveHead(head);
  await context.log.append(runEvent("attempt.reverted", {
    criterion: step.criterion,
    attempt: step.attempt,
    head,
    tree: await context.workspace.tree(head),
  }));
}

/** Takes attempts off the branch that broke something together, so that each is looked at alone. */
export async function separateStep(
  context: Pick<RunContext, "runId" | "log" | "workspace">,
  step: StepAt<"separate">,
): Promise<void> {
  const { sound } = context.log.state;
  await context.workspace.moveHead(sound.head);
  await context.log.append(
    runEvent("batch.reverted", { members: step.members, head: sound.head, tree: sound.tree }),
  );
}
