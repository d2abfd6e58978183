import type { CommandCheck, Seed } from "../../engine/seed/seed.ts";
import type { PlannedCheckView, PlanView } from "../run/plan_view.ts";
import type { MissingScript } from "./missing_scripts.ts";

/** What the trial of a seed's checks on the project as it is says of them. */
export interface SeedTrial {
  /** For whoever wrote the seed: what is wrong with its checks, a line each. */
  problems: readonly string[];
  /** For a person, with what to do: the same, and what no command decides. */
  remarks: readonly string[];
  /** Every criterion that has checks can be decided by them. */
  decides: boolean;
}

/**
 * Reads a plan whose checks ran once on the base. A check must run and be able to fail: one that
 * passes before any work shows nothing, unless that is what it is for (`preserve`), and then it must
 * notice where it is made to fail. `missing`: scripts that decide and are not there yet; `mostMs`: when
 * the trial ended a check that may take longer.
 */
export function seedTrial(
  plan: PlanView,
  seed: Seed,
  { missing = [], mostMs = Infinity }: { missing?: readonly MissingScript[]; mostMs?: number } = {},
): SeedTrial {
  const slow = plan.criteria.flatMap((one) => {
    const checks = seed.criteria.find(({ id }) => id === one.id)?.checks ?? [];
    return one.checks.flatMap((check, index) => {
      const ended = check.now?.says === "times out" ? checks[index] : undefined;
      if (ended?.kind !== "command" || ended.timeoutMs <= mostMs) return [];
      return [{ check, line: slowLine(one.id, ended, mostMs) }];
    });
  });
  const isSlow = (check: PlannedCheckView) => slow.some((one) => one.check === check);
  const found = plan.criteria.flatMap((one) => [
    ...one.checks.flatMap((check) => isSlow(check) ? [] : wrong(one.id, check)),
    ...missing.filter(({ criterion }) => criterion === one.id).map(selfWritten),
  ]);
  return {
    problems: found.map((one) => `${one.what}. ${one.model}`),
    remarks: [
      ...found.map((one) => `${one.what}. ${one.person}`),
      ...slow.map((one) => one.line),
      ...seedRemarks(seed, []),
    ],
    decides:
      plan.criteria.every((one) =>
        one.checks.length === 0 || (one.foregone === null && one.checks.every(wasTried))
      ) && missing.length === 0,
  };
}

/** What can be said of a seed with nothing run. */
export function seedRemarks(seed: Seed, missing: readonly MissingScript[]): string[] {
  return [
    ...missing.map(selfWritten).map((one) => `${one.what}. ${one.person}`),
    ...seed.criteria.filter((one) => one.checks.length === 0).map(bareLine),
    ...seed.criteria.flatMap(shownLine),
  ];
}

/** It may be slow, or hang on what the work has to mend: a run waits for it as long as it says. */
function slowLine(id: string, check: CommandCheck, mostMs: number): string {
  const seconds = (ms: number) => `${ms / 1000} s`;
  return `Criterion ${id}: "${check.run}" was ended after ${
    seconds(mostMs)
  }, so that what it says is ` +
    `not known; a run waits ${seconds(check.timeoutMs)}, before any work too. ` +
    "Decline the seed where it never ends";
}

/** A check that did not run may pass already, or never run at all. */
function wasTried(check: PlannedCheckView): boolean {
  return check.kind === "human" || check.now !== undefined;
}

interface Wrong {
  what: string;
  /** What whoever writes the seed is to do. */
  model: string;
  /** What a person is to do. */
  person: string;
}

const ANOTHER = "Decline the seed and say what can be seen only when it is done";

function wrong(id: string, check: PlannedCheckView): Wrong[] {
  if (check.kind !== "command" || !check.now) return [];
  const { says, line, cause } = check.now;
  const told = line === "" ? "" : `: ${line}`;
  const name = `Criterion ${id}: ${check.hidden ? "the hidden check " : ""}"${check.title}"`;
  if (says === "cannot run") {
    return [{
      what: `${name} cannot run here${told}`,
      model: "Use a command that runs on this machine, as those under PROJECT",
      person: cause ?? "Look at this machine and at the check itself",
    }];
  }
  if (check.preserve && says !== "passes") {
    return [{
      what: `${name} is to go on holding, and fails before any work${told}`,
      model: "Only what passes today can be preserved: leave it out, or let it decide",
      person: "Mend it first, or decline the seed and say that it is not part of this work",
    }];
  }
  if (check.unnoticed !== undefined) {
    return [{
      what: `${name} holds, and goes on saying so where it must fail: ${check.unnoticed}`,
      model: "Name a command that runs the project's tests, or leave it out",
      person: "Decline the seed and say what runs the project's tests",
    }];
  }
  if (check.preserve || says !== "passes") return [];
  return [{
    what: `${name} passes already, before any work, so that it cannot show that the work was done`,
    model:
      'Give a command that fails now, with a test of its own in "files"; what passes already ' +
      'stands in "preserve_run"',
    person: ANOTHER,
  }];
}

/** Whoever works would say of their own work that it is good. */
function selfWritten({ criterion, run, path }: MissingScript): Wrong {
  return {
    what:
      `Criterion ${criterion}: "${run}" takes the word of "${path}", which is not there: whoever ` +
      "does the work would write it, and so decide by themselves",
    model: 'Give it in "files", with what it tests, or compare what is printed: "stdout"',
    person: "Decline the seed and say that the check is to bring its own test",
  };
}

/** What is shown word for word can be known by heart; only another check, not shown, finds that. */
function shownLine({ id, checks }: Seed["criteria"][number]): string[] {
  const commands = checks.filter((one) => one.kind === "command");
  const told = commands.find((one) => !one.hidden && one.expect?.stdout);
  if (told === undefined || commands.some((one) => one.hidden)) return [];
  return [
    `Criterion ${id}: "${told.run}" shows whoever works all that must be printed, which work could ` +
    "know by heart. A hidden check with other values would find that: decline the seed and ask for one",
  ];
}

function bareLine({ id, exemption }: Seed["criteria"][number]): string {
  return exemption === undefined
    ? `Criterion ${id}: nothing decides it, and no reason says why. ${ANOTHER}, or who looks at it`
    : `Criterion ${id}: no command decides it (${exemption}). A person closes it: ouroboros accept`;
}
