import { interviewStream } from "../../engine/interview/events.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { localTime } from "../../kernel/local_time.ts";
import type { ChildIdentity } from "../../process/child.ts";
import type { App } from "../app.ts";

/** Who works on an interview, as the owner of its stream says it. */
export interface InterviewHolder extends ChildIdentity {
  /** UTC. */
  since: string;
}

/**
 * The owner's name under which this process claims an interview: by it the next one sees whether
 * whoever claimed it lives still. No lock and no file: who is fenced off writes nothing anyway.
 */
export async function interviewOwner(app: App): Promise<string> {
  const self = await app.processes.self();
  const holder: InterviewHolder = { ...self, since: app.clock.now().toISOString() };
  return `interview ${JSON.stringify(holder)}`;
}

/** Whether another process that lives works on it. */
export async function isHeld(app: App, id: string): Promise<boolean> {
  return await lookAtHolder(app, id) !== undefined;
}

/** Refuses where another process that lives works on it. Errors: not_allowed, naming that one. */
export async function refuseHeldInterview(app: App, id: string): Promise<void> {
  const held = await lookAtHolder(app, id);
  if (held) throw heldError(id, held.holder, held.at);
}

/** Another process that works on it, stopped or not; undefined: none that lives. */
export async function livingHolder(app: App, id: string): Promise<InterviewHolder | undefined> {
  return (await lookAtHolder(app, id))?.holder;
}

/** A process that was at an interview. */
export interface EndedHolder {
  pid: number;
  /** False: it lives in spite of everything, as another user's does. */
  isGone: boolean;
}

/**
 * Ends it with all that it started: the very process that claimed the interview, known by when it
 * began, and never another that has its number by now.
 */
export async function endHolder(app: App, holder: InterviewHolder): Promise<EndedHolder> {
  await app.processes.reap([holder]);
  return { pid: holder.pid, isGone: !await app.processes.alive(holder) };
}

async function lookAtHolder(app: App, id: string) {
  const holder = await holderOf(app, id);
  if (holder === undefined || holder.pid === Deno.pid) return undefined;
  const at = await app.processes.look(holder);
  return at === "gone" ? undefined : { holder, at };
}

/** What is told to whoever was fenced off by one that claimed it in the same moment. */
export async function overtakenError(app: App, id: string): Promise<OuroborosError> {
  const holder = await holderOf(app, id);
  if (holder) return heldError(id, holder, await app.processes.look(holder));
  const { owner } = await (await app.journal()).owner(interviewStream(id));
  return new OuroborosError({
    code: "not_allowed",
    message: `Go on with the interview "${id}": it was taken over by ${owner ?? "another process"}`,
    hint: "What was answered here before is kept; go on there",
  });
}

async function holderOf(app: App, id: string): Promise<InterviewHolder | undefined> {
  const { owner } = await (await app.journal()).owner(interviewStream(id));
  const text = /^interview (\{.*\})$/.exec(owner ?? "")?.[1];
  if (text === undefined) return undefined;
  // An earlier version wrote no marker: then its children are known by descent alone.
  const { pid, startTime, since, marker = "" } = JSON.parse(text) as Record<string, unknown>;
  return {
    ...{ pid: Number(pid), startTime: String(startTime) },
    ...{ marker: String(marker), since: String(since) },
  };
}

function heldError(
  id: string,
  { pid, since }: InterviewHolder,
  at: "gone" | "stopped" | "running",
): OuroborosError {
  const works = `process ${pid} works on it, since ${localTime(since)}`;
  return new OuroborosError({
    code: "not_allowed",
    message: `Go on with the interview "${id}": ${works}${
      at === "stopped" ? ", but is stopped (state T)" : ""
    }`,
    hint: at === "stopped"
      ? `kill -CONT ${pid}, which lets it go on; or end it: kill -KILL ${pid}`
      : `Go on there; or end it, which keeps every answer: kill ${pid}; ` +
        `or abandon it: ouroboros cancel ${id}`,
  });
}
