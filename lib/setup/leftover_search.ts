import { messageOf, type OuroborosError } from "../kernel/error.ts";
import { type HostPlaces, hostPlaces, type Placement } from "../runtimes/mod.ts";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import { decodeText } from "./edit/decode_text.ts";
import { type EditProblem, problemError, problemText } from "./edit/edit_problem.ts";
import type { PlannedFile, SetupAround } from "./setup_plan.ts";
import type { FileChange } from "./write/file_change.ts";
import { readTarget, type Target } from "./write/target.ts";

/** What of the surroundings a search needs. */
export type SearchAround = Pick<
  SetupAround,
  "home" | "variable" | "launcher" | "bundles" | "version" | "receipt"
>;

/** What a file is, and why it is ours. */
export interface LeftoverWords {
  what: string;
  note: string;
}

/** A file that is there, with its text. */
export type TextTarget = Target & { text: string };

/** What was found in one host's files, and how it would go. */
export interface Found {
  files: PlannedFile[];
  changes: FileChange[];
  /** Folders that go where they are empty afterwards. */
  emptied: string[];
  /** Folders that were ours alone, and must be no links. */
  ours: string[];
  /** What could not be looked at, or looks like ours and is not. */
  notes: string[];
  problems: OuroborosError[];
}

/** Note of what the Python original left. */
export const EARLIER = "left by an earlier installer";

/** Note of what this program wrote and no receipt knows. */
export const UNRECORDED = "no receipt";

/** Looks through one host's files, and collects what is found. */
export class LeftoverSearch {
  readonly found: Found = {
    files: [],
    changes: [],
    emptied: [],
    ours: [],
    notes: [],
    problems: [],
  };
  readonly places: HostPlaces;
  /** Folders among them that are another host's, which is on record. */
  readonly others = new Set<string>();

  constructor(
    readonly around: SearchAround,
    readonly host: RuntimeDefinition,
    readonly placement: Placement,
    /** Also what somebody changed. */
    readonly force: boolean,
  ) {
    this.places = hostPlaces(placement, around);
  }

  /** A file as it is; what cannot be read is noted: it may be a link to what only its owner knows. */
  async target(path: string): Promise<Target | undefined> {
    try {
      return await readTarget(path);
    } catch (thrown) {
      this.found.notes.push(`Not looked into: ${messageOf(thrown)}`);
      return undefined;
    }
  }

  /** A file's text where it holds a word; files that never heard of us need no reading. */
  async text(path: string, word: string): Promise<TextTarget | undefined> {
    const target = await this.target(path);
    if (!target?.bytes || !new TextDecoder().decode(target.bytes).includes(word)) return undefined;
    const decoded = decodeText(target.bytes);
    if (decoded.ok) return { ...target, text: decoded.text };
    // A host that keeps its history there names us soon; that is no reason to refuse all the rest.
    if (decoded.problem.code === "too_large") {
      this.found.notes.push(`Not looked into: ${problemText(path, decoded.problem)}`);
    } else this.problem(path, decoded.problem);
    return undefined;
  }

  problem(path: string, problem: EditProblem): void {
    this.found.problems.push(problemError(path, problem));
  }

  /** Plans another text for a file; null: it goes. */
  change(path: string, read: TextTarget, after: string | null, words: LeftoverWords): void {
    const action = after === null ? "remove" : "change";
    this.found.files.push({ path, action, ...words, before: read.text, after });
    const bytes = after === null ? null : new TextEncoder().encode(after);
    this.found.changes.push({ path, before: read.digest, after: bytes });
  }

  /** Plans that a file goes which is wholly ours, with its folders from there up to `top`. */
  remove(path: string, target: Target, words: LeftoverWords, top?: string): void {
    const decoded = decodeText(target.bytes!);
    const texts = decoded.ok ? { before: decoded.text, after: null } : {};
    this.found.files.push({ path, action: "remove", ...words, ...texts });
    this.found.changes.push({ path, before: target.digest, after: null });
    const folder = path.slice(0, path.lastIndexOf("/"));
    // A folder in which the host's own files lie may well be a link.
    if (top === undefined) return;
    if (!this.found.ours.includes(folder)) this.found.ours.push(folder);
    for (let at = folder; at.length >= top.length; at = at.slice(0, at.lastIndexOf("/"))) {
      if (!this.found.emptied.includes(at)) this.found.emptied.push(at);
    }
  }
}
