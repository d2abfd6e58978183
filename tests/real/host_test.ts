import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";
import { askHost, installInto } from "../helpers/real_host.ts";
import type { ModelServer } from "./model_server.ts";

/** A name that only the registry knows: no host hands it to a server of its own accord. */
const PASSED = { AZURE_OPENAI_API_KEY: "a-secret-of-a-test" };

/** Everything that the model was told. */
function told(server: ModelServer): string {
  return server.of("main").map((request) => JSON.stringify(request.body)).join("\n");
}

realTest(
  "as a host, shows the model our skills and tools, runs a tool, and hands variables on by name",
  (agent) =>
    withBench(agent, [{ text: "." }], async ({ home, server, cwd }) => {
      const { placement, skills } = await installInto(agent, home);
      const { toolPrefix } = placement.mcp;
      const namespace = /^(.*)\.$/.exec(toolPrefix)?.[1];
      const tool = namespace === undefined
        ? { name: `${toolPrefix}ouroboros_doctor`, args: {} }
        : { name: "ouroboros_doctor", namespace, args: {} };
      let calls = 0;
      server.setScript(() => {
        const offered = told(server).includes(namespace ?? tool.name);
        // A host may begin before its servers are there.
        if (!offered && server.of("main").length < 30) return { shell: "sleep 1" };
        return calls++ === 0 ? { tool } : { text: "Done." };
      });
      const end = await askHost(agent, home, { cwd, prompt: "Look around", env: PASSED });
      const body = told(server);
      assertEquals(end.code, 0, end.text);
      for (const skill of skills) assertStringIncludes(body, skill, end.text);
      if (namespace === undefined) {
        for (const { name } of TOOLS) assertStringIncludes(body, toolPrefix + name);
      }
      // The answer came back, from inside of this host.
      assertStringIncludes(body, "variables of the agents that arrive here");
      const names = /variables of the agents that arrive here: ([\w, ]*)/.exec(body)?.[1] ?? "";
      assertStringIncludes(names, "AZURE_OPENAI_API_KEY");
      assert(!names.includes("REQUESTS_CA_BUNDLE"), `it is not set: ${names}`);
      assert(!body.includes(PASSED.AZURE_OPENAI_API_KEY), "a value reached the model");
    }),
);

realTest(
  "as a worker in the same home, is shown neither our skills nor our tools",
  (agent) =>
    withBench(agent, [{ text: "Done." }], async ({ home, server, drive }) => {
      const { skills } = await installInto(agent, home);
      for (const permission of ["edit", "full"] as const) {
        const end = await drive({ permission, hiddenSkills: skills });
        assertEquals(end.outcome.reason, "completed", end.why);
      }
      assert(server.of("main").length >= 2);
      const body = told(server);
      for (const skill of skills) assert(!body.includes(skill), `it is shown ${skill}`);
      for (const { name } of TOOLS) assert(!body.includes(name), `it is offered ${name}`);
    }),
);
