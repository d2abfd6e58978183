import { detectChecks, type ProjectListing } from "../../checks/detect.ts";
import type { Fact, FactTopic } from "../../engine/interview/events.ts";
import { jsonObject, objectAt, stringAt } from "./look_documents.ts";
import { lookManifest, rootManifests } from "./look_manifest.ts";

/** Commands of each sort that are told: more than two nobody chooses from. */
const MOST = 2;

/** What probably runs the project's tests and what builds it, by the files at its top. */
export async function lookCommands(listing: ProjectListing): Promise<Fact[]> {
  const manifests = rootManifests(listing.paths);
  const checks = (await detectChecks({ ...listing, read: shortLines(listing) })).map((
    { kind, check },
  ) => ({
    command: check,
    source: manifests.find((path) => lookManifest(path)?.kind === kind) ?? null,
  }));
  const builds = await Promise.all(manifests.map(async (source) => ({
    command: await buildCommand(source, listing),
    source,
  })));
  return [...commandFacts("test_command", checks), ...commandFacts("build_command", builds)];
}

/** Of a line with targets. */
const MOST_LINE_CHARS = 500;

/**
 * Makefiles with their lines cut: what looks for a target takes time by the square of a line's
 * length, and a line of 250,000 characters, which anybody may write, a minute.
 */
function shortLines({ read }: ProjectListing): ProjectListing["read"] {
  return async (path) => {
    const text = await read(path);
    if (lookManifest(path)?.kind !== "Make") return text;
    return text?.split("\n").map((line) => line.slice(0, MOST_LINE_CHARS)).join("\n");
  };
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
      return stringAt(scripts, "build") ? `${nodeRunner(paths)} run build` : undefined;
    }
    case "Go":
      return "go build ./...";
    case "Rust":
      return "cargo build";
    case "Java (Maven)":
      return `${paths.includes("mvnw") ? "./mvnw" : "mvn"} -q -B package -DskipTests`;
    case "Java (Gradle)":
      return `${paths.includes("gradlew") ? "./gradlew" : "gradle"} --no-daemon -q assemble`;
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

/** The package manager whose lock is there. */
export function nodeRunner(paths: readonly string[]): string {
  const locks = [["pnpm-lock.yaml", "pnpm"], ["yarn.lock", "yarn"], ["bun.lock", "bun"]] as const;
  if (paths.includes("bun.lockb")) return "bun";
  return locks.find(([lock]) => paths.includes(lock))?.[1] ?? "npm";
}

function makeTarget(text: string | undefined): string | undefined {
  const target = ["build", "all"].find((name) =>
    new RegExp(`^${name}(?: +[\\w.-]+)*\\s*::?(?!=)`, "m").test(text ?? "")
  );
  return target && `make ${target}`;
}
