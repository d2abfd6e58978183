import { examineServer } from "../../app/examine_server.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { offeredTools } from "../offered_tools.ts";
import { findingsText } from "../render/findings.ts";
import { typedText } from "../typed_text.ts";

/** `ouroboros mcp doctor`: whether hosts can use the server. */
export const mcpDoctor: Command = {
  name: "mcp doctor",
  usage: "",
  summary: "Starts the MCP server as a host does, and says what hosts get and which have it.",
  details: [
    "Exits 1 when something stands in the way. For agents, git and paths see: ouroboros doctor.",
  ],
  options: { json: { help: "JSON on stdout" } },
  examples: ["ouroboros mcp doctor", "ouroboros mcp doctor --json"],
  positional: [0, 0],
  async run({ app, words, output, interrupt, deliveries }) {
    const tools = offeredTools(await deliveries.mcpTools());
    const report = await examineServer(app, { tools, interrupt });
    output.out(
      words.has("json")
        ? `${JSON.stringify(report)}\n`
        : await typedText(app, findingsText(report, output)),
    );
    return report.ready ? EXIT.done : EXIT.failed;
  },
};
