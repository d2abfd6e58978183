import type { RandomBytes } from "../kernel/id.ts";

/** Variable by which every process of a tree is known as ours, also when it was re-parented. */
export const MARKER_NAME = "_OUROBOROS_WORKER";

/** Variable that names our own folder to agents and checks: its runs are what they work for. */
export const ROOT_NAME = "_OUROBOROS_ROOT";

/**
 * The marker of this worker. It ends in a dot, and a child's marker is the worker's with a number
 * and a dot behind it, so a search for a worker's text finds all its children, one for a child's
 * finds no sibling, and a worker below a worker (`parent`) is found by both.
 */
export function workerMarker(
  options: { marker?: string; parent?: string; random: RandomBytes },
): string {
  const own = clean(options.marker ?? "") || hex(options.random(8));
  const parent = clean(options.parent ?? "");
  const above = parent.endsWith(".") && parent.length < 400 ? parent : "";
  return `${above}${own.replace(/\.+$/, "")}.`;
}

/** The marker of a worker's child number `n`. */
export function childMarker(worker: string, n: number): string {
  return `${worker}${n}.`;
}

/** The text to search for in an environment: the variable and the beginning of its value. */
export function markerText(marker: string): string {
  return `${MARKER_NAME}=${marker}`;
}

function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, "-");
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
