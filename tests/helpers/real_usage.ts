import { assertEquals } from "@std/assert";
import type { Usage } from "../../lib/kernel/outcome.ts";
import type { RuntimeDefinition } from "../../lib/runtimes/mod.ts";
import { MAIN_TOKENS } from "../real/model_server.ts";

/**
 * Holds what a CLI reported against what the server said: `requests` times the fixed numbers. CLIs
 * that do not tell reasoning apart have it within their output; CLIs that report nothing give nothing.
 */
export function assertUsage(definition: RuntimeDefinition, usage: Usage, requests: number): void {
  if (definition.capabilities.usage === "none") {
    assertEquals(usage, {});
    return;
  }
  assertEquals(
    {
      input: usage.inputTokens,
      cached: usage.cachedInputTokens,
      written: (usage.outputTokens ?? 0) + (usage.reasoningTokens ?? 0),
    },
    {
      input: requests * MAIN_TOKENS.input,
      cached: requests * MAIN_TOKENS.cached,
      written: requests * (MAIN_TOKENS.output + MAIN_TOKENS.reasoning),
    },
  );
}
