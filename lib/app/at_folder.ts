import type { App } from "./app.ts";

/** The same surroundings seen from another folder: journal, processes and settings stay one. */
export function atFolder(app: App, cwd: string): App {
  // By its prototype: a copy of the fields would open at once what is opened at its first use.
  return cwd === app.cwd ? app : Object.create(app, { cwd: { value: cwd, enumerable: true } });
}
