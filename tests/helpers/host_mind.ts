import type { Placement } from "../../lib/runtimes/mod.ts";
import type { ModelRequest, ModelServer, Turn } from "../real/model_server.ts";
import { hostDraft } from "./scripted_host.ts";

/** One call of a tool of ours. */
export interface OwnCall {
  tool: string;
  args: Record<string, unknown>;
}

/** What a tool of ours handed back, as this host showed it to its model. */
export interface HandedBack {
  tool: string;
  text: string;
  bytes: number;
}

/** The model of a host: what it does first is told to it, the rest it reads in our answers. */
export interface HostMind {
  script(request: ModelRequest): Turn;
  /** What the user's next words have it do first. */
  begin(...calls: readonly OwnCall[]): void;
  /** Every answer of ours so far. */
  handed: HandedBack[];
  /** Requests of this host so far. */
  requests: number;
  /** Names of our tools in its first request that had them, and that request as text. */
  shown: { tools: string[]; body: string };
}

/** What is known in a host before its user says anything. */
export interface HostWishes {
  /** The project. */
  cwd: string;
  /** Which skill it opens, with words that only its body has. */
  skill?: { name: string; words: string };
  /** How its user wants runs: more arguments of a start. */
  run?: Record<string, unknown>;
}

/** A host may begin before its servers are there: the model waits for them this often, a second each. */
const WAITS = 60;
/** Names of the tools by which hosts show a skill to their model. */
const SKILL_TOOLS = ["skill", "skill_view"];

/** How a host names a tool of ours. */
export function toolOf({ mcp: { toolPrefix } }: Placement, { tool, args }: OwnCall): Turn {
  const namespace = namespaceOf(toolPrefix);
  return namespace === undefined
    ? { tool: { name: toolPrefix + tool, args } }
    : { tool: { name: tool, namespace, args } };
}

function namespaceOf(toolPrefix: string): string | undefined {
  return /^(.*)\.$/.exec(toolPrefix)?.[1];
}

/** What a model does until the last request had our tools in it; undefined from then on. */
export function waitsForTools(
  server: ModelServer,
  { mcp: { toolPrefix } }: Placement,
): () => Turn | undefined {
  const awaited = namespaceOf(toolPrefix) ?? `${toolPrefix}ouroboros_interview`;
  let waits = 0;
  return () => {
    const isShown = JSON.stringify(server.requests.at(-1)?.body).includes(awaited);
    return isShown || waits++ >= WAITS ? undefined : { shell: "sleep 1" };
  };
}

/**
 * A model that was never told of us: it opens the skill in the way of its host, does what the user's
 * words want first, and then what `next` of each answer says, until the user is to be asked.
 */
export function hostMind(
  server: ModelServer,
  placement: Placement,
  options: HostWishes,
): HostMind {
  const notYet = waitsForTools(server, placement);
  let first: OwnCall[] = [];
  let called: string | undefined;
  let opened = options.skill === undefined;
  const call = (own: OwnCall) => {
    called = own.tool;
    return toolOf(placement, own);
  };
  const mind: HostMind = {
    handed: [],
    requests: 0,
    shown: { tools: [], body: "" },
    begin: (...calls) => {
      first = [...calls];
      called = undefined;
    },
    script(request) {
      mind.requests++;
      const last = request.results.at(-1) ?? "";
      if (called !== undefined) {
        mind.handed.push({
          tool: called,
          text: last,
          bytes: new TextEncoder().encode(last).length,
        });
        called = undefined;
      }
      const wait = notYet();
      if (wait) return wait;
      const body = JSON.stringify(server.requests.at(-1)?.body);
      if (mind.shown.body === "") {
        const ours = request.tools.filter((name) => name.includes("ouroboros_"));
        mind.shown = { tools: ours, body };
      }
      if (!opened) {
        opened = true;
        const { name, words } = options.skill!;
        const tool = SKILL_TOOLS.find((one) => request.tools.includes(one));
        if (!body.includes(words) && tool) {
          return { tool: { name: tool, args: { name } } };
        }
      }
      const next = first.shift();
      if (next) return call(next);
      const does = followed(last, options);
      return "text" in does ? does : call(does);
    },
  };
  return mind;
}

/** What an answer of ours has a model do: the next call, or words to the user. */
function followed(raw: string, { cwd, run }: HostWishes): OwnCall | { text: string } {
  // Some hosts show the text, some the structure, and some that as JSON within JSON.
  const text = raw.replaceAll(/\\+"/g, '"').replaceAll("\\n", "\n");
  const found = (pattern: RegExp) => pattern.exec(text)?.[1];
  const session_id = found(/(interview_\w+)/);
  const interview = (args: Record<string, unknown>): OwnCall => ({
    tool: "ouroboros_interview",
    args: { session_id, ...args },
  });
  const thought = found(/thought (\d+) and draft/);
  if (thought) {
    const kind = found(/SHAPE OF THE DRAFT \((\w+)\)/) ?? found(/"kind": ?"(\w+)"/) ?? "";
    return interview({ thought: Number(thought), draft: hostDraft(kind, 1) });
  }
  const waiting = found(/try: (\d+)/);
  if (waiting) return interview({ try: Number(waiting) });
  if (/ouroboros_generate_seed with session_id/.test(text)) {
    return { tool: "ouroboros_generate_seed", args: { session_id, cwd } };
  }
  const seed_path = found(/ouroboros_start_execute_seed with seed_path "([^"]+)"/);
  if (seed_path) {
    return {
      tool: "ouroboros_start_execute_seed",
      args: { seed_path, cwd, dry_run: true, ...run },
    };
  }
  const job_id = found(/ouroboros_job_wait with job_id "(\w+)"/);
  if (job_id) {
    const cursor = found(/Cursor: (\d+)/) ?? found(/"cursor": ?(\d+)/);
    return {
      tool: "ouroboros_job_wait",
      args: { job_id, ...(cursor === undefined ? {} : { cursor: Number(cursor) }) },
    };
  }
  // Questions, a review, a cost, a verdict, an error: that is for the user.
  return { text: `To the user: ${text}` };
}
