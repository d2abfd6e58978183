import type { ProjectListing } from "../../checks/detect.ts";
import type { Fact } from "../../engine/interview/events.ts";
import { jsonObject, stringAt, tomlSection } from "./look_documents.ts";
import { lookList } from "./look_line.ts";
import { lookManifest, rootManifests } from "./look_manifest.ts";

/** Manifests at the top that are told; more are of tools beside. */
const MOST = 4;
/** Folders above a manifest of a part that counts: below lie fixtures and copies. */
const DEEPEST = 3;

/** The manifests at the top, each with the name that it gives, and one fact over those of parts. */
export async function lookManifests(listing: ProjectListing): Promise<Fact[]> {
  const root = rootManifests(listing.paths).slice(0, MOST);
  const facts = await Promise.all(root.map(async (path): Promise<Fact> => {
    const { kind } = lookManifest(path)!;
    const text = `${path}: ${kind}${describe(path, await listing.read(path))}`;
    return { id: `manifest.${path}`, topic: "manifest", text, source: path };
  }));
  const parts = listing.paths.filter((path) => {
    if (lookManifest(path) === undefined) return false;
    const depth = path.split("/").length - 1;
    return depth > 0 && depth <= DEEPEST &&
      !/(?:^|\/)(?:vendor|third_party|fixtures|testdata)\//.test(path);
  });
  if (parts.length === 0) return facts;
  return [...facts, {
    id: "manifest.parts",
    topic: "manifest",
    text: `${parts.length} in folders near the top: ${lookList(parts, 3)}`,
    source: parts[0]!,
  }];
}

/** Name and description, as far as the manifest says them. */
function describe(path: string, text: string | undefined): string {
  if (text === undefined) return ", too large or not a text that can be read";
  const [name, description] = namesIn(path, text);
  return `${name ? ` "${name}"` : ""}${description ? `, ${description}` : ""}`;
}

function namesIn(path: string, text: string): [name?: string, description?: string] {
  switch (path) {
    case "package.json":
    case "composer.json":
    case "deno.json":
    case "deno.jsonc": {
      const document = jsonObject(text);
      return [stringAt(document, "name"), stringAt(document, "description")];
    }
    case "pyproject.toml": {
      const section = tomlSection(text, "project") ?? tomlSection(text, "tool.poetry");
      return [section?.get("name"), section?.get("description")];
    }
    case "Cargo.toml": {
      const section = tomlSection(text, "package");
      if (!section && tomlSection(text, "workspace")) return [undefined, "a workspace of packages"];
      return [section?.get("name"), section?.get("description")];
    }
    case "go.mod":
      return [/^module\s+"?([^\s"]+)/m.exec(text)?.[1]];
    default:
      return [];
  }
}
