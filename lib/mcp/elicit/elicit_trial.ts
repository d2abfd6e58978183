import type { ElicitRequestFormParams } from "@modelcontextprotocol/server";
import type { HostSaid } from "../../app/interview/host_act.ts";
import type { HostState } from "../../app/interview/host_state.ts";
import { trialLines } from "../trial_lines.ts";

type ShownSeed = Pick<Extract<HostState, { do: "seed" }>, "thought" | "commands">;

/** Characters of a form; what is longer is shown by the host, which can scroll. */
const MOST_CHARS = 4_000;

/**
 * What trying a seed would run, as a form that asks for a yes. Undefined: nothing waits for one, it is
 * too long for a form, or it brings files, which can do anything and stand in the seed alone.
 */
export function trialForm({ commands }: ShownSeed): ElicitRequestFormParams | undefined {
  const message = [
    "Try the seed's checks? They were written by a model, and run once as you, in a copy of the " +
    "project, with nothing that confines them:",
    ...trialLines(commands),
  ].join("\n");
  const brings = commands.some((one) => one.files.length > 0);
  if (commands.length === 0 || brings || message.length > MOST_CHARS) return undefined;
  return {
    message,
    requestedSchema: {
      type: "object",
      properties: {
        run: { type: "boolean", title: "Run these commands" },
        remark: { type: "string", title: "What is to be changed in the seed" },
      },
      required: ["run"],
    },
  };
}

/** What a form that was sent off says; undefined: neither yes nor no. */
export function trialSaid(
  { thought }: ShownSeed,
  content: Readonly<Record<string, unknown>>,
): HostSaid | undefined {
  const remark = typeof content.remark === "string" ? content.remark.trim() : "";
  if (remark !== "") return { remark };
  // Of a yes that was not given the host's model is not to ask once more.
  return content.run === true
    ? { try: thought }
    : content.run === false
    ? { leave: thought }
    : undefined;
}
