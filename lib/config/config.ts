import type { Permission } from "../kernel/runtime_event.ts";
import type { RuntimeLimits } from "../runtimes/mod.ts";

/** Settings of one runtime, with nothing left open. */
export interface RuntimeSettings {
  /** Absolute path or bare program name; null: the names that its definition has. */
  path: string | null;
  permission: Permission;
  /** Null: the CLI's own default. */
  model: string | null;
  limits: RuntimeLimits;
}

/** All settings, with nothing left open. */
export interface Config {
  /** Id of the runtime to use; null: none was chosen. */
  runtime: string | null;
  llm: {
    /** Id of the runtime that answers questions; null: the one that works on runs. */
    backend: string | null;
  };
  run: {
    attempts: number;
    minutes: number;
    /** Null: no limit. */
    maxTokens: number | null;
    /** US dollars; null: no limit. */
    maxUsd: number | null;
    /** Criteria at once. */
    jobs: number;
    /** Time that a run may wait in all for limits of the provider. */
    waitMs: number;
  };
  /** By runtime id; every runtime of the registry is there. */
  runtimes: Readonly<Record<string, RuntimeSettings>>;
  /** Names of variables that are handed on beside those that always are. */
  env: { agents: readonly string[]; checks: readonly string[] };
}

/** Which of the four levels a value came from, and by what name. */
export interface Origin {
  source: "flag" | "environment" | "file" | "default";
  /** `--runtime`, `OUROBOROS_RUNTIME`, `orchestrator.runtime_backend`; empty for a default. */
  name: string;
}

/** What was typed; every member by the flag that sets it. */
export interface ConfigFlags {
  runtime?: string;
  permission?: string;
  model?: string;
  attempts?: number;
  minutes?: number;
  maxTokens?: number;
  maxUsd?: number;
  jobs?: number;
  waitMs?: number;
  /** `--env NAME`: for agents and checks, added to those of the file. */
  env?: readonly string[];
}
