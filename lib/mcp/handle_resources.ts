import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
} from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Resource } from "./resource.ts";
import { RESOURCES } from "./resources.ts";
import { problemText, toolProblem } from "./tool_problem.ts";

/** Runs and seeds that are listed by their own addresses beside the lists. */
const NEWEST = 5;

/** Seeds, runs, receipts and slices of the journal, by address. */
export function handleResources({ server }: McpServer, app: App): void {
  server.registerCapabilities({ resources: {} });
  server.setRequestHandler("resources/list", async () => ({
    resources: [
      ...RESOURCES.filter((one) => !isTemplate(one)).map(({ read: _, ...facts }) => facts),
      ...await newest(app),
    ],
  }));
  server.setRequestHandler("resources/templates/list", () => ({
    resourceTemplates: RESOURCES.filter(isTemplate)
      .map(({ read: _, uri, ...facts }) => ({ uriTemplate: uri, ...facts })),
  }));
  server.setRequestHandler("resources/read", async ({ params: { uri } }) => {
    const found = match(uri);
    if (found === undefined) throw new ResourceNotFoundError(uri);
    const { resource, part, query } = found;
    try {
      const text = await resource.read(app, part, query);
      return { contents: [{ uri, mimeType: resource.mimeType, text }] };
    } catch (error) {
      if (error instanceof OuroborosError && error.code === "not_found") {
        throw new ResourceNotFoundError(uri, problemText(toolProblem(error)));
      }
      const wrong = error instanceof OuroborosError && error.code === "usage";
      const code = wrong ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
      throw new ProtocolError(code, problemText(toolProblem(error)));
    }
  });
}

function isTemplate(resource: Pick<Resource, "uri">): boolean {
  return resource.uri.includes("{");
}

/** The resource of an address, with what stands for the open part of it. */
function match(
  uri: string,
): { resource: Resource; part: string; query: URLSearchParams } | undefined {
  const [path = "", query = ""] = uri.split("?", 2);
  const words = path.split("/");
  for (const resource of RESOURCES) {
    const wanted = resource.uri.split("/");
    if (wanted.length !== words.length) continue;
    const fits = wanted.every((word, at) => word.startsWith("{") || word === words[at]);
    if (!fits) continue;
    const at = wanted.findIndex((word) => word.startsWith("{"));
    const part = at < 0 ? "" : decoded(words[at]!);
    if (part !== undefined) return { resource, part, query: new URLSearchParams(query) };
  }
  return undefined;
}

function decoded(word: string): string | undefined {
  try {
    return decodeURIComponent(word);
  } catch {
    // A broken escape is the name of nothing.
    return undefined;
  }
}

async function newest(app: App) {
  const [{ listRuns }, { storedSeeds }] = await Promise.all([
    import("../app/list_runs.ts"),
    import("../app/seeds/stored_seeds.ts"),
  ]);
  const runs = await listRuns(app, { all: false, limit: NEWEST });
  const seeds = (await storedSeeds(app)).slice(0, NEWEST);
  return [
    ...runs.map(({ runId, goal, state }) => ({
      uri: `ouroboros://runs/${runId}`,
      name: runId,
      title: goal.slice(0, 80).toWellFormed(),
      description: `A run: ${state}`,
      mimeType: "application/json",
    })),
    ...seeds.map(({ id }) => ({
      uri: `ouroboros://seeds/${encodeURIComponent(id)}`,
      name: id,
      description: "A frozen seed",
      mimeType: "application/yaml",
    })),
  ];
}
