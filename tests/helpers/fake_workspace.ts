import { dirname, join } from "@std/path";
import type { ChangedPath, CheckoutOptions, TreeFile } from "../../lib/workspace/run_workspace.ts";
import type { CheckWorkspace } from "../../lib/checks/put_back.ts";
import type { OutsideLink } from "../../lib/kernel/outside_link.ts";

/** A file of a made-up tree: its text, or a link, or a text with a mode. */
export type FakeFile = string | { link: string } | { text: string; mode: number };
export type FakeFiles = Readonly<Record<string, FakeFile>>;

/**
 * A workspace without git: trees are maps of files, checkouts are real folders on disk. One folder
 * a purpose, wiped and made again at each checkout, as the real one gives a clean one; where the
 * caller marked it, the folder `ignored` stays.
 */
export class FakeWorkspace implements CheckWorkspace {
  readonly #trees = new Map<string, FakeFiles>();
  /** What each folder was marked with. */
  readonly #kept = new Map<string, string>();
  /** Every checkout that was made: "purpose tree". */
  readonly made: string[] = [];
  /** Checkouts that were not released. */
  held = 0;

  constructor(readonly folder: string) {}

  /** The same files give the same id. */
  tree(files: FakeFiles): string {
    const text = JSON.stringify(Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1));
    for (const [id, known] of this.#trees) {
      if (JSON.stringify(Object.entries(known).sort(([a], [b]) => a < b ? -1 : 1)) === text) {
        return id;
      }
    }
    const id = (this.#trees.size + 1).toString(16).padStart(40, "0");
    this.#trees.set(id, files);
    return id;
  }

  async checkout(tree: string, purpose: string, options: CheckoutOptions = {}) {
    this.made.push(`${purpose} ${tree}`);
    this.held++;
    const path = join(this.folder, purpose);
    const prepared = options.keep !== undefined && this.#kept.get(path) === options.keep;
    if (!prepared) {
      this.#kept.delete(path);
      await Deno.remove(path, { recursive: true }).catch(() => {});
    }
    await Deno.mkdir(path, { recursive: true });
    for await (const { name } of Deno.readDir(path)) {
      if (name !== "ignored") await Deno.remove(join(path, name), { recursive: true });
    }
    await writeFakeFiles(path, this.#files(tree));
    return {
      path,
      prepared,
      keep: async (given: (path: string) => boolean = () => false) => {
        const files = this.#files(tree);
        for await (const file of filesIn(path)) {
          if (!(file in files) && !file.startsWith("ignored/") && !given(file)) return;
        }
        if (options.keep !== undefined) this.#kept.set(path, options.keep);
      },
      release: () => {
        this.held--;
        return Promise.resolve();
      },
    };
  }

  listEntries(tree: string): Promise<TreeFile[]> {
    return Promise.resolve(
      Object.entries(this.#files(tree)).map(([path, file]) => ({
        path,
        kind: isLink(file) ? "link" : "file",
        id: JSON.stringify(file),
      })),
    );
  }

  changed(from: string, to: string): Promise<ChangedPath[]> {
    const before = this.#files(from);
    const after = this.#files(to);
    const changed: ChangedPath[] = [];
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [before[path], after[path]];
      if (was === undefined) changed.push({ path, kind: "added" });
      else if (is === undefined) changed.push({ path, kind: "deleted" });
      else if (isLink(was) !== isLink(is)) changed.push({ path, kind: "type" });
      else if (JSON.stringify(was) !== JSON.stringify(is)) changed.push({ path, kind: "modified" });
    }
    return Promise.resolve(changed);
  }

  /** Links to a place that is named from the root, or from above. */
  async outsideLinks(from: string, to: string): Promise<OutsideLink[]> {
    const files = this.#files(to);
    return (await this.changed(from, to)).flatMap(({ path }) => {
      const file = files[path];
      const target = file !== undefined && isLink(file) ? (file as { link: string }).link : "";
      return /^(?:\/|\.\.\/)/.test(target) ? [{ path, target }] : [];
    });
  }

  #files(tree: string): FakeFiles {
    const files = this.#trees.get(tree);
    if (!files) throw new Error(`No such tree: ${tree}`);
    return files;
  }
}

/** Writes files below a folder. */
export async function writeFakeFiles(folder: string, files: FakeFiles): Promise<void> {
  for (const [path, file] of Object.entries(files)) {
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    if (typeof file === "string") await Deno.writeTextFile(target, file);
    else if ("link" in file) await Deno.symlink(file.link, target);
    else {
      await Deno.writeTextFile(target, file.text);
      await Deno.chmod(target, file.mode);
    }
  }
}

/** Paths of all files below a folder. */
async function* filesIn(folder: string, below = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    if (isDirectory) yield* filesIn(folder, `${below}${name}/`);
    else yield `${below}${name}`;
  }
}

function isLink(file: FakeFile): boolean {
  return typeof file !== "string" && "link" in file;
}
