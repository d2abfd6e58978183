import type { RuntimeDefinition } from "../runtimes/definition.ts";
import type { SkillBundle } from "../skills/skills.ts";
import type { InstallReceipt } from "./write/install_receipt.ts";
import type { FileChange } from "./write/file_change.ts";

/** What a plan is made from; nothing of it is looked up by the plan itself. */
export interface SetupAround {
  /** The user's home folder, absolute. */
  home: string;
  /** Our own folder, absolute. */
  root: string;
  /** Our configuration file, absolute. */
  configFile: string;
  /** The value of a variable of the user's own environment; undefined where it is not set. */
  variable(name: string): string | undefined;
  /** What hosts are to start: this program, absolute, and its arguments up to `mcp serve`. */
  launcher: readonly string[];
  /** Variables that a host hands to our server by name. */
  forwarded: readonly string[];
  /** The bundles, and the folder that they lie in. */
  bundles: readonly SkillBundle[];
  bundlesDir: string;
  /** Names of our MCP tools, as the server has them. */
  tools: readonly string[];
  /** Version of this program. */
  version: string;
  /** Now, UTC, ISO 8601. */
  at: string;
  /** What an earlier setup left; null where there is no receipt. */
  receipt: InstallReceipt | null;
  /** That one as it lies on the disk, where its paths are of another home; left out: the same. */
  stored?: InstallReceipt | null;
}

/** A host that is to be set up. */
export interface WantedHost {
  definition: RuntimeDefinition;
  /** Absolute path of its program, for our configuration. */
  program: string;
  /** Approve our tools where the host would refuse or ask. */
  approve: boolean;
}

/** One file of a plan, as people are shown it. */
export interface PlannedFile {
  /** Absolute. */
  path: string;
  /**
   * `kept`: something of the user's own stands where ours would, or somebody changed what we
   * wrote; it stays as it is, and `note` says so.
   */
  action: "create" | "change" | "remove" | "same" | "kept";
  /** What of ours stands there, for people: `MCP server "ouroboros"`, `skill "ouroboros-run"`. */
  what: string;
  /** Its text, null for no file; both left out where it is no text. */
  before?: string | null;
  after?: string | null;
  note?: string;
  /** With `kept`: it stays as its owner's own choice, which is no failure. */
  yours?: true;
  /** With `kept`: it is in no place of this home, whatever the receipt says. */
  elsewhere?: true;
}

/** One host of a plan. */
export interface HostPlan {
  id: string;
  title: string;
  /**
   * Before the plan: nothing of ours is there, some of it is missing or old, what is missing is kept
   * out by something of the user's own, all is in place.
   */
  state: "absent" | "stale" | "yours" | "current";
  /** What the host's entry starts now, where that is this program; left out: nothing known. */
  registered?: readonly string[];
  files: readonly PlannedFile[];
  /** What people should know: whose an entry is, what moved a place, what was migrated. */
  notes: readonly string[];
}

/** Everything that a setup or its undoing would do; made without a change on the disk. */
export interface SetupPlan {
  /** In the order of the choice. */
  hosts: readonly HostPlan[];
  /** Files of our own folder. */
  own: readonly PlannedFile[];
  /** True: nothing would be written. */
  unchanged: boolean;
  /** For `applyTransaction`; hosts' files first, our configuration, the receipt last. */
  changes: readonly FileChange[];
  /** Folders that go where they are empty afterwards, the innermost first. */
  emptied: readonly string[];
  /** Folders that are ours and must be no links. */
  ours: readonly string[];
}

/** Makes the plan of a setup. See `plan_setup.ts`. */
export type PlanSetup = (
  around: SetupAround,
  wanted: {
    hosts: readonly WantedHost[]; /** Id for `runtime_backend`; null leaves it. */
    backend: string | null;
  },
) => Promise<SetupPlan>;

/** Makes the plan of an uninstall. See `plan_uninstall.ts`. */
export type PlanUninstall = (
  around: SetupAround,
  wanted: {
    /** Hosts whose setup is to be undone. */
    hosts: readonly RuntimeDefinition[];
    /** Undo our own part too: the configuration and the receipt. */
    own: boolean;
    /** Folders of projects whose section is to be taken out; left out: none. */
    projects?: readonly string[];
    /** Take out what somebody changed since. */
    force: boolean;
  },
) => Promise<SetupPlan>;
