import { type FileGroup, type HostView, isSetUp, type PlannedFile } from "../../app/setup/views.ts";
import { type Palette, palette } from "./color.ts";
import { diffLines } from "./setup_diff.ts";
import { counted, printable, visible, wrap } from "./text.ts";

/** How a plan is shown. */
export interface PlanStyle {
  color: boolean;
  columns: number;
  home: string;
  /** Takes known secrets out. */
  redact(text: string): string;
}

/** Longer new files are counted, not shown. */
const SHOWN_LINES = 24;

/** How a host stands, in words. */
export const STATE_WORDS: Readonly<Record<HostView["state"], string>> = {
  current: "set up",
  stale: "out of date",
  yours: "set up, but for what is yours and has our name",
  absent: "not set up",
  foreign: "our name is taken by an entry of your own",
  unusable: "its files cannot be changed",
};

/** The hosts, which are here and how each stands. */
export function hostsText(hosts: readonly HostView[], style: PlanStyle): string {
  const paint = palette(style.color);
  const width = Math.max(...hosts.map((one) => one.id.length));
  const lines = hosts.flatMap((one) => {
    const start = `  ${one.id.padEnd(width)}  `;
    const facts = one.path === null
      ? `${one.title}: not on this machine${
        isSetUp(one) || one.state === "stale" ? paint.unsure(", but set up") : ""
      }`
      : `${one.title} ${one.version ?? "?"}: ${stateText(one, paint)}`;
    const path = one.path === null ? "" : printable(short(one.path, style.home));
    const fits = visible(start) + visible(facts) + path.length + 2 <= style.columns;
    return [
      `${start}${facts}${fits && path !== "" ? `  ${paint.dim(path)}` : ""}`,
      ...(fits || path === "" ? [] : [`${" ".repeat(width + 4)}${paint.dim(path)}`]),
      ...(one.problem === null
        ? []
        : indented(printable(one.problem), width + 4, style).map(paint.unsure)),
    ];
  });
  return `${paint.strong("Hosts")}\n${lines.join("\n")}\n`;
}

function stateText(host: HostView, paint: Palette): string {
  const words = STATE_WORDS[host.state];
  if (host.state === "current") return paint.good(words);
  return host.state === "absent" ? words : paint.unsure(words);
}

/** What would be done, file by file, with a diff of what changes in files of others. */
export async function groupsText(
  groups: readonly FileGroup[],
  style: PlanStyle,
): Promise<string> {
  const texts: string[] = [];
  for (const group of groups) texts.push(await groupText(group, style));
  return texts.join("\n");
}

async function groupText(group: FileGroup, style: PlanStyle): Promise<string> {
  const paint = palette(style.color);
  const lines = [paint.strong(group.title)];
  for (const file of group.files) {
    lines.push(...fileLines(file, { style, paint }));
    lines.push(...(await contentLines(file, { style, paint })).map((line) => `      ${line}`));
  }
  for (const note of group.notes) lines.push(...noteLines(note, { style, paint }));
  return `${lines.join("\n")}\n`;
}

interface Look {
  style: PlanStyle;
  paint: Palette;
}

const LONGEST_ACTION = "create".length;

function fileLines(file: PlannedFile, { style, paint }: Look): string[] {
  const { action } = file;
  const word = action.padEnd(LONGEST_ACTION);
  const painted = action === "same"
    ? paint.dim(word)
    : action === "kept"
    ? paint.unsure(word)
    : paint.strong(word);
  const path = printable(short(file.path, style.home));
  const what = `${shortWhat(file)}${countText(file)}`;
  const start = `  ${painted}  ${path}`;
  const lines = visible(start) + what.length + 2 <= style.columns
    ? [`${start}  ${paint.dim(what)}`]
    : [start, ...indented(what, LONGEST_ACTION + 4, style).map(paint.dim)];
  const note = file.note === undefined
    ? []
    : indented(printable(file.note), LONGEST_ACTION + 4, style).map(paint.unsure);
  return [...lines, ...note];
}

/** A name that stands in the path is not said twice. */
function shortWhat({ what, path }: PlannedFile): string {
  return what.replace(/ "([^"]+)"$/, (all, name) => path.includes(`/${name}/`) ? "" : all);
}

function countText({ action, before, after }: PlannedFile): string {
  if (action === "create" && after) return `, ${counted(linesOf(after).length, "line")}`;
  if (action === "remove" && before) return `, ${counted(linesOf(before).length, "line")}`;
  return "";
}

async function contentLines(file: PlannedFile, { style, paint }: Look): Promise<string[]> {
  const { action, before, after } = file;
  const look = { paint, redact: style.redact, columns: Math.max(30, style.columns - 6) };
  if (action === "create" && after && linesOf(after).length <= SHOWN_LINES) {
    return await diffLines("", after, look);
  }
  if (action !== "change" || typeof before !== "string" || typeof after !== "string") return [];
  return await diffLines(before, after, look);
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** A note of a host, on as many lines as it needs. */
function noteLines(note: string, { style, paint }: Look): string[] {
  const [first = "", ...rest] = wrap(printable(note), Math.max(30, style.columns - 10));
  return [
    `  ${paint.unsure("note".padEnd(LONGEST_ACTION))}  ${first}`,
    ...rest.map((line) => `${" ".repeat(LONGEST_ACTION + 4)}${line}`),
  ];
}

function indented(text: string, indent: number, style: PlanStyle): string[] {
  return wrap(text, Math.max(20, style.columns - indent))
    .map((line) => `${" ".repeat(indent)}${line}`);
}

/** A path for people: `~` for the home folder. */
export function short(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
