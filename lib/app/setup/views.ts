import type { PlannedFile } from "../../setup/setup_plan.ts";
import type { StartCheck } from "./start_check.ts";

export type { PlannedFile } from "../../setup/setup_plan.ts";
export type { StartCheck } from "./start_check.ts";

/** How a host stands to us. */
export type HostState =
  /** All of ours is in place and up to date. */
  | "current"
  /** Some of it is missing, old, or starts another program. */
  | "stale"
  /** All that setup can do is done: a skill of the user's own stands under a name of ours. */
  | "yours"
  | "absent"
  /** Something of the user's own stands under our name. */
  | "foreign"
  /** Its files cannot be worked on; `problem` says why. */
  | "unusable";

/** One host as people are shown it. */
export interface HostView {
  id: string;
  title: string;
  /** Null where it is not on this machine. */
  path: string | null;
  version: string | null;
  state: HostState;
  /** What is wrong with the host or its files; null for nothing. */
  problem: string | null;
  /** Whether it is worked on now. */
  chosen: boolean;
  /** What to type to set it up. */
  command: string;
}

/** Files of one host, or of ours. */
export interface FileGroup {
  /** Id of the host; null for our own files. */
  host: string | null;
  title: string;
  files: readonly PlannedFile[];
  notes: readonly string[];
}

/** What people do after a setup, for one host. */
export interface AfterSetup {
  id: string;
  title: string;
  restart: string;
  /** What to type there first. */
  firstWords: string;
  /** Whether it cannot answer questions and score: those use `llm.backend`. */
  executionOnly: boolean;
}

/** Where hosts stand, without a change. */
export interface SetupStatus {
  hosts: readonly HostView[];
  groups: readonly FileGroup[];
  verification: readonly StartCheck[];
  /** Ids of hosts in which all of ours is in place, but for what the user's own keeps out. */
  registered: readonly string[];
  /** Ids of hosts that are here and in which it is not. */
  notRegistered: readonly string[];
  /** What to type, one line each. */
  hints: readonly string[];
}

/** How a setup or an uninstall ended. */
export interface SetupResult extends SetupStatus {
  outcome: "done" | "unchanged" | "planned";
  after: readonly AfterSetup[];
  /** One command to go on with. */
  next: string;
}

/** Whether setup has nothing more to do for a host. */
export function isSetUp({ state }: Pick<HostView, "state">): boolean {
  return state === "current" || state === "yours";
}
