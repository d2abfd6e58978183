import { isInputRequiredResult } from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import type { ToolAnswer, ToolTable } from "../app/dispatch_prompt.ts";
import { OuroborosError } from "../kernel/error.ts";
import { callTool, readInput } from "./run_tool.ts";
import type { Tool } from "./tool.ts";
import { toolProblem } from "./tool_problem.ts";
import { TOOLS } from "./tools.ts";
import { typedHint } from "./typed_hint.ts";

/**
 * The tools, called from within this program as a host would: arguments checked, in the project,
 * within the tool's time. No form is put, and no progress is told. What goes wrong is thrown.
 */
export const TOOL_TABLE: ToolTable = {
  classOf: (name) => toolOf(name)?.class,
  argumentsOf: (name) => {
    const tool = toolOf(name);
    return tool && [...Object.keys(tool.input.shape), ...Object.keys(tool.aliases ?? {})];
  },
  check: ({ tool: name, args }) => {
    const tool = toolOf(name);
    if (tool === undefined) return;
    try {
      readInput(tool, args);
    } catch (error) {
      throw typed(error);
    }
  },
  call: async (app, { tool: name, args }, signal) => {
    const tool = toolOf(name);
    if (tool !== undefined) return await answerOf(app, { tool, args }, signal);
    throw new OuroborosError({
      code: "not_found",
      message: `Call "${name}": there is no such tool`,
    });
  },
};

function toolOf(name: string): Tool | undefined {
  return TOOLS.find((one) => one.name === name);
}

async function answerOf(
  app: App,
  { tool, args }: { tool: Tool; args: Readonly<Record<string, unknown>> },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const answer = await callTool(app, tool, args, {
    signal,
    progress: () => {},
    canAsk: false,
    responses: undefined,
    state: () => undefined,
    seal: () => Promise.reject(new Error("Nobody is there to put a form to")),
    // Who typed it stands in the project.
    roots: () => Promise.resolve([app.cwd]),
  }).catch((error) => {
    throw typed(error);
  });
  if (isInputRequiredResult(answer)) {
    throw new Error(`${tool.name} put a form where nobody can answer`);
  }
  return answer;
}

/** A failure as it is told to who typed the words. */
function typed(error: unknown): OuroborosError {
  const { recoverable, ...told } = toolProblem(error, { words: typedHint });
  return new OuroborosError({ ...told, retryable: recoverable, cause: error });
}
