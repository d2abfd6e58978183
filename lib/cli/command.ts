import type { App } from "../app/app.ts";
import type { ToolTable } from "../app/dispatch_prompt.ts";
import type { ExitCode } from "../kernel/exit_code.ts";
import type { Output } from "../kernel/output.ts";

/** One option of a command. */
export interface OptionSpec {
  /** What the value is called in help, "FILE"; left out: the option is a switch. */
  value?: string;
  /** One line of help. */
  help: string;
  /** One letter. */
  short?: string;
  /** Another spelling of its name. */
  also?: string;
  /** May be given more than once. */
  repeated?: boolean;
  /** Checked while the words are read. */
  kind?: "text" | "count" | "amount" | "duration";
  /** The smallest amount that makes sense. */
  least?: number;
  /** The largest count or amount that makes sense; of a duration, in milliseconds. */
  most?: number;
}

/** What was typed, checked against a command's options. */
export interface Words {
  /** Words that are not options. */
  positional: readonly string[];
  has(option: string): boolean;
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
  /** A whole number from 1. */
  count(option: string): number | undefined;
  /** A number that is more than 0. */
  amount(option: string): number | undefined;
  /** Milliseconds of "6h", "90s", or of a plain number of seconds. */
  durationMs(option: string): number | undefined;
}

/** A tool of the MCP server, as the command line tells of it. */
export interface ToolFacts {
  name: string;
  /** Whether hosts are told that it only reads. */
  readOnly: boolean;
  title: string;
  /** What it does to the world: query, starter or mutation. */
  class: string;
  /** How long a call takes at most, in milliseconds. */
  limitMs: number;
  /** As hosts get it in `tools/list`. */
  listed: object;
}

/** Ways to hand the use-cases out other than words and text; `main.ts` gives them. */
export interface Deliveries {
  /** MCP on stdin and stdout, until the input ends. */
  mcp(app: App, streams: { err: Output["err"]; interrupt: AbortSignal }): Promise<ExitCode>;
  /** The same over HTTP, on this machine's own address, until it is interrupted. */
  mcpHttp(app: App, serving: {
    port: number;
    token: string;
    onListening(url: string): void;
    err: Output["err"];
    interrupt: AbortSignal;
  }): Promise<ExitCode>;
  /** The tools that are offered over MCP. */
  mcpTools(): Promise<readonly ToolFacts[]>;
  /** The same tools, to be called from here. */
  toolTable(): Promise<ToolTable>;
}

/** What a command works with. */
export interface CommandContext {
  deliveries: Deliveries;
  app: App;
  words: Words;
  output: Output;
  /** Aborts on Ctrl-C, a closed terminal or SIGTERM. */
  interrupt: AbortSignal;
}

/** One verb of the command line. */
export interface Command {
  /** "seed validate" for a verb of two words. */
  name: string;
  /** The words after the name: "SEED | TEXT". */
  usage: string;
  /** One line. */
  summary: string;
  /** Paragraphs for the command's own help. */
  details?: readonly string[];
  options: Readonly<Record<string, OptionSpec>>;
  /** At least one, each a whole command line. */
  examples: readonly string[];
  /**
   * A person's to decide: no agent or check of a run may call it for the same home. A function says
   * so of the words: those that change nothing are anybody's.
   */
  decides?: true | ((words: Words) => boolean);
  /** It works without a home folder: it uses neither the configuration nor the journal. */
  homeless?: true;
  /** Options that it does not know are words: it hands them on to whoever knows them. */
  handsOptionsOn?: true;
  /** A negative number is a word, of which the command itself says what it needs. */
  takesNumber?: true;
  /** Fewest and most positional words; the words are named by `usage`. */
  positional: readonly [number, number];
  run(context: CommandContext): Promise<ExitCode>;
}
