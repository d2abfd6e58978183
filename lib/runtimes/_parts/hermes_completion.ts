import { OuroborosError } from "../../kernel/error.ts";
import type { Invocation } from "../definition.ts";
import type { CompletionMapping, CompletionRequest } from "./completion.ts";
import { hermesQuery } from "./hermes_query.ts";
import { guardPrompt, type PromptLimits } from "./prompt_guard.ts";

/**
 * One answer of `hermes chat -Q`. There is no empty set of tools: `-t ''` means the usual ones, and
 * `todo` is the one that touches nothing.
 */
export function hermesCompletion(prompt: PromptLimits): CompletionMapping {
  return {
    invoke: (request) => invoke(request, prompt),
    takesSchema: () => false,
    reads: false,
    confinement: "no tool but a list of things to do; no rules, memory, hooks, plugins or servers",
  };
}

function invoke(request: CompletionRequest, limits: PromptLimits): Invocation {
  guardPrompt(request, limits);
  const { arg, files } = hermesQuery(request);
  if (Object.keys(files).length > 0) {
    throw new OuroborosError({
      code: "prompt_too_large",
      message: `Ask ${limits.title}: the question does not fit into an argument (128 KiB), ` +
        "and a model without tools reads no file",
      hint: "Choose another runtime for questions: ouroboros config set llm.backend NAME",
    });
  }
  return {
    args: [
      "chat",
      "-Q",
      "--source",
      "tool",
      "--ignore-rules",
      ...(request.model === undefined ? [] : ["--model", request.model]),
      "-t",
      "todo",
      // A model that writes lists for ever is paid for ever; its own repairs of a cut answer count.
      "--max-turns",
      "8",
      arg,
    ],
    env: {
      PWD: request.cwd,
      HERMES_DISABLE_LAZY_INSTALLS: "1",
      // The variable alone leaves servers, plugins and hooks out; the flag of that name would also
      // leave out the configuration, and with it the way to the model.
      HERMES_SAFE_MODE: "1",
    },
    files: {},
  };
}
