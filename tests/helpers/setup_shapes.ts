import { hostPlaces } from "../../lib/runtimes/mod.ts";
import { HOSTS } from "./setup_bench.ts";

/** A file that a set-up edits, and the words of that set-up. */
export interface ShapedFile {
  /** For people: whose file it is. */
  name: string;
  /** Id of the host that is set up. */
  host: string;
  args: readonly string[];
  /** Relative to the home. */
  path: string;
  format: "json" | "jsonc" | "toml" | "yaml";
  /** Key that holds our entry, and the entry's own. */
  parent: string;
  entry: string;
  /** What stands under `entry` is a list of many owners', not one entry of ours. */
  shared?: boolean;
}

/**
 * What a set-up makes of a shape. `done`: it succeeds, and uninstall gives the bytes back.
 * `refused`: exit 1, every file as it was, and a message. `kept`: the file stays as it is and is
 * named, whatever else is done. `either`: done or refused, both in the right way.
 */
export type Wanted = "done" | "refused" | "kept" | "either";

/** A text that a file may hold. */
export interface Shape {
  name: string;
  wanted: Wanted;
  bytes: Uint8Array;
  /** The message names these, beside the file. */
  names?: readonly string[];
}

/** The files of all hosts, the ones that approvals stand in, and our own. */
export const SHAPED_FILES: readonly ShapedFile[] = [
  ...HOSTS.flatMap(({ id, placement }) => {
    const places = hostPlaces(placement, { home: "", variable: () => undefined });
    const { format, keyPath: [parent = "", entry = ""] } = placement.mcp;
    const common = { host: id, format, args: [] };
    const file = { ...common, name: id, path: places.mcp[0]!.slice(1), parent, entry };
    if (places.approval === undefined) return [file];
    const [change] = placement.approval.approve(["TOOL"]);
    return [file, {
      ...common,
      name: `${id} approvals`,
      args: ["--approve-tools"],
      path: places.approval.slice(1),
      parent: change!.path[0]!,
      entry: change!.path[1]!,
      shared: true,
    }];
  }),
  {
    name: "our configuration",
    host: HOSTS[1]!.id,
    args: [],
    path: ".ouroboros/config.yaml",
    format: "yaml",
    parent: "orchestrator",
    entry: "runtime_backend",
  },
];

/** Every shape that a file's text can have. */
export function textShapes(file: ShapedFile): Shape[] {
  const { format, parent, entry } = file;
  const own = file.path.startsWith(".ouroboros/");
  const found: Shape[] = [];
  const add = (
    name: string,
    wanted: Wanted,
    text: string | Uint8Array | undefined,
    names?: readonly string[],
  ) => {
    if (text === undefined) return;
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    found.push({ name, wanted, bytes, ...(names ? { names } : {}) });
  };
  const plain = pair(format, "other", `"Größe"`);
  const like = (value: string) => pair(format, parent, value);
  const json = format === "json" || format === "jsonc";

  add("empty", "done", "");
  add("blank lines", "done", "\n\n");
  add("a comment alone", "done", json ? undefined : "# nothing yet\n");
  add("a comment alone", "either", format === "jsonc" ? "// nothing yet\n" : undefined);
  add("null", "done", format === "toml" ? undefined : "null\n");
  add("an empty mapping", "done", json ? "{}" : format === "yaml" ? "{}\n" : undefined);
  add("a text", "refused", format === "toml" ? undefined : `"a text"\n`);
  add("a number", "refused", format === "toml" ? undefined : "42\n");
  add("true", "refused", format === "toml" ? undefined : "true\n");
  add("an empty list", "refused", format === "toml" ? undefined : "[]\n");
  add("a list", "refused", format === "yaml" ? "- a\n- b\n" : json ? `["a", "b"]\n` : undefined);
  add("plain words", "refused", "these are words, not a file\n");

  add("the parent null", own ? "either" : "done", format === "toml" ? undefined : like("null"));
  add("the parent empty", "done", like("{}"));
  add("the parent an empty list", "refused", like("[]"), [parent]);
  add("the parent a list", "refused", like(`["a"]`), [parent]);
  add("the parent a text", "refused", like(`"a text"`), [parent]);
  add("the parent a number", "refused", like("7"), [parent]);
  add("the parent true", "refused", like("true"), [parent]);

  const theirs = file.shared || own ? "refused" : "kept";
  const inside = (value: string) => nested(format, parent, entry, value);
  add("the entry a text", own ? "either" : theirs, inside(`"a text"`), [entry]);
  add("the entry a number", theirs, inside("7"), [entry]);
  add("the entry a list", file.shared ? "done" : theirs, inside(`["a"]`), [entry]);
  add("the entry null", "either", format === "toml" ? undefined : inside("null"));
  add("the entry a mapping of theirs", theirs, inside(custom(format)), [entry]);
  add("the entry a mapping without a command", theirs, inside(noCommand(format)), [entry]);

  for (const [index, text] of broken(format).entries()) {
    add(`broken syntax ${index + 1}`, "refused", text);
  }
  for (const [index, text] of doubled(format, parent).entries()) {
    add(`a key twice ${index + 1}`, "refused", text);
  }
  const bytes = new TextEncoder().encode(plain);
  add("not UTF-8", "refused", new Uint8Array([...bytes, 0x23, 0xff, 0xfe, 0x0a]));
  add("Latin-1", "refused", Uint8Array.from(plain, (char) => char.charCodeAt(0)));
  add("UTF-16, little end first", "refused", utf16(plain, true));
  add("UTF-16, big end first", "refused", utf16(plain, false));
  add("NUL bytes", "refused", `\0\0\0\0${plain}`);
  add("a NUL byte at the end", "refused", `${plain}\0`);
  add("a byte order mark", "done", `\ufeff${plain}`);
  add("a byte order mark alone", "done", "\ufeff");
  add("CRLF", "done", plain.replaceAll("\n", "\r\n"));
  add("no line break at the end", "done", plain.trimEnd());
  add("5 MB", "refused", plain + filler(format, 5_000_000, plain));
  add("1 MB", "done", large(format, 1_000_000));
  return found;
}

function pair(format: ShapedFile["format"], key: string, value: string): string {
  if (format === "yaml") return `first: 1\n${key}: ${value}\nlast: 2\n`;
  if (format === "toml") return `first = 1\n${key} = ${value}\nlast = 2\n`;
  return `{\n  "first": 1,\n  "${key}": ${value},\n  "last": 2\n}\n`;
}

function nested(format: ShapedFile["format"], parent: string, key: string, value: string): string {
  if (format === "yaml") return `first: 1\n${parent}:\n  ${key}: ${value}\nlast: 2\n`;
  if (format === "toml") return `first = 1\n\n[${parent}]\n${key} = ${value}\n\n[last]\na = 2\n`;
  return `{\n  "first": 1,\n  "${parent}": {\n    "${key}": ${value}\n  },\n  "last": 2\n}\n`;
}

function custom(format: ShapedFile["format"]): string {
  if (format === "toml") return `{ command = "node", args = ["of-mine.js"] }`;
  if (format === "jsonc") return `{ "type": "local", "command": ["node", "of-mine.js"] }`;
  return `{ "command": "node", "args": ["of-mine.js"] }`;
}

function noCommand(format: ShapedFile["format"]): string {
  return format === "toml"
    ? `{ url = "https://example.com/" }`
    : `{ "url": "https://example.com/" }`;
}

function broken(format: ShapedFile["format"]): string[] {
  if (format === "yaml") {
    return [
      "a: [1, 2\nb: 3\n",
      "a: 1\n\tb: 2\n",
      `a: "no end\nb: 1\n`,
      "a: *nobody\n",
      "a: 1\n b: 2\n",
    ];
  }
  if (format === "toml") {
    return ["[a\nb = 1\n", "a = \n", `a = "no end\n`, "a = [1, 2\nb = 3\n", "= 1\n"];
  }
  return [`{"a": 1`, `{"a": }`, `{"a": "no end\n}`, `{"a": 1} {"b": 2}`, `{'a': 1}`];
}

function doubled(format: ShapedFile["format"], parent: string): string[] {
  if (format === "yaml") return ["a: 1\nb: 2\na: 3\n", `${parent}:\n  x: 1\n${parent}:\n  y: 2\n`];
  if (format === "toml") return ["a = 1\na = 2\n", `[${parent}]\nx = 1\n[${parent}]\ny = 2\n`];
  return [`{"${parent}": {}, "b": 1, "${parent}": {}}\n`];
}

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer((text.length + 1) * 2));
  [..."\ufeff", ...text].forEach((char, at) => view.setUint16(at * 2, char.charCodeAt(0), little));
  return new Uint8Array(view.buffer);
}

function filler(format: ShapedFile["format"], bytes: number, after: string): string {
  const line = format === "json" || format === "jsonc" ? " ".repeat(99) : `# ${"x".repeat(97)}`;
  return `${line}\n`.repeat(Math.ceil((bytes - after.length) / 100));
}

function large(format: ShapedFile["format"], bytes: number): string {
  const count = Math.ceil(bytes / 60);
  const keys = Array.from({ length: count }, (_, at) => `key_${String(at).padStart(8, "0")}`);
  const value = `"${"v".repeat(40)}"`;
  if (format === "yaml") return keys.map((key) => `${key}: ${value}\n`).join("");
  if (format === "toml") return keys.map((key) => `${key} = ${value}\n`).join("");
  return `{\n${keys.map((key) => `  "${key}": ${value}`).join(",\n")}\n}\n`;
}
