import { assert, assertEquals } from "@std/assert";
import { fromJsonSchema } from "@modelcontextprotocol/server";
import { z } from "zod";
import { failedCall } from "../../../lib/mcp/run_tool.ts";
import { listTools } from "../../../lib/mcp/list_tools.ts";
import { defineTool, type ToolClass } from "../../../lib/mcp/tool.ts";
import { TOOLS } from "../../../lib/mcp/tools.ts";

async function fits(schema: object, value: unknown): Promise<boolean> {
  const result = await fromJsonSchema(schema as never)["~standard"].validate(value);
  return result.issues === undefined;
}

function toolOf(kind: ToolClass, traits: { destructive?: boolean }) {
  return defineTool({
    name: "ouroboros_made_up",
    title: "Made up",
    description: "",
    input: z.strictObject({ many: z.array(z.string().max(9)).max(3), word: z.enum(["a", "b"]) }),
    output: z.object({ id: z.string(), list: z.array(z.object({ one: z.string() })) }),
    class: kind,
    traits: { idempotent: true, openWorld: false, ...traits },
    limitMs: 1_000,
    run: () => Promise.resolve({ id: "", list: [] }),
    text: () => "",
  });
}

Deno.test("a failed call is as good an answer as a promised one, and nothing is none", async () => {
  const { structuredContent } = failedCall({ code: "usage", message: "No", recoverable: true });
  for (const { name, outputSchema } of listTools(TOOLS)) {
    assert(await fits(outputSchema, structuredContent), name);
    assert(!await fits(outputSchema, {}), name);
  }
});

Deno.test("what is said of a tool is what a host decides by, and no more", () => {
  const marks = (kind: ToolClass, traits = {}) => listTools([toolOf(kind, traits)])[0]!.annotations;
  assertEquals(marks("query"), { readOnlyHint: true, openWorldHint: false });
  assertEquals(marks("starter"), {
    ...{ readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  });
  assertEquals(marks("mutation", { destructive: true }).destructiveHint, true);
});

Deno.test("schemas keep what a caller needs, and lose what is only held when the call comes", () => {
  const [{ inputSchema, outputSchema } = { inputSchema: {}, outputSchema: {} }] = listTools([
    toolOf("query", {}),
  ]);
  assertEquals(inputSchema, {
    type: "object",
    properties: {
      many: { type: "array", items: { type: "string" } },
      word: { type: "string", enum: ["a", "b"] },
    },
    required: ["many", "word"],
    additionalProperties: false,
  });
  assertEquals(outputSchema, {
    type: "object",
    properties: {
      id: { type: "string" },
      list: { type: "array", items: { type: "object", properties: { one: { type: "string" } } } },
    },
    anyOf: [{ required: ["id"] }, { required: ["error"] }],
  });
});
