import type { InputRequiredResult } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { App } from "../app/app.ts";

/** What a tool does to the world: looks, starts work that goes on without it, or changes something. */
export type ToolClass = "query" | "starter" | "mutation";

/** What hosts are told of a tool, and decide by whether they ask a person first. */
export interface ToolTraits {
  /** Takes something away that cannot be had back by another call. */
  destructive?: boolean;
  /** The same call again changes nothing more. */
  idempotent: boolean;
  /** Reaches what is neither ours nor the project's: a paid model, a network. */
  openWorld: boolean;
}

/** One call, as a tool sees it. */
export interface ToolCall {
  /** Aborted when the host cancels the call and when its time is over. */
  signal: AbortSignal;
  /** Tells the host what goes on; nothing where it did not ask to be told. */
  progress(text: string): void;
  /** Whether the host can put a form to its user: only then may a tool return `inputRequired(…)`. */
  canAsk: boolean;
  /** What came back for the forms of the round before, by their keys; not yet validated. */
  responses: Readonly<Record<string, unknown>> | undefined;
  /** What the round before sealed; undefined in the first round. */
  state<State>(): State | undefined;
  /** Seals what the next round needs to know; a changed or an old one never reaches a tool. */
  seal(state: unknown): Promise<string>;
}

/** One use-case as an MCP tool: the table's entry, of which server, list and `mcp tools` are made. */
export interface Tool<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  /** `ouroboros_` and a word. */
  name: string;
  title: string;
  /** For the model: what it gives and when to call it. Paid for in every session: short. */
  description: string;
  /**
   * Strict. A property `cwd` is special: it names the project, and `app.cwd` is that folder when
   * `run` is called.
   */
  input: Input;
  /** Other names of arguments, as callers of earlier versions write them; accepted, not listed. */
  aliases?: Readonly<Record<string, string>>;
  /** What the answer holds. */
  output: Output;
  class: ToolClass;
  traits: ToolTraits;
  /** After this the call is answered with how to go on; at most 20 s. */
  limitMs: number;
  /** Throws OuroborosError: the model is told its code, message and hint. */
  run(
    app: App,
    input: z.infer<Input>,
    call: ToolCall,
  ): Promise<z.infer<Output> | InputRequiredResult>;
  /** The same answer as a text that suffices by itself: short, and no JSON. */
  text(answer: z.infer<Output>): string;
}

/** Fixes the types of a tool's input and output and hides them. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool {
  return tool as unknown as Tool;
}
