import type { RuntimeDefinition } from "../runtimes/mod.ts";
import {
  isPlaced,
  isPlacedFolder,
  isUsual,
  type PlacedPart,
  type PlacesAround,
} from "./receipt_places.ts";
import { mayBeThere } from "./write/file_trouble.ts";
import { type InstalledPart, type InstallReceipt, receiptPath } from "./write/install_receipt.ts";

/**
 * A receipt as it is to be read in this home. One that came here with all of a home folder, which was
 * moved or copied, names that home's places: each stands for the same place here, as what lies there
 * came along, and the other home is not touched. What is none of any home's places stays as it is
 * written. Reads no file of the other home but looks whether its own receipt is there: then sections
 * in projects are on that one's record, and not on this one's.
 */
export async function movedReceipt(
  receipt: InstallReceipt,
  around: PlacesAround,
  definitions: readonly RuntimeDefinition[],
): Promise<InstallReceipt> {
  const parts = knownParts(receipt, definitions);
  const base = formerHome(parts, around);
  if (base === undefined) return receipt;
  const { own, projects, ...rest } = receipt;
  const here = new Map(parts.map(({ id, part, installed }) => [
    id,
    movedPart(part, installed, { base, around }),
  ]));
  const moved = await movedProjects(projects ?? {}, { base, around });
  return {
    ...rest,
    runtimes: Object.fromEntries(
      Object.entries(receipt.runtimes).map(([id, part]) => [id, here.get(id) ?? part]),
    ),
    ...(own === undefined ? {} : { own: here.get(null) ?? own }),
    ...(Object.keys(moved).length === 0 ? {} : { projects: moved }),
  };
}

interface KnownPart {
  /** Null for what is ours alone. */
  id: string | null;
  part: PlacedPart;
  installed: InstalledPart;
}

interface Move {
  /** The home that a receipt was written in. */
  base: string;
  around: PlacesAround;
}

function knownParts(
  { runtimes, own }: InstallReceipt,
  definitions: readonly RuntimeDefinition[],
): KnownPart[] {
  const hosts = Object.entries(runtimes).flatMap(([id, installed]): KnownPart[] => {
    const definition = definitions.find((one) => one.id === id);
    return definition === undefined ? [] : [{ id, part: { kind: "host", definition }, installed }];
  });
  return own === undefined
    ? hosts
    : [...hosts, { id: null, part: { kind: "own" }, installed: own }];
}

/**
 * The folder of which most paths, put into this home in its place, are places here. None where
 * anything was set up here: then what stands elsewhere was put there from here, by a variable.
 */
function formerHome(parts: readonly KnownPart[], around: PlacesAround): string | undefined {
  const { home, root } = around;
  const votes = new Map<string, number>();
  for (const { part, installed } of parts) {
    for (const { path } of [...installed.files, ...installed.edits]) {
      // A folder of ours that a variable names does not move with the home.
      if (path.startsWith(`${root}/`) && !root.startsWith(`${home}/`)) continue;
      if (isPlaced(part, path, around)) return undefined;
      for (let at = path.indexOf("/", 1); at !== -1; at = path.indexOf("/", at + 1)) {
        if (!isUsual(part, `${home}${path.slice(at)}`, around)) continue;
        const base = path.slice(0, at);
        votes.set(base, 1 + (votes.get(base) ?? 0));
      }
    }
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function movedPart(part: PlacedPart, installed: InstalledPart, move: Move): InstalledPart {
  const { around } = move;
  const file = <T extends { path: string }>(one: T): T => {
    if (isPlaced(part, one.path, around)) return one;
    const path = inHome(one.path, move);
    return path !== undefined && isPlaced(part, path, around) ? { ...one, path } : one;
  };
  const folder = (path: string) =>
    isPlacedFolder(part, path, around) ? path : inHome(path, move) ?? path;
  return {
    ...installed,
    files: installed.files.map(file),
    edits: installed.edits.map(file),
    folders: [...new Set(installed.folders.map(folder))].sort(),
  };
}

/** A project below that home is the one here, where it came along. */
async function movedProjects(
  projects: Readonly<Record<string, InstalledPart>>,
  move: Move,
): Promise<Record<string, InstalledPart>> {
  const { root } = move.around;
  const receipt = outOfHome(receiptPath(root), move);
  const isCopy = receipt !== undefined && await mayBeThere(receipt);
  const moved: [string, InstalledPart][] = [];
  for (const [folder, part] of Object.entries(projects)) {
    const here = inHome(folder, move);
    if (here !== undefined && await mayBeThere(here)) {
      moved.push([here, movedPart({ kind: "project", folder: here }, part, move)]);
    } else if (!isCopy) {
      moved.push([folder, movedPart({ kind: "project", folder }, part, move)]);
    }
  }
  return Object.fromEntries(moved);
}

function inHome(path: string, { base, around }: Move): string | undefined {
  return path.startsWith(`${base}/`) ? `${around.home}${path.slice(base.length)}` : undefined;
}

function outOfHome(path: string, { base, around: { home } }: Move): string | undefined {
  return path.startsWith(`${home}/`) ? `${base}${path.slice(home.length)}` : undefined;
}
