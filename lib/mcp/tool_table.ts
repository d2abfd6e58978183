import { isInputRequiredResult } from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import type { ToolAnswer, ToolTable } from "../app/dispatch_prompt.ts";
import { ERROR_CODES, type ErrorCode, OuroborosError } from "../kernel/error.ts";
import { runTool } from "./run_tool.ts";
import type { Tool } from "./tool.ts";
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
  call: async (app, { tool: name, args }, signal) => {
    const tool = toolOf(name);
    if (tool !== undefined) return await callTool(app, { tool, args }, signal);
    throw new OuroborosError({
      code: "not_found",
      message: `Call "${name}": there is no such tool`,
    });
  },
};

function toolOf(name: string): Tool | undefined {
  return TOOLS.find((one) => one.name === name);
}

async function callTool(
  app: App,
  { tool, args }: { tool: Tool; args: Readonly<Record<string, unknown>> },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const answer = await runTool(app, tool, args, {
    signal,
    progress: () => {},
    canAsk: false,
    responses: undefined,
    state: () => undefined,
    seal: () => Promise.reject(new Error("Nobody is there to put a form to")),
    // Who typed it stands in the project.
    roots: () => Promise.resolve([app.cwd]),
    hintWords: typedHint,
  });
  if (isInputRequiredResult(answer)) {
    throw new Error(`${tool.name} put a form where nobody can answer`);
  }
  const data = { ...answer.structuredContent as Record<string, unknown> };
  if (answer.isError) throw problemOf(data);
  const text = answer.content.flatMap((one) => one.type === "text" ? [one.text] : []).join("\n");
  return { text, data };
}

/** The error as it was before it was made an answer to a model. */
function problemOf(data: Readonly<Record<string, unknown>>): OuroborosError {
  const { code, message, hint, recoverable } = data.error as Record<string, unknown>;
  return new OuroborosError({
    code: isCode(code) ? code : "internal",
    message: String(message),
    ...(typeof hint === "string" ? { hint } : {}),
    retryable: recoverable === true,
  });
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERROR_CODES, code);
}
