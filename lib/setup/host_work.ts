import type { HostPlaces, Placement, RuntimeDefinition } from "../runtimes/mod.ts";
import type { SetupDraft } from "./setup_draft.ts";
import type { SetupAround } from "./setup_plan.ts";
import type { InstalledPart } from "./write/install_receipt.ts";

/** A file of ours as it is to be shown; several reasons for one file are told together. */
export interface ShownFile {
  path: string;
  what: string;
  /** It stays as it is. */
  kept?: boolean;
  note?: string;
}

/** One host while its plan is being made: what is known, and what has been found out so far. */
export interface HostWork {
  readonly around: SetupAround;
  readonly draft: SetupDraft;
  readonly definition: RuntimeDefinition;
  readonly placement: Placement;
  readonly places: HostPlaces;
  /** What the receipt says of this host. */
  readonly part: InstalledPart | undefined;
  readonly approve: boolean;
  readonly files: ShownFile[];
  readonly notes: string[];
  /** Something of ours is there already. */
  present: boolean;
  /** What the host's entry starts now, where that is this program. */
  registered?: readonly string[];
  /** Something of ours cannot be put in its place. */
  lacking: boolean;
  /** Folders that go where they are empty afterwards. */
  readonly emptied: string[];
  /** Folders that are ours and must be no links. */
  readonly ours: string[];
  /** Files of an earlier installer that are not there afterwards, or not with its text. */
  readonly removed: { path: string; at: string }[];
  /** Files that are wholly ours afterwards. */
  installed: InstalledPart["files"];
  /** Tools that are approved afterwards. */
  approved: readonly string[];
}
