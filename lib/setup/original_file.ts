import { readFrontMatter } from "../skills/front_matter.ts";
import { VERSION_STAMP } from "../skills/render_skill.ts";

/** A file in a folder of skills or rules: whose folder, and its path in it. */
export interface PlacedFile {
  /** Name of the bundle without the host's prefix; empty for a file in no bundle. */
  bundle: string;
  /** Below the bundle's folder, with forward slashes. */
  path: string;
}

/**
 * Whether a file is one that the Python original installed, by what stands in it: a name alone
 * proves nothing, since a person may call their own skill or rule whatever they like. What the
 * original wrote: bundles with a heading `# /ouroboros:NAME` or a tool of its own, rules for
 * Codex, the guide and the package files beside the bundles, the bridge for OpenCode.
 */
export function isOriginalFile(file: PlacedFile, bytes: Uint8Array): boolean {
  const name = file.path.split("/").at(-1)!;
  if (file.path === "SKILL.md") return isOriginalSkill(file.bundle, bytes);
  const text = textOf(bytes);
  if (/^(__init__|artifacts)\.(cpython|pypy)[\w.-]*\.pyc$/.test(name)) {
    return /(^|\/)__pycache__\/[^/]+$/.test(file.path);
  }
  if (name === "__init__.py" && text.trim() === "") return true;
  if (name === "__init__.py" || name === "artifacts.py") return /\bOuroboros\b/.test(text);
  if (name === "ouroboros-bridge.ts") return /ouroboros/i.test(text);
  if (!name.endsWith(".md")) return false;
  const [heading = ""] = text.replace(/^\ufeff/, "").trimStart().split("\n", 1);
  if (/^## Ouroboros Skill Capability Guide\b/.test(heading)) return true;
  return /^# Ouroboros( for [A-Z]\w+)?\s*$/.test(heading) && /`ooo\b|\bouroboros_[a-z]/.test(text);
}

function isOriginalSkill(bundle: string, bytes: Uint8Array): boolean {
  const front = readFrontMatter(bytes);
  if (!front.ok || front.facts.name !== bundle) return false;
  const { mcp_tool: tool } = front.facts;
  return (typeof tool === "string" && tool.startsWith("ouroboros_")) ||
    front.body.split("\n").some((line) => line.trim() === `# /ouroboros:${bundle}`);
}

/**
 * The version of this program that rendered a `SKILL.md` for the folder that it lies in; undefined
 * for any other file.
 */
export function stampOf(bytes: Uint8Array, folder: string): string | undefined {
  const front = readFrontMatter(bytes);
  if (!front.ok || front.facts.name !== folder) return undefined;
  const { metadata } = front.facts;
  if (metadata === null || typeof metadata !== "object") return undefined;
  const stamp = (metadata as Record<string, unknown>)[VERSION_STAMP];
  return typeof stamp === "string" ? stamp : undefined;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 4096));
}
