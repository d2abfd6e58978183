import { sha256 } from "../kernel/digest.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import {
  type FileFormat,
  hostPlaces,
  type Placement,
  type RuntimeDefinition,
} from "../runtimes/mod.ts";
import { renderSkill } from "../skills/render_skill.ts";
import type { Change } from "./edit/change.ts";
import { decodeText } from "./edit/decode_text.ts";
import { edit, readEntry } from "./edit/edit.ts";
import { type EditProblem, problemError } from "./edit/edit_problem.ts";
import { ownerOf } from "./edit/launcher.ts";
import { findBlock, removeBlock } from "./edit/markdown_block.ts";
import { isPlainList } from "./edit/plain.ts";
import { findFormerFiles } from "./former_files.ts";
import { stampOf } from "./original_file.ts";
import { saysNothing } from "./says_nothing.ts";
import type { PlannedFile, SetupAround } from "./setup_plan.ts";
import type { FileChange } from "./write/file_change.ts";
import { lstatIfAny } from "./write/file_trouble.ts";
import { readTarget, type Target } from "./write/target.ts";

/** What of ours lies in a host's files though no receipt says so, and how it would go. */
export interface Leftovers {
  /** Id of the host. */
  id: string;
  files: readonly PlannedFile[];
  changes: readonly FileChange[];
  /** Folders that go where they are empty afterwards. */
  emptied: readonly string[];
  /** Folders that were ours alone, and must be no links. */
  ours: readonly string[];
  /** What could not be looked at; it may hold something of ours. */
  notes: readonly string[];
  problems: readonly OuroborosError[];
}

type Around = Pick<SetupAround, "home" | "variable" | "launcher" | "bundles" | "version">;

/** Note of what the Python original left. */
const EARLIER = "left by an earlier installer";

/** Note of what this program wrote and no receipt knows. */
const UNRECORDED = "no receipt";

/**
 * Finds what is ours without a receipt, on machines that the Python original was set up on, or
 * whose receipt is lost. Told by shape, never by a name alone: an entry by the program that it
 * starts, a skill by its version stamp, the original's files by what stands in them. What cannot
 * be edited is a problem only where a file names us. `force`: also skills that somebody changed.
 */
export async function findLeftovers(
  around: Around,
  definition: RuntimeDefinition,
  force: boolean,
): Promise<Leftovers> {
  const { id, placement } = definition;
  const search = new Search(around, { ...definition, placement: placement! }, force);
  if (placement) await search.all();
  return { id, ...search.found };
}

/** Collects what is found in one host's files. */
class Search {
  readonly found = {
    files: [] as PlannedFile[],
    changes: [] as FileChange[],
    emptied: [] as string[],
    ours: [] as string[],
    notes: [] as string[],
    problems: [] as OuroborosError[],
  };
  readonly #placement: Placement;
  readonly #home: string;
  readonly #skills: string;

  constructor(
    readonly around: Around,
    readonly host: RuntimeDefinition & { placement: Placement },
    readonly force: boolean,
  ) {
    this.#placement = host.placement;
    const places = hostPlaces(host.placement, around);
    this.#home = places.home;
    this.#skills = places.skills;
  }

  async all(): Promise<void> {
    const { mcp, former } = this.#placement;
    const { items = [], entries, blocks } = former;
    const files = hostPlaces(this.#placement, this.around).mcp.map((path) => ({
      path,
      format: mcp.format,
      keyPath: mcp.keyPath,
      items,
    }));
    const others = entries.map((one) => ({ ...one, path: `${this.#home}/${one.file}`, items: [] }));
    for (const one of [...files, ...others]) await this.#entry(one);
    for (const one of blocks) await this.#block(one);
    await this.#skillFiles();
    await this.#formerFiles();
  }

  /** An entry that starts us, with what the original put beside it. */
  async #entry(
    { path, format, keyPath, items }: {
      path: string;
      format: FileFormat;
      keyPath: readonly string[];
      items: NonNullable<Placement["former"]["items"]>;
    },
  ): Promise<void> {
    const name = keyPath.at(-1)!;
    const read = await this.#read(path, name);
    if (!read) return;
    const entry = readEntry(format, read.text, keyPath);
    if (!entry.ok) return this.#problem(path, entry.problem);
    const what = `MCP server "${name}"`;
    const owner = entry.state === "present" ? ownerOf(entry.value, this.around.launcher) : "none";
    const listed = items.flatMap((one) => listedBy(format, read.text, one));
    const changes: Change[] = listed.map(({ keyPath, item }) => ({
      op: "remove_item",
      path: keyPath,
      item,
    }));
    if (owner === "user") {
      this.found.notes.push(`${what} in "${path}" starts something else: it is yours and stays`);
    } else if (owner !== "none") {
      changes.unshift({ op: "remove", path: keyPath, emptyParents: keyPath.length - 1 });
    }
    if (changes.length === 0) return;
    const result = edit(format, read.text, changes);
    if (!result.ok) return this.#problem(path, result.problem);
    const nothing = saysNothing(format, result.text);
    this.#change(path, read, nothing ? null : result.text, {
      what,
      note: owner === "ours" ? UNRECORDED : EARLIER,
    });
  }

  async #block({ file, start, end }: Placement["former"]["blocks"][number]): Promise<void> {
    const path = `${this.#home}/${file}`;
    const read = await this.#read(path, start);
    if (!read) return;
    const found = findBlock(read.text, { start, end });
    if (!found.ok) return this.#problem(path, found.problem);
    if (!found.block) return;
    const result = removeBlock(read.text, { start, end });
    if (!result.ok) return this.#problem(path, result.problem);
    const after = result.text.trim() === "" ? null : result.text;
    this.#change(path, read, after, { what: "instructions", note: EARLIER });
  }

  /** Bundles that this program rendered. */
  async #skillFiles(): Promise<void> {
    const { prefix } = this.#placement.skills;
    for (const folder of await this.#folders(this.#skills)) {
      if (!folder.startsWith(prefix) || prefix === folder) continue;
      const path = `${this.#skills}/${folder}`;
      const main = await this.#target(`${path}/SKILL.md`);
      const stamp = main?.bytes ? stampOf(main.bytes, folder) : undefined;
      if (!main?.bytes || stamp === undefined) continue;
      const name = folder.slice(prefix.length);
      const what = `skill "${folder}"`;
      if (!this.force && !this.#isAsRendered(name, stamp, main.bytes)) {
        const note = "it was changed since it was installed: it stays without --force";
        this.found.files.push({ path: `${path}/SKILL.md`, action: "kept", what, note });
        continue;
      }
      this.#remove(`${path}/SKILL.md`, main, { what, note: UNRECORDED });
      for (const file of this.around.bundles.find((one) => one.name === name)?.files ?? []) {
        if (file.path === "SKILL.md") continue;
        const target = await this.#target(`${path}/${file.path}`);
        if (target?.digest === file.digest) {
          this.#remove(`${path}/${file.path}`, target, { what, note: UNRECORDED });
        }
      }
      this.#empty(path, path);
    }
  }

  /** Of this version it is known what it must say; of another one its stamp has to do. */
  #isAsRendered(name: string, stamp: string, bytes: Uint8Array): boolean {
    const { bundles, version } = this.around;
    const bundle = bundles.find((one) => one.name === name);
    if (stamp !== version || !bundle?.result.ok) return true;
    const { text } = renderSkill(bundle.result.skill, {
      title: this.host.title,
      prefix: this.#placement.skills.prefix,
      guidance: this.host.guidance,
      bundles: bundles.filter((one) => one.result.ok).map((one) => one.name),
      version,
    });
    return sha256(new TextEncoder().encode(text)) === sha256(bytes);
  }

  async #formerFiles(): Promise<void> {
    const ours = new Set(this.found.files.map((one) => one.path));
    let found;
    try {
      found = await findFormerFiles({
        home: this.#home,
        paths: this.#placement.former.paths,
        prefix: this.#placement.skills.prefix,
        isOurs: (path) => ours.has(path),
      });
    } catch (thrown) {
      this.found.notes.push(`Not looked through: ${messageOf(thrown)}`);
      return;
    }
    for (const path of found.files) {
      const target = await this.#target(path);
      if (!target?.bytes) continue;
      this.#remove(path, target, { what: "file of the Python original", note: EARLIER });
      for (const top of this.#tops(path)) this.#empty(top, path.slice(0, path.lastIndexOf("/")));
    }
    for (const path of found.unknown) {
      this.found.notes.push(`"${path}" has a name like ours and is not known as ours: it stays`);
    }
  }

  /** The folders among `former.paths` that a file lies in: only those are the original's own. */
  #tops(file: string): string[] {
    return this.#placement.former.paths.flatMap((one) => {
      const depth = `${this.#home}/${one}`.split("/").length;
      const parts = file.split("/");
      const top = parts.slice(0, depth).join("/");
      const start = `${this.#home}/${one.replace(/\*$/, "")}`;
      const fits = one.endsWith("*") ? top.startsWith(start) : top === start;
      return fits && parts.length > depth ? [top] : [];
    });
  }

  /** A file's text where it names what is looked for; what cannot be read is only noted. */
  async #read(path: string, word: string): Promise<(Target & { text: string }) | undefined> {
    const target = await this.#target(path);
    if (!target?.bytes || !contains(target.bytes, word)) return undefined;
    const decoded = decodeText(target.bytes);
    if (decoded.ok) return { ...target, text: decoded.text };
    this.#problem(path, decoded.problem);
    return undefined;
  }

  async #target(path: string): Promise<Target | undefined> {
    try {
      return await readTarget(path);
    } catch (thrown) {
      // A link may lead to a file with an entry of ours: that is for its owner to say.
      this.found.notes.push(`Not looked into: ${messageOf(thrown)}`);
      return undefined;
    }
  }

  async #folders(path: string): Promise<string[]> {
    try {
      if (!(await Deno.stat(path)).isDirectory) return [];
      const entries = await Array.fromAsync(Deno.readDir(path));
      return entries.filter((entry) => entry.isDirectory).map((entry) => entry.name).sort();
    } catch (thrown) {
      if (await lstatIfAny(path).catch(() => true)) {
        this.found.notes.push(`Not looked through: ${messageOf(thrown)}`);
      }
      return [];
    }
  }

  #problem(path: string, problem: EditProblem): void {
    this.found.problems.push(problemError(path, problem));
  }

  #change(
    path: string,
    read: Target & { text: string },
    after: string | null,
    words: { what: string; note: string },
  ): void {
    const action = after === null ? "remove" : "change";
    this.found.files.push({ path, action, ...words, before: read.text, after });
    const bytes = after === null ? null : new TextEncoder().encode(after);
    this.found.changes.push({ path, before: read.digest, after: bytes });
  }

  #remove(path: string, target: Target, words: { what: string; note: string }): void {
    const decoded = decodeText(target.bytes!);
    const texts = decoded.ok ? { before: decoded.text, after: null } : {};
    this.found.files.push({ path, action: "remove", ...words, ...texts });
    this.found.changes.push({ path, before: target.digest, after: null });
    this.found.ours.push(path.slice(0, path.lastIndexOf("/")));
  }

  /** All folders from the innermost up to the top one. */
  #empty(top: string, innermost: string): void {
    for (let at = innermost; at.length >= top.length; at = at.slice(0, at.lastIndexOf("/"))) {
      if (!this.found.emptied.includes(at)) this.found.emptied.push(at);
    }
  }
}

function listedBy(
  format: FileFormat,
  text: string,
  { keyPath, ending }: NonNullable<Placement["former"]["items"]>[number],
): { keyPath: readonly string[]; item: string }[] {
  const entry = readEntry(format, text, keyPath);
  if (!entry.ok || entry.state !== "present" || !isPlainList(entry.value)) return [];
  return entry.value.flatMap((item) =>
    typeof item === "string" && item.endsWith(ending) ? [{ keyPath, item }] : []
  );
}

/** Whether the bytes hold a word; files of a host that never heard of us need no reading. */
function contains(bytes: Uint8Array, word: string): boolean {
  return new TextDecoder().decode(bytes).includes(word);
}
