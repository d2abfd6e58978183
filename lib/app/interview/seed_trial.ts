import {
  type AgreedVerification,
  droppedVerification,
} from "../../engine/interview/agreed_verification.ts";
import type { Check, CommandCheck, Seed } from "../../engine/seed/seed.ts";
import type { PlannedCheckView, PlanView } from "../run/plan_view.ts";
import type { MissingScript } from "./missing_scripts.ts";

/** What the trial of a seed's checks on the project as it is says of them. */
export interface SeedTrial {
  /** For whoever wrote the seed: what is wrong with its checks, a line each. */
  problems: readonly string[];
  /** For a person, with what to do: the same, and what no command decides. */
  remarks: readonly string[];
  /** Its checks can decide it: each ran and may say yes or no, and what was agreed is among them. */
  decides: boolean;
}

/** What is known of a seed besides its plan. */
export interface SeedKnown {
  /** Scripts that decide and are not there yet. */
  missing?: readonly MissingScript[];
  /** How the interview agreed to verify the work. */
  agreed?: AgreedVerification;
  /** When the trial ended a check that may take longer. */
  mostMs?: number;
}

const NOTHING_AGREED: AgreedVerification = { runs: [], byPerson: false };

/**
 * Reads a plan whose checks ran once on the base. A check must run and be able to fail: one that
 * passes before any work shows nothing, unless that is what it is for (`preserve`), and then it must
 * notice where it is made to fail.
 */
export function seedTrial(
  plan: PlanView,
  seed: Seed,
  { missing = [], agreed = NOTHING_AGREED, mostMs = Infinity }: SeedKnown = {},
): SeedTrial {
  const found = plan.criteria.flatMap((one) => {
    const checks = seed.criteria.find(({ id }) => id === one.id)?.checks ?? [];
    return [
      ...one.checks.flatMap((check, index) => wrong(one.id, check, checks[index], mostMs)),
      ...missing.filter(({ criterion }) => criterion === one.id).map(selfWritten),
    ];
  });
  const whole = unverified(seed, agreed);
  return {
    problems: [...found, ...whole].map((one) => `${one.what}. ${one.model}`),
    remarks: [
      ...found.map((one) => `${one.what}. ${one.person}`),
      ...seedRemarks(seed, { agreed }),
    ],
    decides: whole.length === 0 && found.every((one) => one.beside) &&
      plan.criteria.every((one) =>
        one.checks.length === 0 || (one.foregone === null && one.checks.every(wasTried))
      ),
  };
}

/** What can be said of a seed with nothing run. */
export function seedRemarks(
  seed: Seed,
  { missing = [], agreed = NOTHING_AGREED }: Omit<SeedKnown, "mostMs">,
): string[] {
  return [
    ...[...unverified(seed, agreed), ...missing.map(selfWritten)]
      .map((one) => `${one.what}. ${one.person}`),
    ...seed.criteria.filter((one) => one.checks.length === 0).map(bareLine),
    ...seed.criteria.flatMap(shownLine),
  ];
}

/** What was agreed and is not in it, and that no command has a say where nobody agreed to look. */
function unverified(seed: Seed, agreed: AgreedVerification): Wrong[] {
  const dropped = droppedVerification(seed, agreed).map((run) => ({
    what: `"${run}", which was agreed on to verify it, stands in no check`,
    model: 'Let it stand in "run" or "preserve_run" of the criterion that it is about',
    person: "Decline the seed and say what it is to decide",
  }));
  const decided = seed.criteria.some((one) => one.checks.some((check) => check.kind === "command"));
  if (decided || agreed.byPerson) return dropped;
  return [...dropped, {
    what: "No command decides anything of it, and nobody was agreed on who looks",
    model: 'Give a criterion a "run" that can say whether the work was done',
    person: "Say yes only where you will look yourself, or decline the seed and say what is seen",
  }];
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
  /** Whether it can be decided does not hang on it. */
  beside?: true;
}

const ANOTHER = "Decline the seed and say what can be seen only when it is done";

function wrong(
  id: string,
  check: PlannedCheckView,
  written: Check | undefined,
  mostMs: number,
): Wrong[] {
  if (check.kind !== "command" || !check.now) return [];
  if (check.now.says === "times out" && written?.kind === "command" && written.timeoutMs > mostMs) {
    return [endedSoon(id, written, mostMs)];
  }
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
      beside: true,
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

/** It may be slow, or hang on what the work has to mend: a run waits for it as long as it says. */
function endedSoon(id: string, { run, timeoutMs }: CommandCheck, mostMs: number): Wrong {
  return {
    what: `Criterion ${id}: "${run}" was ended after ${mostMs / 1000} s, so that what it says is ` +
      "not known",
    model: "Use one that ends sooner; where none can, give it again",
    person: `A run waits ${timeoutMs / 1000} s, before any work too. ` +
      "Decline the seed where it never ends",
  };
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
