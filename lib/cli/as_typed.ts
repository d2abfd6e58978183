import { COMMANDS } from "./commands.ts";

const VERBS = [...new Set(COMMANDS.map((one) => one.name.split(" ")[0]!))].join("|");
const COMMAND = new RegExp(`(?<![\\w./~-])ouroboros(?= (?:${VERBS}|--help)\\b)`, "g");

/** Commands in a text of ours, with what this program is to be typed as in place of its name. */
export function asTyped(text: string, name: string): string {
  return text.replace(COMMAND, () => name);
}
