import { type Permission, PERMISSIONS } from "../kernel/runtime_event.ts";

/** The Python system's permission modes. */
const ORIGINAL_MODES: Readonly<Record<string, Permission>> = {
  default: "read",
  acceptEdits: "edit",
  // Its shipped file held this one without anybody having chosen it, so it cannot mean `full`.
  bypassPermissions: "edit",
};

/** Every accepted spelling of a permission. */
export const PERMISSION_WORDS = [...PERMISSIONS, ...Object.keys(ORIGINAL_MODES)];

/** A permission word and what is to be said about it; null when it is no such word. */
export function permissionOf(word: string): { permission: Permission; remark?: string } | null {
  if ((PERMISSIONS as readonly string[]).includes(word)) return { permission: word as Permission };
  const permission = Object.hasOwn(ORIGINAL_MODES, word) ? ORIGINAL_MODES[word]! : undefined;
  if (permission === undefined) return null;
  return word === "bypassPermissions"
    ? { permission, remark: `"${word}" is read as "edit"; write "full" to lift every limit` }
    : { permission };
}
