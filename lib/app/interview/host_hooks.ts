import type { InterviewHooks, SeedDraft } from "./interview_hooks.ts";

/** Hooks that ask nobody: what they would have shown, the host is told with its call's answer. */
export interface HostHooks extends InterviewHooks {
  /** The seed that waits to be frozen, with its checks tried; undefined: none was shown. */
  shown(): SeedDraft | undefined;
}

/**
 * The hooks of one call of a host; `interrupt` aborts when its checks have to stop being tried.
 * `mayTry`: the user saw what a seed runs, and let it.
 */
export function hostHooks(interrupt: AbortSignal, { mayTry }: { mayTry: boolean }): HostHooks {
  const leave = () => Promise.resolve({ kind: "leave" } as const);
  let draft: SeedDraft | undefined;
  return {
    interrupt,
    answer: leave,
    review: leave,
    choose: leave,
    trial: () => mayTry ? Promise.resolve({ kind: "try" }) : leave(),
    seed(_view, shown) {
      draft = shown;
      return leave();
    },
    shown: () => draft,
  };
}
