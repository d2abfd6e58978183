import type { Command } from "./command.ts";

/** One line of the first help screen; the command itself is loaded only when it is used. */
export interface CommandEntry {
  name: string;
  summary: string;
  group: "Main" | "Seeds" | "Runs" | "Results" | "Settings" | "Hosts" | "System" | "hidden";
  load(): Promise<Command>;
}

/** Every verb, in the order in which help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  entry(
    "run",
    "Main",
    "Have an agent do a seed's work, and check it",
    () => import("./commands/run.ts").then((m) => m.run),
  ),
  entry(
    "check",
    "Main",
    "Run a seed's checks on the files as they are, for pipelines",
    () => import("./commands/check.ts").then((m) => m.check),
  ),
  entry(
    "demo",
    "Main",
    "See a run from start to end, with no agent and no network",
    () => import("./commands/demo.ts").then((m) => m.demo),
  ),
  entry(
    "setup",
    "Main",
    "Set up agent hosts, so that they have our skills and server",
    () => import("./commands/setup.ts").then((m) => m.setup),
  ),
  entry(
    "interview",
    "Seeds",
    "Ask until an idea is clear, and freeze it into a seed",
    () => import("./commands/interview.ts").then((m) => m.interview),
  ),
  entry(
    "interviews",
    "Seeds",
    "List interviews",
    () => import("./commands/interviews.ts").then((m) => m.interviews),
  ),
  entry(
    "seed list",
    "Seeds",
    "List frozen seeds",
    () => import("./commands/seed_list.ts").then((m) => m.seedList),
  ),
  entry(
    "seed show",
    "Seeds",
    "Print a seed, with its file and its origin",
    () => import("./commands/seed_show.ts").then((m) => m.seedShow),
  ),
  entry(
    "seed edit",
    "Seeds",
    "Open a seed in your editor; a frozen one gets a new id",
    () => import("./commands/seed_edit.ts").then((m) => m.seedEdit),
  ),
  entry(
    "seed diff",
    "Seeds",
    "Compare what two seeds mean",
    () => import("./commands/seed_diff.ts").then((m) => m.seedDiff),
  ),
  entry(
    "seed validate",
    "Seeds",
    "Say whether a seed is valid, and what is wrong",
    () => import("./commands/seed_validate.ts").then((m) => m.seedValidate),
  ),
  entry(
    "seed schema",
    "Seeds",
    "Print the seed's JSON schema, for editors",
    () => import("./commands/seed_schema.ts").then((m) => m.seedSchema),
  ),
  entry("runs", "Runs", "List runs", () => import("./commands/runs.ts").then((m) => m.runs)),
  entry(
    "status",
    "Runs",
    "Show where a run stands",
    () => import("./commands/status.ts").then((m) => m.status),
  ),
  entry(
    "watch",
    "Runs",
    "Follow a run that goes on, one line a change",
    () => import("./commands/watch.ts").then((m) => m.watch),
  ),
  entry(
    "resume",
    "Runs",
    "Go on with a run that was interrupted",
    () => import("./commands/resume.ts").then((m) => m.resume),
  ),
  entry("cancel", "Runs", "End a run", () => import("./commands/cancel.ts").then((m) => m.cancel)),
  entry(
    "accept",
    "Runs",
    "Close a criterion by your own judgement",
    () => import("./commands/accept.ts").then((m) => m.accept),
  ),
  entry(
    "receipts",
    "Results",
    "Show what proves a run's result",
    () => import("./commands/receipts.ts").then((m) => m.receipts),
  ),
  entry(
    "receipts export",
    "Results",
    "Write them into one file, for another machine",
    () => import("./commands/receipts_export.ts").then((m) => m.receiptsExport),
  ),
  entry(
    "receipts replay",
    "Results",
    "Run their checks again, without a model",
    () => import("./commands/receipts_replay.ts").then((m) => m.receiptsReplay),
  ),
  entry(
    "diff",
    "Results",
    "Show a run's changes",
    () => import("./commands/diff.ts").then((m) => m.diff),
  ),
  entry(
    "apply",
    "Results",
    "Bring a run's changes into your files",
    () => import("./commands/apply.ts").then((m) => m.apply),
  ),
  entry(
    "undo",
    "Results",
    "Take an apply back",
    () => import("./commands/undo.ts").then((m) => m.undo),
  ),
  entry(
    "discard",
    "Results",
    "Remove a run's files, keep its record",
    () => import("./commands/discard.ts").then((m) => m.discard),
  ),
  entry(
    "config get",
    "Settings",
    "Print the value that a setting has in effect",
    () => import("./commands/config_get.ts").then((m) => m.configGet),
  ),
  entry(
    "config set",
    "Settings",
    "Set one key, comments kept",
    () => import("./commands/config_set.ts").then((m) => m.configSet),
  ),
  entry(
    "config unset",
    "Settings",
    "Take one key out: its default counts again",
    () => import("./commands/config_unset.ts").then((m) => m.configUnset),
  ),
  entry(
    "config list",
    "Settings",
    "List every setting, its value and its source",
    () => import("./commands/config_list.ts").then((m) => m.configList),
  ),
  entry(
    "config path",
    "Settings",
    "Print the path of the configuration file",
    () => import("./commands/config_path.ts").then((m) => m.configPath),
  ),
  entry(
    "config validate",
    "Settings",
    "Say what is wrong in the file, with line and column",
    () => import("./commands/config_validate.ts").then((m) => m.configValidate),
  ),
  entry(
    "config runtime",
    "Settings",
    "Set or print the agent that works on runs",
    () => import("./commands/config_runtime.ts").then((m) => m.configRuntime),
  ),
  entry(
    "skills",
    "Hosts",
    "List the skills inside this program",
    () => import("./commands/skills.ts").then((m) => m.skills),
  ),
  entry(
    "skills validate",
    "Hosts",
    "Judge bundles of your own by the Agent Skills specification",
    () => import("./commands/skills_validate.ts").then((m) => m.skillsValidate),
  ),
  entry(
    "attempt",
    "Hosts",
    "Take a criterion to do yourself, and hand it in to be checked",
    () => import("./commands/attempt.ts").then((m) => m.attempt),
  ),
  entry(
    "ooo",
    "Hosts",
    'Answer what is typed as "ooo NAME" in a host, without a model',
    () => import("./commands/ooo.ts").then((m) => m.ooo),
  ),
  entry(
    "mcp serve",
    "Hosts",
    "Answer a host's agent over MCP, on stdin and stdout",
    () => import("./commands/mcp_serve.ts").then((m) => m.mcpServe),
  ),
  entry(
    "mcp tools",
    "Hosts",
    "List the tools that hosts are offered over MCP",
    () => import("./commands/mcp_tools.ts").then((m) => m.mcpTools),
  ),
  entry(
    "mcp doctor",
    "Hosts",
    "Say whether hosts can start the MCP server, and which have it",
    () => import("./commands/mcp_doctor.ts").then((m) => m.mcpDoctor),
  ),
  entry(
    "gc",
    "System",
    "Remove old files of ended runs",
    () => import("./commands/gc.ts").then((m) => m.gc),
  ),
  entry(
    "runtimes",
    "System",
    "List the agents that can be used, and which are here",
    () => import("./commands/runtimes.ts").then((m) => m.runtimes),
  ),
  entry(
    "doctor",
    "System",
    "Say what was found, which paths are used, and what is missing",
    () => import("./commands/doctor.ts").then((m) => m.doctor),
  ),
  entry(
    "update",
    "System",
    "Replace this program by the latest release",
    () => import("./commands/update.ts").then((m) => m.update),
  ),
  entry(
    "uninstall",
    "System",
    "Take back what setup wrote",
    () => import("./commands/uninstall.ts").then((m) => m.uninstall),
  ),
  entry(
    "replay-agent",
    "hidden",
    "Play one recorded attempt",
    () => import("./commands/replay_agent.ts").then((m) => m.replayAgent),
  ),
  entry(
    "host-agent",
    "hidden",
    "Wait for what a host does itself",
    () => import("./commands/host_agent.ts").then((m) => m.hostAgent),
  ),
  entry(
    "run-worker",
    "hidden",
    "Work on a run that was handed over",
    () => import("./commands/run_worker.ts").then((m) => m.runWorker),
  ),
];

function entry(
  name: string,
  group: CommandEntry["group"],
  summary: string,
  load: CommandEntry["load"],
): CommandEntry {
  return { name, group, summary, load };
}
