/**
 * The program's entry: resolves what is embedded, opens the real ports, hands over to the command
 * line. Nothing else of the program knows where it runs.
 */
import denoJson from "./deno.json" with { type: "json" };
import type { Deliveries } from "./lib/cli/command.ts";
import { start } from "./lib/cli/start.ts";
import { printText } from "./lib/system/print_text.ts";

/**
 * Who started this program, asked before anything else is done: once that process is gone, whoever
 * asks is told of another one. A 1 is believed: in a container the first process may be the host.
 */
const STARTED_BY = Deno.ppid;

/** The folder of this file: in the tree, or in the compiled program's own embedded files. */
const ROOT = import.meta.dirname;
if (ROOT === undefined) throw new Error("main.ts has to be started from a file");

/** How this program starts itself, compiled or from source. */
function selfCommand(): readonly [string, ...string[]] {
  if (Deno.build.standalone) return [Deno.execPath()];
  const files = ["--config", `${ROOT}/deno.json`, `--lock=${ROOT}/deno.lock`];
  return [Deno.execPath(), "run", "-A", "-q", ...files, `${ROOT}/main.ts`];
}

/** The real system behind the ports; loaded for commands that work. */
async function surroundings() {
  const [{ systemClock }, { watchInterrupts }, { systemOutput }, { systemRandom }] = await Promise
    .all([
      import("./lib/system/system_clock.ts"),
      import("./lib/system/interrupts.ts"),
      import("./lib/system/system_output.ts"),
      import("./lib/system/system_random.ts"),
    ]);
  const interrupts = watchInterrupts();
  return {
    makeOutput: (variables: Readonly<Record<string, string>>) =>
      systemOutput({
        variables,
        // The reader is gone (`| head`): a run stops in order and can be resumed.
        onOutLost: (problem) =>
          interrupts.abort(problem?.message ?? "Nobody reads the output any more"),
      }),
    interrupt: interrupts.signal,
    clock: systemClock,
    random: systemRandom,
    cwd: Deno.cwd(),
    self: selfCommand(),
    skillsDir: `${ROOT}/skills`,
    deliveries: {
      mcp: async (...[app, streams]: Parameters<Deliveries["mcp"]>) => {
        const [{ serveMcp }, { textQueue }] = await Promise.all([
          import("./lib/mcp/serve_mcp.ts"),
          import("./lib/system/text_queue.ts"),
        ]);
        const write = textQueue(Deno.stdout, systemClock);
        return await serveMcp(app, {
          ...streams,
          input: Deno.stdin.readable,
          write,
          host: STARTED_BY,
        });
      },
      mcpHttp: async (...[app, serving]: Parameters<Deliveries["mcpHttp"]>) => {
        const { serveHttp } = await import("./lib/mcp/http/serve_http.ts");
        return await serveHttp(app, serving);
      },
      mcpTools: async () => {
        const [{ describeTools }, { TOOLS }] = await Promise.all([
          import("./lib/mcp/describe_tools.ts"),
          import("./lib/mcp/tools.ts"),
        ]);
        return describeTools(TOOLS);
      },
      toolTable: async () => (await import("./lib/mcp/tool_table.ts")).TOOL_TABLE,
    },
  };
}

const facts = { version: denoJson.version, print: printText };
Deno.exit(await start(Deno.args, facts, surroundings));
