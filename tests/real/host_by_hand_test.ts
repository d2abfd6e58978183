/** Each real host does a criterion of a run itself, with its own tools. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { HOST_RUNTIME } from "../../lib/app/host/host_runtime.ts";
import type { Placement } from "../../lib/runtimes/mod.ts";
import { GREETING_SEED } from "../helpers/greeting_seed.ts";
import { toolOf, waitsForTools } from "../helpers/host_mind.ts";
import { goneWithin } from "../helpers/processes_in.ts";
import { realTest } from "../helpers/real_agents.ts";
import { realHome } from "../helpers/real_home.ts";
import { askHost, ouroborosIn, setUp } from "../helpers/real_host.ts";
import {
  type ModelRequest,
  type ModelServer,
  startModelServer,
  type Turn,
} from "./model_server.ts";

/** How a user lets a host write where runs are, as docs/byhost.md says it; of the others no word is needed. */
const LETS: Readonly<Record<string, { typed?: string; file?: readonly [string, string] }>> = {
  claude: { typed: "--allowedTools 'Edit(~/.ouroboros/runs/**)'" },
  codex: { typed: "--sandbox workspace-write --add-dir ~/.ouroboros/runs" },
  opencode: {
    file: [
      "opencode.json",
      '{ "permission": { "external_directory": { "~/.ouroboros/runs/**": "allow" } } }',
    ],
  },
};

const GONE_MS = 15_000;
/** A run of this size has come to its end long before. */
const MOST_CALLS = 40;

/** A model that starts a run, asks for its work, writes the file and hands it in. */
function doer(server: ModelServer, options: { placement: Placement; project: string }) {
  const { placement, project } = options;
  const own = (tool: string, args: Record<string, unknown>) => toolOf(placement, { tool, args });
  const notYet = waitsForTools(server, placement);
  const seen = { runId: "", worktree: "", wrote: "", told: [] as string[] };
  let handed = false;
  const script = (request: ModelRequest): Turn => {
    const wait = notYet();
    if (wait) return wait;
    const last = request.results.at(-1) ?? "";
    seen.told.push(last);
    if (seen.told.length > MOST_CALLS) return { text: "It leads nowhere" };
    if (seen.runId === "") {
      seen.runId = /run_[0-9a-z]{18}/.exec(last)?.[0] ?? "";
      if (seen.runId === "") {
        return own("ouroboros_start_execute_seed", {
          ...{ seed_path: "seed.yaml", cwd: project, runtime: HOST_RUNTIME, confirm: true },
        });
      }
    }
    const job_id = seen.runId;
    if (seen.worktree === "") {
      seen.worktree = /Work in (\S+) and nowhere else/.exec(last)?.[1] ?? "";
      if (seen.worktree === "") return own("ouroboros_attempt", { job_id });
      return { write: { path: join(seen.worktree, "greet.sh"), text: "echo hello\n" } };
    }
    if (!handed) {
      [handed, seen.wrote] = [true, last];
      return own("ouroboros_attempt", { job_id, work: "greet#1", submit: "It greets" });
    }
    const waiting = /\\?"do\\?": ?\\?"wait|running/.test(last);
    return waiting ? own("ouroboros_attempt", { job_id }) : { text: `To the user: ${last}` };
  };
  return { script, seen };
}

for (const lets of [true, false]) {
  realTest(
    lets
      ? "as a host: does a criterion itself, once it may write where runs are"
      : "as a host: that it may not write there is told to its model, and nothing passes by it",
    async (agent) => {
      const server = await startModelServer({ script: [{ text: "." }] });
      const home = await realHome(agent.name, server.url);
      const project = join(home.root, "project");
      try {
        await Deno.mkdir(project);
        await Deno.writeTextFile(join(project, "seed.yaml"), GREETING_SEED);
        const { typed = "", file } = lets ? LETS[agent.name] ?? {} : {};
        if (file) await Deno.writeTextFile(join(project, file[0]), file[1]);
        const words = typed.split(" ").filter((word) => word !== "")
          .map((word) => word.replaceAll("'", "").replace(/^~/, home.home));
        const { placement } = await setUp(agent, home, ["--approve-tools"]);
        const { script, seen } = doer(server, { placement, project });
        server.setScript(script);
        const at = { cwd: project, prompt: "Do it yourself", env: {}, words };
        const end = await askHost(agent, home, at);
        const told = `${end.text}\n${seen.told.join("\n---\n")}`;
        const status = await ouroborosIn(agent, home, ["status", seen.runId, "--json"]);
        const { state, criteria } = JSON.parse(status.stdout);
        if (lets) {
          assertEquals([end.code, state, criteria[0].tries], [0, "passed", 1], told);
          assertStringIncludes(end.text, `ouroboros apply ${seen.runId}`);
        } else {
          assertEquals(state, "running", told);
          const written = await Deno.stat(join(seen.worktree, "greet.sh")).catch(() => undefined);
          assertEquals(written, undefined, told);
          await ouroborosIn(agent, home, ["cancel", seen.runId]);
        }
        const there = [...Deno.readDirSync(project)].map((one) => one.name).toSorted();
        assertEquals(there, [...file ? [file[0]] : [], "seed.yaml"]);
        assertEquals(await goneWithin(home.root, GONE_MS), [], "processes are left");
      } finally {
        await goneWithin(home.root, GONE_MS);
        await server.close();
        await home.remove();
      }
    },
    { only: (agent) => lets || agent.name in LETS },
  );
}

Deno.test("docs/byhost.md says how each host is let", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/byhost.md", import.meta.url));
  for (const [name, { typed, file }] of Object.entries(LETS)) {
    assertStringIncludes(page, typed ?? file![1], name);
  }
});
