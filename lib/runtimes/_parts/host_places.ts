import type { Placement } from "./placement.ts";

/** What moves a host's places. */
export interface HostSurroundings {
  /** The user's home folder, absolute. */
  home: string;
  /** The value of a variable of the user's own environment; undefined where it is not set. */
  variable(name: string): string | undefined;
}

/** A variable of the user's that moves something of a host's. */
export interface MovedPlace {
  /** The variable. */
  name: string;
  /** What it names, absolute: a folder, or the file with the entry for our server. */
  path: string;
  kind: "folder" | "file";
  /** What stands there of the host's. */
  moved: string;
}

/** A host's places on this machine, absolute. */
export interface HostPlaces {
  home: string;
  skills: string;
  /** The first that is there is edited, else the first is made. */
  mcp: readonly string[];
  /** Left out: the file with the entry. */
  approval?: string;
  /** What variables moved, and where to. */
  moved: readonly MovedPlace[];
  /** Variables that are set and move nothing, for their value is no absolute path. */
  relative: readonly { name: string; value: string }[];
}

/** Where a host keeps things for this user. Looks at no file. */
export function hostPlaces(placement: Placement, around: HostSurroundings): HostPlaces {
  const { home: folder, mcp, skills, approval } = placement;
  const own = read(folder.env, around);
  const xdg = folder.xdg === undefined || own.path !== undefined
    ? {}
    : read("XDG_CONFIG_HOME", around);
  const home = own.path ??
    (xdg.path === undefined ? joined(around.home, folder.path) : joined(xdg.path, folder.xdg!));
  const named = read(mcp.fileEnv, around);
  const files = own.path === undefined ? mcp.files : mcp.movedFiles ?? mcp.files;
  return {
    home,
    skills: joined(home, skills.dir),
    mcp: named.path === undefined ? files.map((file) => joined(home, file)) : [named.path],
    ...(approval.file === undefined ? {} : { approval: joined(home, approval.file.path) }),
    moved: [
      ...movedTo(own, { kind: "folder", moved: home }),
      ...movedTo(xdg, { kind: "folder", moved: home }),
      ...movedTo(named, { kind: "file", moved: named.path ?? "" }),
    ],
    relative: [own, xdg, named].flatMap(({ name, value }) =>
      name === undefined || value === undefined ? [] : [{ name, value }]
    ),
  };
}

/** A variable that may move something. */
interface Named {
  name?: string;
  path?: string;
  /** What it holds where that is no path to use. */
  value?: string;
}

/** A relative value would mean another place in every folder; hosts differ in what they make of it. */
function read(name: string | undefined, { variable }: HostSurroundings): Named {
  const value = name === undefined ? undefined : variable(name);
  // Hosts take one that is set to nothing as one that is not set.
  if (name === undefined || value === undefined || value === "") return {};
  if (!/^(\/|[A-Za-z]:[\\/])/.test(value)) return { name, value };
  return { name, path: value.replace(/(?<=[^:])[/\\]+$/, "") };
}

function movedTo({ name, path }: Named, facts: Pick<MovedPlace, "kind" | "moved">): MovedPlace[] {
  return name === undefined || path === undefined ? [] : [{ name, path, ...facts }];
}

function joined(folder: string, path: string): string {
  let base = folder.replace(/[/\\]+$/, "");
  let rest = path;
  while (rest.startsWith("../")) {
    base = base.replace(/[/\\][^/\\]*$/, "");
    rest = rest.slice(3);
  }
  return `${base}/${rest}`;
}
