import type { Command } from "../command.ts";

/** `ouroboros mcp serve`: what hosts start. */
export const mcpServe: Command = {
  name: "mcp serve",
  usage: "",
  summary: "Answers a host's agent over MCP: JSON-RPC on stdin and stdout, talk on stderr.",
  details: [
    "Hosts start this themselves once they are set up; by hand it waits for messages. It ends when " +
    "its input ends.",
  ],
  options: {},
  examples: ["ouroboros mcp serve"],
  positional: [0, 0],
  async run({ app, output, interrupt, deliveries }) {
    if (output.isTerminal) {
      output.err("Waiting for MCP messages, as a host sends them; end it with Ctrl-D\n");
    }
    return await deliveries.mcp(app, { output, interrupt });
  },
};
