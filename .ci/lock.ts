import { fromFileUrl } from "@std/path";

/**
 * The flags by which every script here uses the lock. `deno.json` says `lock: false` for one
 * reason: with a lock `deno task` fetches packages by itself before it starts a task, and does so
 * without the task's `DENO_TLS_CA_STORE`: behind a company's proxy nothing would ever start.
 * `file` is left out for the project's own lock; a release has another.
 */
export function lockFlags(file?: string): string[] {
  const path = file ?? fromFileUrl(new URL("../deno.lock", import.meta.url));
  return [`--lock=${path}`, "--frozen"];
}
