import type { Admission, CheckRun } from "../kernel/check_run.ts";
import type { CommandInput } from "./check_input.ts";

/**
 * What a check is good for, as its run on the base shows. One that does not end there in its time
 * counts as failing, and one that was killed: an endless loop, or one that takes all memory, may be what
 * the work has to mend.
 */
export function admissionOf(check: Pick<CommandInput, "preserve">, base: CheckRun): Admission {
  const kind = base.cannotRun?.kind;
  const ended = (kind === "timed_out" || kind === "killed") && !check.preserve;
  if (base.verdict === "cannot_run") return ended ? "can_decide" : "cannot_run";
  return base.verdict === "fail" && !check.preserve ? "can_decide" : "can_only_preserve";
}

/** Why a check probably could not run, and what people can do; "" where it could. */
export function probableCause(run: CheckRun): string {
  switch (run.cannotRun?.kind) {
    case undefined:
      return "";
    case "missing_tool":
      return "Probably not the work's business: install the command, or prepare it in workspace.prepare";
    case "missing_module":
      return "Probably not the work's business: carry the installed modules (workspace.carry), or " +
        "install them in workspace.prepare";
    case "refused_connection":
      return "Probably not the work's business: start the service that the check needs";
    case "timed_out":
      return "It counts as failing, and decides if it ends in time on the work; if it is only slow, " +
        "give it a longer timeout";
    case "killed":
      return "It counts as failing, and decides if it is not killed on the work; look at the memory of " +
        "this machine";
    case "too_much_output":
      return "Let it print less, for example into a file";
    case "endless_match":
      return "Write its expression so that nothing repeated is repeated again, as (a+)+ is";
    case "not_started":
      return "Look at this machine and at the check itself";
  }
}
