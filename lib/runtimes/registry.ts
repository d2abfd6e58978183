/**
 * Every runtime of the program: one line each, and the only place that lists them. The exported
 * name is the runtime's id; `mod.ts` derives everything else from here.
 */
export { opencode } from "./opencode.ts";
export { codex } from "./codex.ts";
export { hermes } from "./hermes.ts";
export { claude } from "./claude.ts";
export { replay } from "./replay.ts";
export { byhost } from "./byhost.ts";
