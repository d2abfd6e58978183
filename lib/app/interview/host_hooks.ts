import type { InterviewHooks, SeedDraft, TrialCommand } from "./interview_hooks.ts";

/** Hooks that ask nobody: what they would have shown, the host is told with its call's answer. */
export interface HostHooks extends InterviewHooks {
  /** The seed that waits to be frozen, with its checks tried; undefined: none was shown. */
  shown(): SeedDraft | undefined;
  /** The commands of a seed that nobody let run yet; undefined: none had to be asked for. */
  asked(): readonly TrialCommand[] | undefined;
}

/** The hooks of one call of a host; `interrupt` aborts when its checks have to stop being tried. */
export function hostHooks(interrupt: AbortSignal): HostHooks {
  const leave = () => Promise.resolve({ kind: "leave" } as const);
  let draft: SeedDraft | undefined;
  let commands: readonly TrialCommand[] | undefined;
  return {
    interrupt,
    answer: leave,
    review: leave,
    choose: leave,
    trial(_view, untried) {
      commands = untried.commands;
      return leave();
    },
    seed(_view, shown) {
      draft = shown;
      return leave();
    },
    shown: () => draft,
    asked: () => commands,
  };
}
