import type { Placement } from "./placement.ts";

/** What moves a host's places. */
export interface HostSurroundings {
  /** The user's home folder, absolute. */
  home: string;
  /** The value of a variable of the user's own environment; undefined where it is not set. */
  variable(name: string): string | undefined;
}

/** A host's places on this machine, absolute. */
export interface HostPlaces {
  home: string;
  skills: string;
  /** The first that is there is edited, else the first is made. */
  mcp: readonly string[];
  /** Left out: the file with the entry. */
  approval?: string;
  /** Variables that moved something, by name. */
  movedBy: readonly string[];
}

/** Where a host keeps things for this user. Looks at no file. */
export function hostPlaces(placement: Placement, around: HostSurroundings): HostPlaces {
  const { home: folder, mcp, skills, approval } = placement;
  const moved = folder.env === undefined ? undefined : absolute(around.variable(folder.env));
  const xdg = folder.xdg === undefined ? undefined : absolute(around.variable("XDG_CONFIG_HOME"));
  const home = moved ??
    (xdg === undefined ? joined(around.home, folder.path) : joined(xdg, folder.xdg!));
  const named = mcp.fileEnv === undefined ? undefined : absolute(around.variable(mcp.fileEnv));
  const files = moved === undefined ? mcp.files : mcp.movedFiles ?? mcp.files;
  return {
    home,
    skills: joined(home, skills.dir),
    mcp: named === undefined ? files.map((file) => joined(home, file)) : [named],
    ...(approval.file === undefined ? {} : { approval: joined(home, approval.file.path) }),
    movedBy: [
      ...(moved === undefined ? [] : [folder.env!]),
      ...(moved === undefined && xdg !== undefined ? ["XDG_CONFIG_HOME"] : []),
      ...(named === undefined ? [] : [mcp.fileEnv!]),
    ],
  };
}

/** A relative value would mean another place in every folder; hosts differ in what they make of it. */
function absolute(value: string | undefined): string | undefined {
  return value !== undefined && /^(\/|[A-Za-z]:[\\/])/.test(value) ? value : undefined;
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
