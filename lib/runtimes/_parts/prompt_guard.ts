import { OuroborosError } from "../../kernel/error.ts";
import type { RuntimeRequest } from "../definition.ts";

/** What the guard needs to know of a runtime. */
export interface PromptLimits {
  /** Display name, for the message. */
  title: string;
  /** UTF-8 bytes. */
  promptBytes: number;
  /** UTF-16 units, for CLIs that count those; left out: no such limit. */
  promptUnits?: number;
}

/**
 * Refuses a prompt before anything starts: an empty one (CLIs answer it with silence, an endless
 * wait or a paid request about nothing) and one that the CLI is known not to take.
 * Throws OuroborosError: prompt_empty, prompt_too_large.
 */
export function guardPrompt(
  request: Pick<RuntimeRequest, "prompt">,
  limits: PromptLimits,
): void {
  const { prompt } = request;
  if (prompt.trim() === "") {
    throw new OuroborosError({
      code: "prompt_empty",
      message: `Cannot start ${limits.title}: the prompt is empty`,
      hint: "Say in words what is to be done",
    });
  }
  if (prompt.length * 3 > limits.promptBytes) {
    const bytes = new TextEncoder().encode(prompt).length;
    if (bytes > limits.promptBytes) {
      throw tooLarge(limits.title, bytes, limits.promptBytes, "bytes");
    }
  }
  if (limits.promptUnits !== undefined && prompt.length > limits.promptUnits) {
    throw tooLarge(limits.title, prompt.length, limits.promptUnits, "characters");
  }
}

function tooLarge(title: string, size: number, most: number, unit: string): OuroborosError {
  return new OuroborosError({
    code: "prompt_too_large",
    message: `Cannot start ${title}: the prompt has ${size} ${unit}, it takes ${most}`,
    hint: "Put the long part into a file of the project and name the file in the prompt",
  });
}
