import { basename, dirname, join, resolve } from "@std/path";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { sha256 } from "../../kernel/digest.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { newId } from "../../kernel/id.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { writeWhole } from "../../workspace/write_whole.ts";
import type { App } from "../app.ts";
import { realPath } from "../find_run.ts";
import { requireHome } from "../require_home.ts";
import { readSeedFile } from "../validate_seed.ts";
import { editorOf, openEditor } from "./open_editor.ts";
import { renamedSeed } from "./renamed_seed.ts";
import { seedDoubts } from "./seed_doubts.ts";
import { seedPath } from "./seed_path.ts";
import { SEED_FILE, seedsFolder } from "./stored_seeds.ts";

/** What became of an edited seed. */
export interface EditedSeed {
  /** `frozen`: a new seed, beside the one that it was made from; `saved`: the file itself. */
  change: "unchanged" | "saved" | "frozen";
  id: string;
  path: string;
  /** Id of the seed that a new one was made from. */
  from: string | null;
}

/** How a person is talked to while a seed is edited. */
export interface EditHooks {
  /** Told what is wrong with the text; true: it is opened again. */
  again(problem: OuroborosError): Promise<boolean>;
  /**
   * Told what the text brings that lets it decide less than it seems to, of which the seed before had
   * nothing; for one that is frozen the answer says whether it is taken all the same.
   */
  doubts(doubts: readonly string[], frozen: boolean): Promise<boolean>;
  /** A text that was kept from before is gone on with. */
  kept(path: string): void;
}

/** One edit, from the file to the text. */
interface Edit {
  editor: string;
  cwd: string;
  /** As it was named. */
  word: string;
  /** The file that is opened. */
  copy: string;
  before: Uint8Array;
  hooks: EditHooks;
}

/**
 * Has a copy of a seed edited and takes it when it is valid. A frozen seed stays as it is: what was
 * made of it is frozen under an id of its own and names it. Any other file is written back. What
 * cannot be taken is kept, and gone on with the next time. Errors: those of {@link seedPath},
 * program_missing (no editor), cancelled (by the editor), seed_invalid and seed_too_large (with the
 * place of each problem), needs_input (nobody said yes to what is doubtful), conflict (the file was
 * changed meanwhile), not_writable.
 */
export async function editSeed(app: App, word: string, hooks: EditHooks): Promise<EditedSeed> {
  await requireHome(app);
  const named = await seedPath(app, word);
  const before = await readSeedFile(app.cwd, named);
  const path = await realPath(resolve(app.cwd, named));
  const editor = editorOf(app);
  if (editor === undefined) throw noEditor(path, word);
  const copy = await copyOf(app, path, { before, hooks });
  const edit = { editor, cwd: app.cwd, word, copy, before, hooks };
  const text = await editedText(edit);
  if (text === undefined) {
    await Deno.remove(copy);
    return { change: "unchanged", id: idOf(path), path, from: null };
  }
  const frozen = dirname(path) === await realPath(seedsFolder(app));
  await settleDoubts(edit, text, frozen);
  const edited = frozen ? await freezeAnew(app, path, text) : await writeBack(path, text, edit);
  await Deno.remove(copy);
  return edited;
}

function noEditor(path: string, word: string): OuroborosError {
  return new OuroborosError({
    code: "program_missing",
    message: `Edit the seed "${path}": neither VISUAL nor EDITOR names an editor`,
    hint: `export EDITOR=nano, then: ${again(word)}`,
  });
}

/** The file that is edited: made of the seed, or left from an edit of these bytes that was not taken. */
async function copyOf(
  app: App,
  path: string,
  { before, hooks }: Pick<Edit, "before" | "hooks">,
): Promise<string> {
  const folder = join(seedsFolder(app), "edits");
  const [, ending = "yaml"] = /\.(\w+)$/.exec(path) ?? [];
  const digest = sha256(`${path}\n${sha256(before)}`);
  const copy = join(folder, `${idOf(path)}-${digest.slice(0, 8)}.${ending}`);
  if (await Deno.lstat(copy).then(() => true, () => false)) {
    hooks.kept(copy);
    return copy;
  }
  await writing(copy, async () => {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    await Deno.writeFile(copy, before, { createNew: true, mode: 0o600 });
  });
  return copy;
}

/** A valid text; undefined where nothing was changed. */
async function editedText(edit: Edit): Promise<string | undefined> {
  const { copy, before, hooks } = edit;
  while (true) {
    try {
      await openEditor(edit.editor, copy, edit.cwd);
    } catch (error) {
      throw await kept(error, edit);
    }
    try {
      const bytes = await readSeedFile("/", copy);
      if (sameBytes(bytes, before)) return undefined;
      return loadSeed(bytes, { name: copy }).source;
    } catch (error) {
      if (!(error instanceof OuroborosError)) throw error;
      if (!await hooks.again(error)) throw await kept(error, edit);
    }
  }
}

/** Has a person say yes to what a text brings that `seed validate` warns of. */
async function settleDoubts(edit: Edit, text: string, frozen: boolean): Promise<void> {
  const { before, copy, hooks, word } = edit;
  const known = new Set(seedDoubts(before, word));
  const doubts = seedDoubts(new TextEncoder().encode(text), copy).filter((one) => !known.has(one));
  if (doubts.length === 0 || await hooks.doubts(doubts, frozen) || !frozen) return;
  throw new OuroborosError({
    code: "needs_input",
    message: `Freeze what was made of "${word}": ${doubts.join("; ")}`,
    hint: `Your text is kept in "${copy}"; to go on: ${again(word)}, or as it is: ${
      again(word)
    } --yes`,
  });
}

/** An error with the way back to the text: nobody has to type it twice. */
async function kept(error: unknown, { copy, word, before }: Edit): Promise<unknown> {
  if (!(error instanceof OuroborosError)) return error;
  if (await isSame(copy, before)) {
    await Deno.remove(copy);
    return error;
  }
  const { code, message, cause } = error;
  if (!await Deno.lstat(copy).then(() => true, () => false)) {
    const gone = `The editor took its file away, so that nothing is kept; again: ${again(word)}`;
    return new OuroborosError({ code, message, hint: gone, cause });
  }
  const hint = `Your text is kept in "${copy}"; to go on: ${again(word)}`;
  return new OuroborosError({ code, message, hint, cause });
}

/** The same command, as it is to be typed. */
function again(word: string): string {
  return `ouroboros seed edit ${shellWord(word)}`;
}

async function isSame(copy: string, before: Uint8Array): Promise<boolean> {
  // A file that somebody took away is not the same.
  const bytes = await Deno.readFile(copy).catch(() => undefined);
  return bytes !== undefined && sameBytes(bytes, before);
}

async function freezeAnew(app: App, path: string, text: string): Promise<EditedSeed> {
  const id = newId("seed", app.clock.now(), app.random);
  const from = idOf(path);
  const target = join(seedsFolder(app), `${id}.yaml`);
  await writing(target, () => writeWhole(target, renamedSeed(text, { id, from })));
  return { change: "frozen", id, path: target, from };
}

async function writeBack(
  path: string,
  text: string,
  { before, copy }: Edit,
): Promise<EditedSeed> {
  if (!await isSame(path, before)) {
    throw new OuroborosError({
      code: "conflict",
      message: `Write the seed "${path}": it was changed while it was edited`,
      hint: `Your text is kept in "${copy}"`,
    });
  }
  const { mode } = await Deno.stat(path);
  await writing(path, () => writeWhole(path, text, { mode: (mode ?? 0o644) & 0o777 }));
  const { seed } = loadSeed(new TextEncoder().encode(text), { name: path });
  return { change: "saved", id: seed.id, path, from: null };
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the seed "${path}": ${messageOf(cause)}`,
      hint: `ls -ld "${dirname(path)}"`,
      cause,
    });
  }
}

function idOf(path: string): string {
  const name = basename(path);
  return SEED_FILE.exec(name)?.[1] ?? name;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
