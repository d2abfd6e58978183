import { fromFileUrl } from "@std/path";

/**
 * The flags by which every script here uses the lock. `deno task` fetches, before it starts a
 * task, every package that `deno.json` or a lock of its own names, and does so without the task's
 * `DENO_TLS_CA_STORE`: behind a company's proxy no task would ever start. So `deno.json` names
 * neither: packages stand in `.ci/import_map.json`, and the lock is given to each command.
 * `file` is left out for the project's own lock; a release has another.
 */
export function lockFlags(file?: string): string[] {
  const path = file ?? fromFileUrl(new URL("../deno.lock", import.meta.url));
  return [`--lock=${path}`, "--frozen"];
}
