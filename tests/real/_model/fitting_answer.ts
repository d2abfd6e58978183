import type { ModelRequest, Turn } from "./turn.ts";

/** An answer in the form that was asked for: by the CLI's own tool where it has one for that. */
export function fittingAnswer(value: object, { tools }: ModelRequest): Turn {
  return tools.includes("StructuredOutput")
    ? { tool: { name: "StructuredOutput", args: { ...value } } }
    : { text: JSON.stringify(value) };
}
