import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { TOOL_TABLE } from "../../../lib/mcp/tool_table.ts";
import { TOOLS } from "../../../lib/mcp/tools.ts";
import { benchPlaces, openApp } from "../../helpers/app_bench.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

Deno.test("a tool is called from here as a host would call it, and its error is thrown", async () => {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(places.project);
  const app = openApp(places);
  const call = (tool: string, args: Record<string, unknown> = {}) =>
    TOOL_TABLE.call(app, { tool, args }, new AbortController().signal);

  const thought = await call("ouroboros_lateral_think", {
    problem_context: "The test hangs",
    current_approach: "Wait longer",
    persona: "hacker",
  });
  assertStringIncludes(thought.text, "hacker");
  assertEquals(typeof thought.data, "object");

  const none = await assertRejects(() => call("ouroboros_session_status"), OuroborosError);
  assertEquals([none.code, none.hint], ["not_found", "ouroboros runs --all"]);
  const unbegun = await assertRejects(() => call("ouroboros_generate_seed"), OuroborosError);
  assertEquals(unbegun.hint, 'ouroboros ooo interview "IDEA"');
  const odd = await assertRejects(
    () => call("ouroboros_session_status", { no: 1 }),
    OuroborosError,
  );
  assertEquals(odd.code, "usage");
  const gone = await assertRejects(() => call("ouroboros_nothing"), OuroborosError);
  assertEquals(gone.code, "not_found");
  await app.close();
});

Deno.test("each tool says what it does to the world", () => {
  for (const tool of TOOLS) assertEquals(TOOL_TABLE.classOf(tool.name), tool.class);
  assertEquals(TOOL_TABLE.classOf("ouroboros_nothing"), undefined);
});
