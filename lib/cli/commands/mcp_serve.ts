import type { TokenSource } from "../../app/mcp_token.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { ExitCode } from "../../kernel/exit_code.ts";
import type { Command, CommandContext, Words } from "../command.ts";

/** Where clients find the server unless another port is named. */
const PORT = 7717;

const HIGHEST_PORT = 65_535;

/** The second is the specification's name, and people's. */
const HTTP_NAMES = ["http", "streamable-http"];

/** `ouroboros mcp serve`: what hosts start. */
export const mcpServe: Command = {
  name: "mcp serve",
  usage: "[--http [PORT]]",
  summary: "Answers a host's agent over MCP: JSON-RPC on stdin and stdout, talk on stderr.",
  details: [
    "Hosts start this themselves once they are set up; by hand it waits for messages. It ends when " +
    "its input ends, and with the program that started it.",
    `With --http it listens on this machine's own address, on port ${PORT} or the one given (0: any ` +
    "that is free), for clients that know its token, until it is ended.",
  ],
  options: {
    http: { help: "Streamable HTTP on 127.0.0.1, at /mcp" },
    port: { value: "PORT", help: "The same port, by name", short: "p" },
    transport: { value: "NAME", help: "stdio (what it is anyway) or http", short: "t" },
    "token-file": {
      value: "FILE",
      help: "A file that holds the token; only its owner may read it",
    },
    "token-env": {
      value: "NAME",
      help: "The variable that holds the token, as OUROBOROS_MCP_TOKEN",
    },
  },
  examples: ["ouroboros mcp serve", "ouroboros mcp serve --http 7717"],
  takesNumber: true,
  positional: [0, 1],
  async run(context) {
    const { app, words, output, interrupt, deliveries } = context;
    if (overHttp(words)) return await serveHttp(context);
    for (const name of ["port", "token-file", "token-env"]) {
      if (words.has(name)) throw usage(`Use "--${name}" with --http: on stdin there is none`);
    }
    if (words.positional.length > 0) throw usage("Give a port with --http");
    if (output.isTerminal) {
      output.err("Waiting for MCP messages, as a host sends them; end it with Ctrl-D\n");
    }
    return await deliveries.mcp(app, { err: output.err, interrupt });
  },
};

async function serveHttp(context: CommandContext): Promise<ExitCode> {
  const { app, words, output, interrupt, deliveries } = context;
  const port = portOf(words);
  const source = tokenSource(words);
  const { mcpToken } = await import("../../app/mcp_token.ts");
  const { token, from } = await mcpToken(app, source);
  return await deliveries.mcpHttp(app, {
    port,
    token,
    err: output.err,
    interrupt,
    onListening(url) {
      output.err(
        `MCP on ${url}\nClients send "Authorization: Bearer TOKEN"; the token is in ${from}\n` +
          "End it with Ctrl-C\n",
      );
    },
  });
}

function overHttp(words: Words): boolean {
  const name = words.text("transport");
  if (name === undefined || (name === "stdio" && !words.has("http"))) return words.has("http");
  if (HTTP_NAMES.includes(name)) return true;
  throw usage(`Choose a transport: "${name}" is none of ours: stdio, http`);
}

function portOf(words: Words): number {
  const given = [...words.positional, ...words.texts("port")];
  if (given.length > 1) throw usage("Give one port");
  const [text = String(PORT)] = given;
  if (/^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw usage(`Listen on port "${text}": a port is a number from 0 to ${HIGHEST_PORT}`);
}

function tokenSource(words: Words): TokenSource {
  const [file, env] = [words.text("token-file"), words.text("token-env")];
  if (file !== undefined && env !== undefined) throw usage("Give one place of the token");
  return { file, env };
}

function usage(message: string): OuroborosError {
  return new OuroborosError({ code: "usage", message, hint: "ouroboros mcp serve --help" });
}
