import { dirname } from "@std/path";
import { type ErrorCode, OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";

/** Codes of errors that a place in which no folder can be made ends in. */
const CODES: ReadonlySet<ErrorCode> = new Set(
  ["not_writable", "unreadable", "host_file_unusable", "journal_unusable"] as const,
);

/**
 * Refuses a folder of OUROBOROS_HOME that is not there and cannot be made, as far as looking tells;
 * nothing is made. Errors: not_writable with the variable's name.
 */
export async function requireRoot(app: Pick<App, "paths">): Promise<void> {
  if (app.paths.rootFrom !== "OUROBOROS_HOME") return;
  const { path, info } = await nearest(app.paths.root);
  if (!info.isDirectory) throw rootError(app, `"${path}" is a file`);
  // The superuser's files are refused by such a system all the same.
  if (path !== app.paths.root && info.mode !== null && (info.mode & 0o222) === 0) {
    throw rootError(app, `no folder can be made in "${path}"`);
  }
}

/**
 * An error that comes from the place that OUROBOROS_HOME names, told as that: whoever set it
 * must hear of it by its name. Other errors as they are.
 */
export async function rootTrouble(app: Pick<App, "paths">, thrown: unknown): Promise<unknown> {
  const { root, rootFrom } = app.paths;
  if (rootFrom !== "OUROBOROS_HOME" || !(thrown instanceof OuroborosError)) return thrown;
  if (!CODES.has(thrown.code) || !namesPlace(thrown.message, root)) return thrown;
  const { path, info } = await nearest(root);
  if (!info.isDirectory) return rootError(app, `"${path}" is a file`, thrown);
  if (path !== root) return rootError(app, `no folder can be made in "${path}"`, thrown);
  // It is there: one of its files is to blame, unless no file can be made in it at all.
  const none = thrown.cause instanceof Deno.errors.NotCapable ||
    thrown.message.includes(`"${root}"`);
  return none ? rootError(app, "no file can be made in it", thrown) : thrown;
}

/** Does work on our folder, with {@link rootTrouble} for its errors. */
export async function atRoot<Value>(
  app: Pick<App, "paths">,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    throw await rootTrouble(app, thrown);
  }
}

/** Whether a path in quotes is the folder, in it or above it. */
function namesPlace(message: string, root: string): boolean {
  const paths = [...message.matchAll(/"(\/[^"]*)"/g)].map(([, path]) => path!);
  return paths.some((path) =>
    path === root || path.startsWith(`${root}/`) || root.startsWith(`${path}/`)
  );
}

function rootError({ paths }: Pick<App, "paths">, why: string, cause?: unknown): OuroborosError {
  return new OuroborosError({
    code: "not_writable",
    message: `Use "${paths.root}", which OUROBOROS_HOME names: ${why}`,
    hint: "Let it name a folder that can be made and written, or leave it out: " +
      "unset OUROBOROS_HOME",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The folder itself, or the nearest thing above it that is there. */
async function nearest(root: string): Promise<{ path: string; info: Deno.FileInfo }> {
  for (let path = root;; path = dirname(path)) {
    try {
      return { path, info: await Deno.stat(path) };
    } catch (error) {
      // Nothing is there, or what is above it is no folder: that one is looked at next.
      if (dirname(path) === path) throw error;
    }
  }
}
