/** Variables that every Claude process of ours is started with. */
export const CLAUDE_ENV: Readonly<Record<string, string>> = {
  // Alone enough to keep it from every host but the model's (spec §2.1).
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  // The default of ten asks on for three minutes (spec §2.4); six are half a minute.
  CLAUDE_CODE_MAX_RETRIES: "6",
};

/**
 * A prompt that begins with a slash is a command here, and an unknown one answers without a model,
 * with exit code 0 (spec §2.2). A line break before it makes it text; nothing else is changed.
 */
export function notACommand(prompt: string): string {
  return prompt.startsWith("/") ? `\n${prompt}` : prompt;
}
