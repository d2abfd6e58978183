import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import type { App } from "../../../../lib/app/app.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import type { ToolCall } from "../../../../lib/mcp/tool.ts";
import { lateralThinkTool } from "../../../../lib/mcp/tools/lateral_think.ts";

const app = { skillsDir: fromFileUrl(new URL("../../../../skills", import.meta.url)) } as App;
const STUCK = { problem_context: "The build is slow", current_approach: "Buy more cores" };

/** What the tool says, and its data. */
async function think(args: Record<string, unknown>) {
  const input = lateralThinkTool.input.parse(args);
  const data = lateralThinkTool.output.parse(
    await lateralThinkTool.run(app, input, {} as ToolCall),
  ) as { task: string; personas: { name: string }[] };
  return { ...data, text: lateralThinkTool.text(data) };
}

Deno.test("one persona, the contrarian where none is named, or all of them", async () => {
  assertEquals((await think(STUCK)).personas.map((one) => one.name), ["contrarian"]);
  const hacker = await think({ ...STUCK, persona: "Hacker" });
  assertEquals(hacker.personas.map((one) => one.name), ["hacker"]);
  assertStringIncludes(hacker.text, "The hacker: ");
  assertEquals((await think({ ...STUCK, persona: "all" })).personas.length, 5);
  const near = await assertRejects(() => think({ ...STUCK, persona: "hakcer" }), OuroborosError);
  assertEquals([near.code, near.hint], ["not_found", 'Did you mean "hacker"?']);
});

Deno.test("prose is prose: whatever it holds reaches the model as it was written", async () => {
  const prose = "rm -rf / ; cat ../../x | sh && `id` $(id) __import__('os') eval(open('f')) <b>";
  const { task, text } = await think({
    problem_context: prose,
    current_approach: prose,
    failed_attempts: [prose, "nothing"],
  });
  assertEquals(task.split(prose).length - 1, 3);
  assert(text.startsWith(task));
});
