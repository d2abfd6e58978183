import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { toFileUrl } from "@std/path";
import { programCommand, programEnvironment } from "./program.ts";

/** The revision of the protocol that a host speaks. */
export type Era = "2025" | "2026";

/** What the tools of an interview answer; what a test looks at is what a test is about. */
// deno-lint-ignore no-explicit-any -- as above
export type Told = Record<string, any>;

/** A host of the package's own client, with the program under test as its server. */
export interface SdkHost extends AsyncDisposable {
  readonly client: Client;
  /** The server's process. */
  readonly pid: number;
  /** Texts of the last answer, as a host shows them that shows no structure. */
  readonly text: string;
  /** Calls a tool and gives its structured answer. */
  call(name: string, args: Record<string, unknown>): Promise<Told>;
  /** Ends the server as a host does that is killed: nothing is said to it. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** What a host answers to a form; undefined: it has no forms. */
export type FormAnswer = (
  form: Told,
) => { action: "accept" | "decline" | "cancel"; content?: Record<string, string | boolean> };

/** What a host is, and where. */
export interface SdkHostAt {
  cwd: string;
  home: string;
  era: Era;
  form?: FormAnswer;
  /** Folders that are open in it; left out: it does not say. */
  roots?: readonly string[];
}

/** Starts a host in a project. */
export async function sdkHost(at: SdkHostAt): Promise<SdkHost> {
  const [command = "", ...args] = [...programCommand(), "mcp", "serve"];
  const transport = new StdioClientTransport({
    ...{ command, args, cwd: at.cwd, stderr: "ignore" },
    env: await programEnvironment(at),
  });
  const client = new Client({ name: "test", version: "1.0.0" }, {
    capabilities: {
      ...(at.form ? { elicitation: { form: {} } } : {}),
      ...(at.roots ? { roots: {} } : {}),
    },
    ...(at.era === "2026" ? { versionNegotiation: { mode: { pin: "2026-07-28" } } } : {}),
  });
  const { form, roots } = at;
  if (form) client.setRequestHandler("elicitation/create", ({ params }) => form(params));
  if (roots) {
    client.setRequestHandler("roots/list", () => ({
      roots: roots.map((path) => ({ uri: toFileUrl(path).href })),
    }));
  }
  await client.connect(transport);
  let text = "";
  return {
    client,
    pid: transport.pid!,
    get text() {
      return text;
    },
    async call(name, args) {
      const result = await client.callTool({ name, arguments: args });
      text = result.content.flatMap((one) => one.type === "text" ? [one.text] : []).join("\n");
      if (result.structuredContent === undefined) throw new Error(text);
      return result.structuredContent as Told;
    },
    async kill() {
      Deno.kill(transport.pid!, "SIGKILL");
      await client.close();
    },
    close: () => client.close(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
