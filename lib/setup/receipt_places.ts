import { normalize } from "@std/path";
import { hostPlaces, type Placement, type RuntimeDefinition } from "../runtimes/mod.ts";
import type { SetupAround } from "./setup_plan.ts";

/** What says where things of ours may stand for this user. */
export type PlacesAround = Pick<SetupAround, "home" | "root" | "configFile" | "variable">;

/** A part of a receipt, as far as its places go. */
export type PlacedPart =
  | { kind: "host"; definition: RuntimeDefinition }
  | { kind: "own" }
  | { kind: "project"; folder: string };

/**
 * Whether a path of a receipt is one that a setup here would write for that part: a receipt lies in a
 * home that may be a copy of another, or its lines were changed by somebody, and an absolute path in
 * it is no reason to touch what it names. Within this home it may also lie in a folder that a variable
 * named then: the receipt knows where that was, and the variable is not needed for the way back.
 */
export function isPlaced(part: PlacedPart, path: string, around: PlacesAround): boolean {
  return isUsual(part, path, around) || isOnceMoved(part, path, around);
}

/** The same, but for folders that a variable named once. */
export function isUsual(part: PlacedPart, path: string, around: PlacesAround): boolean {
  // What goes up again leads out of the folder that it begins with.
  if (normalize(path) !== path) return false;
  if (part.kind === "project") return isIn(part.folder, path);
  if (path === around.configFile) return true;
  if (part.kind === "own") return isIn(around.root, path);
  const { placement } = part.definition;
  return placement !== undefined &&
    placesOf(placement, around).some(({ skills, files }) =>
      path.startsWith(`${skills}/${placement.skills.prefix}`) || files.includes(path)
    );
}

function isOnceMoved(part: PlacedPart, path: string, { home }: PlacesAround): boolean {
  return isIn(home, path) && hasOurNames(part, path.slice(home.length));
}

/**
 * Whether a path outside of this home is one that a variable can have led a setup to: it has the names
 * that this host's files have there, or is a settings file that a variable names whole.
 */
export function isLedTo(part: PlacedPart, path: string, kind: "file" | "edit"): boolean {
  const placement = part.kind === "host" ? part.definition.placement : undefined;
  const isNamedWhole = kind === "edit" && placement?.mcp.fileEnv !== undefined;
  return normalize(path) === path && (isNamedWhole || hasOurNames(part, path));
}

function hasOurNames(part: PlacedPart, below: string): boolean {
  const placement = part.kind === "host" ? part.definition.placement : undefined;
  if (placement === undefined || normalize(below) !== below) return false;
  const { mcp, skills, approval, former } = placement;
  // A folder of the usual name in another place is another home's.
  if (below.includes(`/${placement.home.path}/`)) return false;
  const files = [
    ...mcp.movedFiles ?? mcp.files,
    ...approval.file === undefined ? [] : [approval.file.path],
    ...former.entries.map(({ file }) => file),
  ];
  return below.includes(`/${skills.dir}/${skills.prefix}`) ||
    files.some((file) => below.endsWith(`/${file}`));
}

/** The same for a folder that goes where it is empty: it lies over, in or below such a place. */
export function isPlacedFolder(part: PlacedPart, path: string, around: PlacesAround): boolean {
  if (normalize(path) !== path) return false;
  const host = part.kind === "host" ? part.definition.placement : undefined;
  const places = [
    around.root,
    around.configFile,
    ...part.kind === "project" ? [part.folder] : [],
    ...host === undefined ? [] : placesOf(host, around)
      .flatMap(({ home, skills, files }) => [home, skills, ...files]),
  ];
  return places.some((place) => place === path || isIn(path, place) || isIn(place, path));
}

/** Variables whose value decides where a part's places are, for people. */
export function placeVariables(part: PlacedPart): string[] {
  const placement = part.kind === "host" ? part.definition.placement : undefined;
  if (placement === undefined) return ["HOME", "OUROBOROS_HOME"];
  const { home, mcp } = placement;
  return [
    "HOME",
    ...[home.env, home.xdg === undefined ? undefined : "XDG_CONFIG_HOME", mcp.fileEnv]
      .filter((name) => name !== undefined),
  ];
}

/** With the variables as they are, and where they would be without: both are this user's. */
function placesOf(placement: Placement, { home, variable }: PlacesAround) {
  return [variable, () => undefined].map((one) => {
    const places = hostPlaces(placement, { home, variable: one });
    return {
      home: places.home,
      skills: places.skills,
      files: [
        ...places.mcp,
        ...places.approval === undefined ? [] : [places.approval],
        ...placement.former.entries.map(({ file }) => `${places.home}/${file}`),
      ],
    };
  });
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}
