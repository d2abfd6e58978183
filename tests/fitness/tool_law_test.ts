/** The law of the MCP server's tools: what every session of every user pays for, and relies on. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { toolPage } from "../../.ci/tool_page.ts";
import { formerTool, formerToolNames } from "../../lib/mcp/former_tools.ts";
import { INSTRUCTIONS } from "../../lib/mcp/instructions.ts";
import { listTools } from "../../lib/mcp/list_tools.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";

const LIST_BYTES = 10_000;
const INSTRUCTIONS_BYTES = 2_048;
/** What a description may take: more of it belongs into a skill. */
const DESCRIPTION_CHARS = 320;
const LONGEST_MS = 20_000;

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("the list of tools and the instructions are as short as they have to be", () => {
  const size = bytes(JSON.stringify({ tools: listTools(TOOLS) }));
  assert(size <= LIST_BYTES, `${size} bytes`);
  assert(bytes(INSTRUCTIONS) <= INSTRUCTIONS_BYTES, `${bytes(INSTRUCTIONS)} bytes`);
  for (const { name, description } of TOOLS) {
    assert(description.length <= DESCRIPTION_CHARS, `${name}: ${description.length}`);
  }
});

Deno.test("every tool has a name of ours, a strict input, an output, a class and a limit", () => {
  for (const tool of listTools(TOOLS)) {
    assertMatch(tool.name, /^ouroboros(_[a-z]+)+$/);
    assertEquals(tool.inputSchema.type, "object");
    assertEquals(tool.inputSchema.additionalProperties, false, tool.name);
    assertEquals(tool.outputSchema.type, "object");
    assert(Object.keys(tool.outputSchema.properties as object).length > 0, tool.name);
  }
  assertEquals(TOOLS.filter((one) => one.limitMs > LONGEST_MS).map((one) => one.name), []);
  assertEquals(new Set(TOOLS.map((one) => one.name)).size, TOOLS.length);
});

Deno.test("exactly what only looks is marked read-only", () => {
  const marked = listTools(TOOLS).filter((one) => one.annotations.readOnlyHint);
  assertEquals(marked.map((one) => one.name), [
    "ouroboros_session_status",
    "ouroboros_job_wait",
    "ouroboros_query_events",
    "ouroboros_lateral_think",
    "ouroboros_doctor",
  ]);
});

Deno.test("aliases lead to arguments that there are, and hide none", () => {
  for (const { name, aliases = {}, input } of TOOLS) {
    const known = Object.keys(input.shape);
    for (const [alias, argument] of Object.entries(aliases)) {
      assert(known.includes(argument), `${name}: ${alias} leads to ${argument}`);
      assert(!known.includes(alias), `${name}: ${alias} is an argument`);
    }
  }
});

Deno.test("a name of the earlier server that is gone is no name of a tool, and names one that is", () => {
  const names = TOOLS.map((one) => one.name);
  for (const former of formerToolNames()) {
    assert(!names.includes(former), former);
    for (const [named] of formerTool(former)!.matchAll(/ouroboros_\w+/g)) {
      assert(names.includes(named), `${former} leads to ${named}`);
    }
  }
});

Deno.test("the instructions name no tool that there is not", () => {
  const names = TOOLS.map((one) => one.name);
  for (const [named] of INSTRUCTIONS.matchAll(/ouroboros_\w+/g)) {
    assert(names.includes(named), named);
  }
});

Deno.test("docs/tools.md says what the table says (else: deno run -A .ci/tool_page.ts)", () => {
  // The formatter breaks lines and fills columns; the words are what counts.
  const words = (text: string) =>
    text.replaceAll(/[\s\\]+/g, " ").replaceAll(/-{3,}|\|/g, "").trim();
  const plain = (text: string) => words(text).replaceAll(/[- ]+/g, " ");
  const page = Deno.readTextFileSync(new URL("../../docs/tools.md", import.meta.url));
  assert(plain(page) === plain(toolPage()), "they differ");
});
