import type { Invocation, RuntimeRequest } from "../definition.ts";
import type { CompletionMapping, CompletionRequest } from "./completion.ts";
import { openCodeCompletionConfig, openCodeConfig } from "./opencode_config.ts";
import { guardPrompt, type PromptLimits } from "./prompt_guard.ts";

/** One attempt of `opencode run`. */
export function openCodeInvoke(request: RuntimeRequest, limits: PromptLimits): Invocation {
  guardPrompt(request, limits);
  return {
    args: [
      ...words(request),
      // A title of our own saves the request that makes one.
      ...(request.resume === undefined
        ? ["--title", "Ouroboros attempt"]
        : ["--session", request.resume]),
      ...(request.permission === "full" ? ["--auto"] : []),
    ],
    // Words in argv would be quoted, and one that begins with "-" taken for a flag.
    stdin: request.systemText ? `${request.systemText}\n\n${request.prompt}` : request.prompt,
    env: variables(request, openCodeConfig(request.permission, request.hiddenSkills ?? [])),
    files: {},
  };
}

/** One answer of `opencode run`. */
export function openCodeCompletion(limits: PromptLimits): CompletionMapping {
  return {
    invoke(request: CompletionRequest) {
      guardPrompt(request, limits);
      const { reads, systemText, foreignServers = [] } = request;
      const config = openCodeCompletionConfig({ reads, systemText, foreignServers });
      return {
        args: [...words(request), "--title", "Ouroboros question"],
        stdin: request.prompt,
        env: {
          ...variables(request, config),
          // An AGENTS.md above our empty folder would be read, also one in /tmp; and a project that
          // is looked at could start servers and plugins of its own.
          OPENCODE_DISABLE_PROJECT_CONFIG: "1",
        },
        files: {},
      };
    },
    takesSchema: () => false,
    reads: true,
    confinement: "no tools; the session is kept in OpenCode's own list",
  };
}

function words(request: Pick<RuntimeRequest, "cwd" | "model">): string[] {
  return [
    "run",
    "--format",
    "json",
    // OpenCode trusts PWD over the real folder, and --dir over both.
    "--dir",
    request.cwd,
    "--thinking",
    // Without it the retries of failed requests are silent, and the reason behind `err_…` is lost.
    "--print-logs",
    "--log-level",
    "ERROR",
    // Rules of another default agent would win over ours.
    "--agent",
    "build",
    ...(request.model === undefined ? [] : ["--model", request.model]),
  ];
}

function variables(request: Pick<RuntimeRequest, "cwd">, config: string): Record<string, string> {
  return {
    PWD: request.cwd,
    OPENCODE_CONFIG_CONTENT: config,
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    // The model list comes from the cache, or else from the copy inside OpenCode.
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_SHARE: "1",
  };
}
