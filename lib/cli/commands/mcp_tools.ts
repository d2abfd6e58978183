import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { offeredTools } from "../offered_tools.ts";
import { clip, table, wrap } from "../render/text.ts";

/** `ouroboros mcp tools`: what hosts are offered. */
export const mcpTools: Command = {
  name: "mcp tools",
  usage: "",
  summary: "Lists the tools that hosts are offered over MCP.",
  details: [
    "A tool looks (query), starts work that goes on without it (starter) or changes something " +
    "(mutation). Only those that look are marked read-only: a host asks before it calls another.",
  ],
  options: { json: { help: "JSON on stdout, with the schemas as hosts get them" } },
  examples: ["ouroboros mcp tools", "ouroboros mcp tools --json"],
  positional: [0, 0],
  async run({ words, output, deliveries }) {
    const tools = await deliveries.mcpTools();
    if (words.has("json")) {
      const facts = tools.map((one) => ({
        ...one.listed,
        class: one.class,
        limitMs: one.limitMs,
      }));
      output.out(`${JSON.stringify({ tools: facts })}\n`);
      return EXIT.done;
    }
    const width = Math.max(40, output.columns());
    output.out(table(tools.map((one) => [
      one.name,
      one.class,
      `${one.limitMs / 1_000} s`,
      clip(one.title, width),
    ])));
    const note =
      `Their list is ${
        offeredTools(tools).bytes
      } bytes, in every session of a host. What each takes: ` +
      "ouroboros mcp tools --json";
    output.out(`\n${wrap(note, width).join("\n")}\n`);
    return EXIT.done;
  },
};
