/** What the surfaces (command line, MCP, watch) are told about runs; they do not see the engine. */
export type { CriterionView, RunView } from "../../engine/run/view.ts";
export type { RunEvent } from "../../engine/run/events.ts";
