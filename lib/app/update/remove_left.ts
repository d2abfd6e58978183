import { join } from "@std/path";
import { startTimeOf } from "../../process/process_table.ts";
import type { OwnFile } from "./own_file.ts";
import { removeQuietly } from "./replace_file.ts";

/** What an update or `install.sh` writes beside the program, and the process that did, if it says. */
const BESIDE = /^\.ouroboros\.(?:new|old)\.(?:(\d+)\.)?[\w-]+$/;

/** A younger one may be somebody's who is at work. */
const OLD_MS = 60 * 60 * 1000;

/**
 * Removes what updates that were killed left beside the program, a hundred megabytes each: files
 * older than an hour whose process is gone. `nowMs`: since 1970. Never fails: an update does not
 * depend on it.
 */
export async function removeLeft({ folder }: OwnFile, nowMs: number): Promise<void> {
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      const beside = isFile ? BESIDE.exec(name) : null;
      if (beside === null) continue;
      const info = await Deno.lstat(join(folder, name));
      // A second name of the program is as old as that; giving it sets the time of its change.
      const touchedMs = Math.max(...[info.mtime, info.ctime].map((time) => time?.getTime() ?? 0));
      if (nowMs - touchedMs < OLD_MS || info.uid !== Deno.uid()) continue;
      const pid = beside[1];
      if (pid !== undefined && await startTimeOf(Number(pid)) !== undefined) continue;
      await removeQuietly(join(folder, name));
    }
  } catch {
    // A folder that cannot be read, or a file that went meanwhile: whoever writes there will tell.
  }
}
