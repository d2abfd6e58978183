import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
} from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { App } from "../app/app.ts";
import { atFolder } from "../app/at_folder.ts";
import type { ToolAnswer } from "../app/dispatch_prompt.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Tool, ToolCall } from "./tool.ts";
import { problemText, type ToolProblem, toolProblem } from "./tool_problem.ts";

/** What surrounds a call, given by whoever speaks the protocol. */
export interface CallSurroundings extends ToolCall {
  /** Folders that are open in the host, as far as it says so. */
  roots(): Promise<readonly string[]>;
}

/** Hosts give up on a call after 30 s and more: no call of ours takes as long. */
const MOST_MS = 20_000;

/**
 * Answers a host's call of a tool. What goes wrong is an answer to the model and not an end of the
 * connection: it can do better.
 */
export async function runTool(
  app: App,
  tool: Tool,
  args: Readonly<Record<string, unknown>>,
  call: CallSurroundings,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const answer = await callTool(app, tool, args, call);
    if (isInputRequiredResult(answer)) return answer;
    // Some hosts show the model the text alone, some the structure alone: both are whole.
    return {
      content: [{ type: "text", text: answer.text }],
      structuredContent: { ...answer.data },
    };
  } catch (error) {
    return failedCall(wayToBegin(error));
  }
}

/** What a call is told that looks for the latest where nothing was begun yet. */
const TO_BEGIN = "ouroboros_interview with initial_context, or with a seed " +
  "ouroboros_start_execute_seed with seed_path";

/** A problem as it is, but where nothing was begun yet: then how to begin. */
function wayToBegin(thrown: unknown): ToolProblem {
  const problem = toolProblem(thrown);
  const none = thrown instanceof OuroborosError && thrown.noneYet;
  return none ? { ...problem, hint: TO_BEGIN, recoverable: true } : problem;
}

/**
 * Calls a tool: arguments checked, in the project that is meant, within its time. Errors: usage,
 * timed_out, cancelled, those of the project's folder and of the tool.
 */
export async function callTool(
  app: App,
  tool: Tool,
  args: Readonly<Record<string, unknown>>,
  call: CallSurroundings,
): Promise<ToolAnswer | InputRequiredResult> {
  const over = new AbortController();
  const signal = AbortSignal.any([call.signal, over.signal]);
  try {
    const input = readInput(tool, args);
    const work = (async () => {
      const placed = atFolder(app, await projectOf(app, input, call));
      // Nothing may be told of a call that is answered.
      const progress = (text: string) => over.signal.aborted ? undefined : call.progress(text);
      return await tool.run(placed, input, { ...call, signal, progress });
    })();
    const answer = await Promise.race([work, timeLimit(app, tool, signal)]);
    if (isInputRequiredResult(answer)) return answer;
    // What is not promised is not sent: an answer is as long as its schema says.
    const data = tool.output.parse(answer);
    return { text: tool.text(data), data };
  } finally {
    // A call that is over needs nothing more done for it; a look that was left behind ends.
    over.abort();
  }
}

/** A problem as the answer to a call. */
export function failedCall(problem: ToolProblem): CallToolResult {
  return {
    content: [{ type: "text", text: problemText(problem) }],
    structuredContent: { error: { ...problem } },
    isError: true,
  };
}

/** Arguments by the names that the tool knows, checked. Errors: usage. */
export function readInput(
  tool: Tool,
  args: Readonly<Record<string, unknown>>,
): z.infer<z.ZodObject> {
  const given = Object.entries(args).filter(([name, value]) => !isLeftOut(tool, name, value));
  const named: Record<string, unknown> = {};
  const under = new Map<string, string>();
  for (const [name, value] of given) {
    const known = aliased(tool, name) ?? name;
    const before = under.get(known);
    if (before !== undefined && named[known] !== value) throw twoNames(tool, before, name);
    under.set(known, name);
    named[known] = value;
  }
  const read = tool.input.safeParse(named);
  if (read.success) return read.data;
  const what = read.error.issues.map(({ path, message }) => {
    if (path.length === 1 && !(path[0]! in named)) return `"${String(path[0])}" is missing`;
    return path.length === 0 ? message : `${path.join(".")}: ${message}`;
  });
  throw wrongArguments(tool, what.join("; "));
}

function wrongArguments(tool: Tool, what: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Call ${tool.name}: ${what}`,
    hint: `It takes ${Object.keys(tool.input.shape).join(", ") || "no arguments"}`,
  });
}

/** Two names of one argument with different values: which one is meant cannot be known. */
function twoNames(tool: Tool, one: string, other: string): OuroborosError {
  return wrongArguments(tool, `"${one}" and "${other}" are names of the same: give one of them`);
}

/** Some models leave an argument out by a null, and others by an empty text, which none of ours needs. */
function isLeftOut(tool: Tool, name: string, value: unknown): boolean {
  if (value === null) return true;
  const known = aliased(tool, name) ?? name;
  if (value !== "" || !Object.hasOwn(tool.input.shape, known)) return false;
  return tool.input.shape[known]!.safeParse(undefined).success;
}

/** The argument that a name is another one for. Names come from outside: "constructor" is none. */
function aliased({ aliases = {} }: Tool, name: string): string | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

async function projectOf(
  app: App,
  input: Record<string, unknown>,
  call: CallSurroundings,
): Promise<string> {
  if (typeof input.cwd === "string") {
    // Reads the journal too, which a server need not know of at its start.
    const { containedFolder } = await import("../app/contained_folder.ts");
    return await containedFolder(app, input.cwd, () => call.roots());
  }
  // Some hosts start their servers where no project is; the folder that is open in them is meant.
  if (app.cwd !== "/" && app.cwd !== app.paths.home) return app.cwd;
  return (await call.roots())[0] ?? app.cwd;
}

async function timeLimit(app: App, tool: Tool, signal: AbortSignal): Promise<never> {
  await app.clock.sleep(Math.min(tool.limitMs, MOST_MS), signal);
  if (signal.aborted) {
    throw new OuroborosError({ code: "cancelled", message: `Call ${tool.name}: cancelled` });
  }
  throw new OuroborosError({
    code: "timed_out",
    message: `Call ${tool.name}: no answer within ${tool.limitMs / 1000} seconds`,
    hint: tool.class === "query"
      ? "Call it again with less to look at"
      : "Do not call it again at once: ouroboros_session_status says what came of it",
    retryable: tool.class === "query",
  });
}
