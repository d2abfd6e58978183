import { Client, type ClientCapabilities, type ElicitResult } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { pathToFileURL } from "node:url";
import { programCommand, programEnvironment } from "./program.ts";

/** The two revisions that hosts speak. */
export const ERAS = ["2025-11-25", "2026-07-28"] as const;

/** A host: the official client over a real server process. */
export interface McpHost extends AsyncDisposable {
  client: Client;
  /** Calls a tool; its structure, its text, and whether it failed. */
  call(name: string, args?: Record<string, unknown>): Promise<ToolResult>;
  /** Forms that were put to the user. */
  forms: { message: string }[];
  /** Ends the server as a host that is killed does: nothing is said to it. */
  kill(): void;
}

/** A tool's answer, as a test looks at it. */
export interface ToolResult {
  // deno-lint-ignore no-explicit-any -- what a test looks at is what a test is about
  data: any;
  text: string;
  isError: boolean;
  ms: number;
}

/** What a host is like. */
export interface HostOptions {
  cwd: string;
  home: string;
  era: (typeof ERAS)[number];
  /** What its user says to a form; left out: it has no forms. */
  form?(message: string): ElicitResult;
  /** Folders that are open in it; left out: it does not say. */
  roots?: readonly string[];
}

/** Starts the server under test in a host of that era. */
export async function startHost(options: HostOptions): Promise<McpHost> {
  const [command = "", ...args] = [...programCommand(), "mcp", "serve"];
  const { cwd, home, form, roots } = options;
  const env = await programEnvironment({ home });
  const transport = new StdioClientTransport({ command, args, cwd, env, stderr: "inherit" });
  const capabilities: ClientCapabilities = {
    ...(form === undefined ? {} : { elicitation: { form: {} } }),
    ...(roots === undefined ? {} : { roots: {} }),
  };
  const client = new Client({ name: "test host", version: "1.0.0" }, {
    capabilities,
    versionNegotiation: {
      mode: options.era === "2025-11-25" ? "legacy" : { pin: options.era },
    },
  });
  const forms: { message: string }[] = [];
  if (form) {
    client.setRequestHandler("elicitation/create", ({ params }) => {
      forms.push({ message: params.message });
      return form(params.message);
    });
  }
  if (roots) {
    client.setRequestHandler("roots/list", () => ({
      roots: roots.map((path) => ({ uri: pathToFileURL(path).href })),
    }));
  }
  await client.connect(transport);
  return {
    client,
    forms,
    async call(name, given = {}) {
      const began = performance.now();
      const result = await client.callTool({ name, arguments: given });
      const text = result.content.flatMap((one) => one.type === "text" ? [one.text] : []);
      return {
        data: result.structuredContent,
        text: text.join("\n"),
        isError: result.isError === true,
        ms: performance.now() - began,
      };
    },
    kill: () => Deno.kill(transport.pid!, "SIGKILL"),
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };
}
