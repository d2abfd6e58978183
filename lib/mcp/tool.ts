import type { z } from "zod";
import type { App } from "../app/app.ts";

/** One use-case as an MCP tool. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  /** `ouroboros_` and a word. */
  name: string;
  title: string;
  /** For the model: what it gives and when to call it. */
  description: string;
  input: Input;
  /** What the answer holds; answers may hold more. */
  output: z.ZodObject;
  /** Throws OuroborosError; the model is told its message and its hint. */
  run(app: App, input: z.infer<Input>): Promise<Record<string, unknown>>;
}

/** Fixes the type of a tool's input and hides it. */
export function defineTool<Input extends z.ZodObject>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool;
}
