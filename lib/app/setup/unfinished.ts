import { busy, damaged } from "../../setup/write/pending.ts";
import { recoveryOf } from "../../setup/write/recover_transaction.ts";
import { seePending } from "../../setup/write/see_pending.ts";
import type { App } from "../app.ts";

/** A set-up or uninstall that is not through: one that was cut off, or that is at work now. */
export interface Unfinished {
  state: "cut off" | "at work" | "damaged";
  /** Its record. */
  path: string;
  /** Who is at work; null where that is not known, or nobody is. */
  pid: number | null;
  /** Files that it changes. */
  files: readonly string[];
  /** What the next set-up or uninstall does with it first; null unless it was cut off. */
  outcome: "completed" | "rolled_back" | null;
  /** For people: what is found, and what to type. */
  text: string;
  hint: string;
}

/** Looks for one, without a change; null where there is none. Errors: not_writable, unreadable. */
export async function lookForUnfinished(app: Pick<App, "paths">): Promise<Unfinished | null> {
  const seen = await seePending(app.paths.root);
  if (seen === undefined) return null;
  const { path, state, record } = seen;
  const files = record.plan?.steps.map((step) => step.path) ?? [];
  const facts = { path, pid: null, files, outcome: null };
  if (state === "held") {
    const { pid } = record;
    const { message: text, hint = "" } = busy(path, pid);
    return { ...facts, state: "at work", pid, text, hint };
  }
  if (state === "damaged") {
    const { message: text, hint = "" } = damaged(path);
    return { ...facts, state, text, hint };
  }
  const outcome = await recoveryOf(record);
  const does = outcome === "completed" ? "completes it" : "takes it back";
  return {
    ...facts,
    state: "cut off",
    outcome,
    text: `An earlier set-up or uninstall was cut off (${files.length} ${
      files.length === 1 ? "file" : "files"
    }, see "${path}")`,
    hint: `ouroboros setup (${does} before anything else; so does: ouroboros uninstall)`,
  };
}
