import { type ErrorCode, OuroborosError } from "../kernel/error.ts";
import type { InvalidSkill, NotHandled, Resolved } from "../skills/dispatch/dispatch.ts";
import type { App } from "./app.ts";
import { findDispatch } from "./find_dispatch.ts";

export type { NotHandled };

/** A tool's answer. */
export interface ToolAnswer {
  /** Suffices by itself. */
  text: string;
  data: Readonly<Record<string, unknown>>;
}

/** The table of tools, handed in: use-cases know none of them. */
export interface ToolTable {
  /** What a tool does to the world; undefined for one that is not there. */
  classOf(tool: string): "query" | "starter" | "mutation" | undefined;
  /** Names of the arguments that one takes; undefined for one that is not there. */
  argumentsOf(tool: string): readonly string[] | undefined;
  /** Looks whether one takes these arguments, and calls nothing. Throws OuroborosError: usage. */
  check(request: { tool: string; args: Readonly<Record<string, unknown>> }): void;
  /** Calls one, within its own time limit. Throws OuroborosError. */
  call(
    app: App,
    request: { tool: string; args: Readonly<Record<string, unknown>> },
    signal: AbortSignal,
  ): Promise<ToolAnswer>;
}

/** What became of a prompt. */
export type DispatchOutcome =
  | { kind: "answered"; request: Resolved; answer: ToolAnswer }
  | { kind: "planned"; request: Resolved }
  /** The model may have it: what was called only looked, and could not at this time. */
  | { kind: "handed_on"; request: Resolved; error: OuroborosError }
  | NotHandled
  | InvalidSkill;

/** What is wanted of a dispatch. */
export interface DispatchOptions {
  /** Asked for only where a tool answers: most prompts are not ours. */
  tools(): Promise<ToolTable>;
  /** Say what would be called, and call nothing. */
  dryRun: boolean;
  interrupt: AbortSignal;
}

/** Troubles of the moment, after which a model that looks for itself may do better. */
const PASSING: readonly ErrorCode[] = ["timed_out", "journal_locked", "internal"];

/**
 * Answers a prompt by one call of a tool, or says why it is not ours. Errors: those of the tool, and
 * skill_invalid for a bundle whose tool does not exist.
 *
 * What starts or changes something is never handed on, whatever went wrong: it may have happened,
 * and a model would do it once more.
 */
export async function dispatchPrompt(
  app: App,
  prompt: string,
  { tools, dryRun, interrupt }: DispatchOptions,
): Promise<DispatchOutcome> {
  const found = await findDispatch(app, prompt);
  if (found.kind !== "resolved") return found;
  const { skill, tool, args } = found;
  const table = await tools();
  const does = table.classOf(tool);
  if (does === undefined) {
    throw new OuroborosError({
      code: "skill_invalid",
      message: `Answer by the skill "${skill}": there is no tool "${tool}"`,
      hint: "ouroboros mcp tools",
    });
  }
  if (dryRun) {
    // What the call would refuse is no plan.
    table.check({ tool, args });
    return { kind: "planned", request: found };
  }
  try {
    const answer = await table.call(app, { tool, args }, interrupt);
    return { kind: "answered", request: found, answer };
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    if (does !== "query" || !PASSING.includes(error.code)) throw error;
    return { kind: "handed_on", request: found, error };
  }
}
