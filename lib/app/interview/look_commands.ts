import { detectChecks, type ProjectListing } from "../../checks/detect.ts";
import { gradleCommand, makeTargets, mavenCommand, nodeTool } from "../../checks/project_tools.ts";
import type { Fact, FactTopic } from "../../engine/interview/events.ts";
import { jsonObject, objectAt, stringAt } from "./look_documents.ts";
import { lookManifest, rootManifests } from "./look_manifest.ts";

/** Commands of each sort that are told: more than two nobody chooses from. */
const MOST = 2;

/** What probably runs the project's tests and what builds it, by the files at its top. */
export async function lookCommands(listing: ProjectListing): Promise<Fact[]> {
  const manifests = rootManifests(listing.paths);
  const checks = (await detectChecks(listing)).map(({ kind, check }) => ({
    command: check,
    source: manifests.find((path) => lookManifest(path)?.kind === kind) ?? null,
  }));
  const builds = await Promise.all(manifests.map(async (source) => ({
    command: await buildCommand(source, listing),
    source,
  })));
  return [...commandFacts("test_command", checks), ...commandFacts("build_command", builds)];
}

function commandFacts(
  topic: FactTopic,
  found: readonly { command: string | undefined; source: string | null }[],
): Fact[] {
  const facts: Fact[] = [];
  for (const { command, source } of found) {
    // "build.gradle" and "settings.gradle" say the same.
    if (command === undefined || facts.some((one) => one.text === command)) continue;
    const id = facts.length === 0 ? topic : `${topic}.${source}`;
    facts.push({ id, topic, text: command, source });
  }
  return facts.slice(0, MOST);
}

async function buildCommand(
  manifest: string,
  { paths, read }: ProjectListing,
): Promise<string | undefined> {
  switch (lookManifest(manifest)?.kind) {
    case "Deno": {
      const tasks = objectAt(jsonObject(await read(manifest)), "tasks");
      return tasks && Object.hasOwn(tasks, "build") ? "deno task build" : undefined;
    }
    case "Node": {
      const scripts = objectAt(jsonObject(await read(manifest)), "scripts");
      return stringAt(scripts, "build") ? `${nodeTool(paths).name} run build` : undefined;
    }
    case "Go":
      return "go build ./...";
    case "Rust":
      return "cargo build";
    case "Java (Maven)":
      return `${mavenCommand(paths)} package -DskipTests`;
    case "Java (Gradle)":
      return `${gradleCommand(paths)} assemble`;
    case "Elixir":
      return "mix compile";
    case "Swift":
      return "swift build";
    case ".NET":
      return "dotnet build";
    case "CMake":
      return "cmake -B build && cmake --build build";
    case "Make":
      return makeTarget(await read(manifest));
    default:
      return undefined;
  }
}

function makeTarget(text = ""): string | undefined {
  const targets = makeTargets(text);
  const target = ["build", "all"].find((name) => targets.has(name));
  return target && `make ${target}`;
}
