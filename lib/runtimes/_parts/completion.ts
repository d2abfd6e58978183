import type { Invocation, RuntimeRequest } from "../definition.ts";

/** A JSON Schema (draft 2020-12), as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Neutral request for one answer: nothing is changed, and without `reads` nothing is looked at. */
export interface CompletionRequest
  extends Omit<RuntimeRequest, "permission" | "resume" | "previousThreadUsage" | "systemText"> {
  /** What it is to be, in place of the CLI's own instructions where those can be replaced. */
  systemText: string;
  /** What the answer has to be. */
  schema: JsonSchema;
  /** `cwd` may be looked at; otherwise it is an empty folder of ours. */
  reads: boolean;
  /** Names of the user's own tool servers in this CLI, which are left out. */
  foreignServers?: readonly string[];
}

/** How a runtime answers without working. */
export interface CompletionMapping {
  /** Pure, like `invoke` of the definition; throws the same. What is printed has the same decoder. */
  invoke(request: CompletionRequest): Invocation;
  /** Whether the CLI hands this schema to the model; otherwise the prompt must. */
  takesSchema(schema: JsonSchema): boolean;
  /** Whether it can look into a folder without being able to change it. */
  reads: boolean;
  /** One line for people: what the model can do meanwhile, as tried with the real CLI. */
  confinement: string;
}
