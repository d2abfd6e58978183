import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { realTest } from "../helpers/real_agents.ts";
import { setUp } from "../helpers/real_host.ts";
import { withRunBench } from "../helpers/real_run.ts";
import type { ModelServer } from "./model_server.ts";

/** Everything that the model was told. */
function told(server: ModelServer): string {
  return server.of("main").map((request) => JSON.stringify(request.body)).join("\n");
}

// With `edit`: see host_session_test.ts.
realTest(
  "as the worker of a run in a home that was set up, with `full`, is shown neither our skills nor " +
    "our tools",
  (agent) =>
    withRunBench(agent, {
      script: (request) =>
        request.results.length === 0
          ? { write: { path: "out.txt", text: "hello\n" } }
          : { text: "Done." },
    }, async ({ home, run, server, ouroboros }) => {
      const { skills, placement } = await setUp(agent, home, ["--approve-tools"]);
      assertEquals((await ouroboros("setup", "--status", "--runtime", agent.name)).code, 0);
      const end = await run(
        ...["Make out.txt say hello", "--check", "grep hello out.txt", "--permission", "full"],
      );
      assertEquals(end.code, 0, end.stderr);
      const body = told(server);
      assertStringIncludes(body, "out.txt");
      for (const skill of skills) {
        // The folder of a run has a name that begins like one of ours, with a dash before it.
        const at = body.search(new RegExp(`(?<![\\w-])${skill}(?![\\w-])`));
        assert(at < 0, `it is shown ${body.slice(at - 200, at + 200)}`);
      }
      for (const { name } of TOOLS) assert(!body.includes(name), `it is offered ${name}`);
      const prefix = placement.mcp.toolPrefix.replace(/\.$/, "");
      assert(!body.includes(prefix), `it is offered ${prefix}`);
    }),
);
