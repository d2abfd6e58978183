import type { ProjectListing } from "../../checks/detect.ts";
import type { Fact } from "../../engine/interview/events.ts";
import { jsonObject, objectAt, stringAt, tomlSection } from "./look_documents.ts";

/** Entry points that are told. */
const MOST = 3;

/** Where a program begins by custom; the first rows say most. */
const CUSTOMS: readonly RegExp[] = [
  /^(?:src\/)?main\.(?:rs|go|py|[cm]?[jt]sx?|c|cc|cpp|swift|zig|dart|kt)$/,
  /^cmd\/[^/]+\/main\.go$/,
  /^src\/lib\.rs$/,
  /^src\/bin\/[^/]+\.rs$/,
  /^manage\.py$/,
  /^(?:src\/)?[^/]+\/__main__\.py$/,
  /^__main__\.py$/,
  /^(?:src\/)?(?:app|server|cli)\.(?:py|rb|[cm]?[jt]s)$/,
  /^(?:src\/)?index\.(?:[cm]?[jt]sx?|php)$/,
  /^src\/main\/(?:java|kotlin)\/.*(?:Application|Main)\.(?:java|kt)$/,
  /(?:^|\/)Program\.cs$/,
  /^config\.ru$/,
  /^lib\/main\.dart$/,
  /^(?:public\/)?index\.html$/,
];

/** Holds of whatever a row of the table means, so that 50,000 paths are looked at once. */
const LIKELY =
  /(?:^|\/)(?:main|lib|manage|__main__|app|server|cli|index|Program|config|\w*Application|Main)\.\w+$|^src\/bin\//;

/** Where the program begins: what its manifests say, then files that are called so. */
export async function lookEntryPoints(listing: ProjectListing): Promise<Fact[]> {
  const found = new Map<string, Fact>();
  const add = (name: string, source: string, word?: string) => {
    if (found.has(name) || isOutside(name)) return;
    const text = word === undefined ? name : `${name} (${word} of ${source})`;
    found.set(name, { id: `entry_point.${name}`, topic: "entry_point", text, source });
  };
  for (const [name, word] of await nodeEntries(listing)) add(name, "package.json", word);
  for (const path of ["deno.json", "deno.jsonc"].filter((one) => listing.paths.includes(one))) {
    for (const name of exported(jsonObject(await listing.read(path)))) add(name, path, "exports");
  }
  for (const [name, word] of await pythonEntries(listing)) add(name, "pyproject.toml", word);
  const likely = found.size < MOST ? listing.paths.filter((path) => LIKELY.test(path)) : [];
  for (const custom of CUSTOMS) {
    if (found.size >= MOST) break;
    const path = likely.find((one) => custom.test(one));
    if (path !== undefined) add(path, path);
  }
  return [...found.values()].slice(0, MOST);
}

async function nodeEntries({ paths, read }: ProjectListing): Promise<[string, string][]> {
  if (!paths.includes("package.json")) return [];
  const document = jsonObject(await read("package.json"));
  const bin = objectAt(document, "bin");
  const bins = bin ? Object.keys(bin).map((name) => stringAt(bin, name)) : [
    stringAt(document, "bin"),
  ];
  const main = stringAt(document, "main") ?? stringAt(document, "module");
  return [
    ...bins.map((path) => [path, "bin"] as const),
    [main, "main"] as const,
    ...exported(document).map((path) => [path, "exports"] as const),
  ].flatMap(([path, word]) => path === undefined ? [] : [[bare(path), word]]);
}

/** The files that `exports` names for the package itself. */
function exported(document: Readonly<Record<string, unknown>> | undefined): string[] {
  const exports = objectAt(document, "exports");
  const own = stringAt(document, "exports") ?? stringAt(exports, ".") ??
    stringAt(objectAt(exports, "."), "import") ?? stringAt(objectAt(exports, "."), "default");
  return own === undefined ? [] : [bare(own)];
}

async function pythonEntries({ paths, read }: ProjectListing): Promise<[string, string][]> {
  if (!paths.includes("pyproject.toml")) return [];
  const text = await read("pyproject.toml");
  const scripts = tomlSection(text, "project.scripts") ?? tomlSection(text, "tool.poetry.scripts");
  return [...scripts ?? []].map(([name, place]) => [`${name} = ${place}`, "script"]);
}

/** A manifest may name any path of this machine; what begins outside the project is none of it. */
function isOutside(name: string): boolean {
  return /^(?:[\\/~]|[a-z]:)/i.test(name) || name.split(/[\\/]/).includes("..");
}

function bare(path: string): string {
  return path.replace(/^\.\//, "");
}
