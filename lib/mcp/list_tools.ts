import { z } from "zod";
import type { Tool } from "./tool.ts";

/** A tool as `tools/list` has it. */
export interface ListedTool {
  name: string;
  title: string;
  description: string;
  inputSchema: { type: "object"; [key: string]: unknown };
  outputSchema: { type: "object"; [key: string]: unknown };
  annotations: {
    readOnlyHint: boolean;
    destructiveHint?: boolean;
    idempotentHint?: boolean;
    openWorldHint: boolean;
  };
}

/** The table as hosts get it: in its order, the same at every call. */
export function listTools(tools: readonly Tool[]): ListedTool[] {
  return tools.map((tool) => {
    return {
      name: tool.name,
      title: tool.title,
      description: tool.description,
      inputSchema: schemaOf(tool.input, "input"),
      outputSchema: answerOrProblem(schemaOf(tool.output, "output")),
      annotations: annotationsOf(tool),
    };
  });
}

function annotationsOf(tool: Tool): ListedTool["annotations"] {
  const { destructive = false, idempotent, openWorld } = tool.traits;
  // Codex refuses what is not marked as such when no person can be asked; of what only looks the
  // specification gives the other two no meaning.
  if (isReadOnly(tool)) return { readOnlyHint: true, openWorldHint: openWorld };
  return {
    readOnlyHint: false,
    destructiveHint: destructive,
    idempotentHint: idempotent,
    openWorldHint: openWorld,
  };
}

/** Whether a tool only looks. */
export function isReadOnly(tool: Pick<Tool, "class">): boolean {
  return tool.class === "query";
}

/** What is held when a call comes, or is said by the answer itself: every byte is paid for in every session. */
const UNSAID = [
  ...["minLength", "maxLength", "minItems", "maxItems"],
  ...["minimum", "maximum", "exclusiveMinimum"],
] as const;

function schemaOf(schema: z.ZodObject, io: "input" | "output"): ListedTool["inputSchema"] {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema, path }) {
      for (const key of UNSAID) delete jsonSchema[key as keyof typeof jsonSchema];
      if (io === "input") return;
      delete jsonSchema.additionalProperties;
      // Its words say it; of arguments some hosts want both.
      if (jsonSchema.enum !== undefined) delete jsonSchema.type;
      if (path.length > 0) delete jsonSchema.required;
    },
  });
  return { ...json, type: "object" };
}

/**
 * A failed call is answered with `{error}` in place of what is promised. Some clients hold every
 * structured answer against this schema, failed ones too, and would hide what went wrong. One of its
 * names tells the two apart; the others come with it.
 */
function answerOrProblem(schema: ListedTool["outputSchema"]): ListedTool["outputSchema"] {
  const { required, ...rest } = schema;
  const [first = ""] = (required ?? []) as string[];
  return { ...rest, anyOf: [{ required: [first] }, { required: ["error"] }] };
}
