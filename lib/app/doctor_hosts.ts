import type { App } from "./app.ts";
import type { Finding } from "./doctor.ts";
import type { FoundRuntime } from "./list_runtimes.ts";
import { hostStates } from "./setup_status.ts";
import { type HostView, isSetUp } from "./setup/views.ts";

/** How each host on this machine stands to us, with what to type. */
export async function hostFindings(
  app: App,
  runtimes: readonly FoundRuntime[],
): Promise<Finding[]> {
  const states = (await hostStates(app, runtimes)).filter((one) =>
    one.path !== null || isSetUp(one) || one.state === "stale"
  );
  if (states.length === 0) return [{ level: "note", text: "none is on this machine" }];
  return states.map(hostFinding);
}

function hostFinding(host: HostView): Finding {
  const { id, title, state, command } = host;
  const data = { id, setup: state };
  if (host.path === null) {
    return {
      level: "note",
      text: `${title}: set up, and not on this machine any more`,
      hint: `ouroboros uninstall --runtime ${id}`,
      data,
    };
  }
  switch (state) {
    case "current":
      return { level: "ok", text: `${title}: set up`, data };
    case "yours":
      return {
        level: "ok",
        text: `${title}: set up, but for a skill of your own that has our name`,
        hint: `ouroboros setup --status --runtime ${id}`,
        data,
      };
    case "stale":
      return { level: "note", text: `${title}: set up, but not up to date`, hint: command, data };
    case "absent":
      return { level: "note", text: `${title}: not set up`, hint: command, data };
    case "foreign":
      return {
        level: "note",
        text: `${title}: an entry of your own has our name, so it is not set up`,
        hint: `${command} --dry-run`,
        data,
      };
    case "unusable":
      return { level: "note", text: `${title}: ${host.problem}`, hint: command, data };
  }
}
