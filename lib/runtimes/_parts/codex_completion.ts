import type { Invocation } from "../definition.ts";
import { CODEX_SETTINGS, codexTmp, WITHOUT_OURS } from "./codex_input.ts";
import type { CompletionMapping, CompletionRequest } from "./completion.ts";
import { guardPrompt, type PromptLimits } from "./prompt_guard.ts";
import { isStrictSchema } from "./strict_schema.ts";
import { tomlText } from "./toml_text.ts";

/** What a question needs none of, beside plugins; a name that a version does not know is only warned about. */
const NEVER = [
  "apps",
  "goals",
  "hooks",
  "image_generation",
  "multi_agent",
  "multi_agent_v2",
  "skill_search",
  "sleep_tool",
  "tool_suggest",
];

/** Without these there is no shell, and the JavaScript of newer models ("code mode") runs nowhere. */
const TO_READ = ["shell_tool", "unified_exec", "view_image", "code_mode_host"];

/**
 * One answer of `codex exec`. Which tools the model is offered stands in Codex's own catalogue of
 * models: `apply_patch` is among them whatever the flags say, and the sandbox refuses it.
 */
export function codexCompletion(prompt: PromptLimits): CompletionMapping {
  return {
    invoke: (request) => invoke(request, prompt),
    takesSchema: isStrictSchema,
    reads: true,
    confinement:
      "its own sandbox (read-only), no shell, no session kept; apply_patch is offered and refused",
  };
}

function invoke(request: CompletionRequest, limits: PromptLimits): Invocation {
  guardPrompt(request, limits);
  const strict = isStrictSchema(request.schema);
  return {
    args: [
      "exec",
      "--json",
      "--skip-git-repo-check",
      "--ephemeral",
      "--ignore-rules",
      "-C",
      request.cwd,
      "--sandbox",
      "read-only",
      ...(request.model === undefined ? [] : [`--model=${request.model}`]),
      ...(strict ? ["--output-schema", `${request.scratchDir}/schema.json`] : []),
      ...settings(request).flatMap((setting) => ["-c", setting]),
      "-",
    ],
    stdin: request.prompt,
    env: codexTmp(request),
    files: {
      "instructions.md": request.systemText,
      ...(strict ? { "schema.json": JSON.stringify(request.schema) } : {}),
    },
  };
}

function settings({ reads, scratchDir, foreignServers = [] }: CompletionRequest): string[] {
  const off = reads ? NEVER : [...NEVER, ...TO_READ];
  return [
    ...CODEX_SETTINGS,
    `web_search="disabled"`,
    "skills.include_instructions=false",
    // 20 kB less in every request.
    `model_instructions_file=${tomlText(`${scratchDir}/instructions.md`)}`,
    ...off.map((feature) => `features.${feature}=false`),
    ...(reads ? [] : [
      "project_doc_max_bytes=0",
      "include_environment_context=false",
      "include_permissions_instructions=false",
    ]),
    `mcp_servers={${[`ouroboros=${WITHOUT_OURS}`, ...foreignServers.map(left)].join(",")}}`,
  ];
}

/** It is merged into the user's own entry, which stays as it is but for this. */
function left(server: string): string {
  return `${tomlText(server)}={enabled=false}`;
}
