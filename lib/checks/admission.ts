import type { Admission, CheckRun } from "../kernel/check_run.ts";
import type { CommandInput } from "./check_input.ts";

/** What a check is good for, as its run on the base shows. */
export function admissionOf(check: Pick<CommandInput, "preserve">, base: CheckRun): Admission {
  if (base.verdict === "cannot_run") return "cannot_run";
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
      if (run.cannotRun.what.startsWith('"matches"')) {
        return "Write its expression so that nothing repeated is repeated again, as (a+)+ is";
      }
      return "It may need a longer timeout, or wait for something that never comes";
    case "not_started":
      return "Look at this machine and at the check itself";
  }
}
