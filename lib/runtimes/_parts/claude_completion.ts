import type { Invocation } from "../definition.ts";
import { CLAUDE_ENV, notACommand } from "./claude_input.ts";
import type { CompletionMapping, CompletionRequest, JsonSchema } from "./completion.ts";
import { guardPrompt, type PromptLimits } from "./prompt_guard.ts";

/** The schema is an argument: Linux takes none above 128 KiB. */
const LONGEST_SCHEMA = 30_000;

/** One answer of `claude -p`, without a tool but the one that takes the answer. */
export function claudeCompletion(prompt: PromptLimits): CompletionMapping {
  return {
    invoke: (request) => invoke(request, prompt),
    takesSchema,
    reads: true,
    confinement: "no tools, hooks, skills or servers, no session kept",
  };
}

function takesSchema(schema: JsonSchema): boolean {
  // It becomes the input of a tool, which is an object.
  return schema.type === "object" && JSON.stringify(schema).length <= LONGEST_SCHEMA;
}

function invoke(request: CompletionRequest, limits: PromptLimits): Invocation {
  guardPrompt(request, limits);
  const { model, schema, scratchDir, systemText } = request;
  return {
    args: [
      "-p",
      "--output-format",
      "stream-json",
      "--verbose",
      "--permission-mode",
      "dontAsk",
      "--tools",
      request.reads ? "Read,Glob,Grep" : "",
      "--strict-mcp-config",
      "--disable-slash-commands",
      "--no-session-persistence",
      // The user's own settings hold the way to the model; a project's would be read for nothing.
      "--setting-sources",
      "user",
      "--settings",
      JSON.stringify({ disableAllHooks: true }),
      ...(model === undefined ? [] : [`--model=${model}`]),
      "--system-prompt-file",
      `${scratchDir}/system.txt`,
      ...(takesSchema(schema) ? ["--json-schema", JSON.stringify(schema)] : []),
    ],
    stdin: notACommand(request.prompt),
    env: {
      ...CLAUDE_ENV,
      // Of five answers against the schema it would tell us of none, nor what they cost.
      MAX_STRUCTURED_OUTPUT_RETRIES: "1",
    },
    files: { "system.txt": systemText },
  };
}
