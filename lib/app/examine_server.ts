import { messageOf } from "../kernel/error.ts";
import type { App } from "./app.ts";
import type { DoctorReport, Finding } from "./doctor.ts";
import { hostFindings } from "./doctor_hosts.ts";
import { listRuntimes } from "./list_runtimes.ts";
import { checkStart } from "./setup/start_check.ts";

/** What hosts pay for in every session. */
export interface OfferedTools {
  count: number;
  /** Of the list as JSON. */
  bytes: number;
}

/**
 * Looks at the MCP server as hosts see it: starts it and asks it to initialize, and says where it is
 * registered. Changes nothing.
 */
export async function examineServer(
  app: App,
  options: { tools: OfferedTools; interrupt: AbortSignal },
): Promise<DoctorReport> {
  const { tools, interrupt } = options;
  const sections = [
    { title: "Server", findings: [await started(app, interrupt), offered(tools)] },
    { title: "Places", findings: [await journal(app)] },
    { title: "Hosts", findings: await hostFindings(app, await listRuntimes(app)) },
  ];
  const ready = !sections.some((one) => one.findings.some(({ level }) => level === "bad"));
  return { version: app.version, ready, sections };
}

async function started(app: App, cancel: AbortSignal): Promise<Finding> {
  const launcher = [...app.self, "mcp", "serve"];
  const check = await checkStart(app, {
    ...{ hosts: [], launcher, environment: "all", forwarded: [], cancel },
  });
  const { ok, server, durationMs, problem } = check;
  const data = { server, durationMs, command: launcher };
  return ok
    ? { level: "ok", text: `${server} answered and ended within ${durationMs} ms`, data }
    : { level: "bad", text: `it cannot be started: ${problem}`, hint: launcher.join(" "), data };
}

function offered({ count, bytes }: OfferedTools): Finding {
  return {
    level: "ok",
    text: `${count} tools, ${bytes} bytes in each session of a host`,
    hint: "ouroboros mcp tools",
    data: { count, bytes },
  };
}

async function journal({ paths }: App): Promise<Finding> {
  try {
    const { size } = await Deno.stat(paths.journal);
    return { level: "ok", text: `journal: ${paths.journal}, ${size} bytes`, data: { size } };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { level: "ok", text: `journal: ${paths.journal}, not begun yet` };
    }
    return { level: "bad", text: messageOf(error), hint: "ouroboros doctor" };
  }
}
