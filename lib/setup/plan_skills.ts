import { messageOf, OuroborosError } from "../kernel/error.ts";
import { renderSkill } from "../skills/render_skill.ts";
import type { SkillBundle } from "../skills/skills.ts";
import type { HostWork } from "./host_work.ts";
import { stampOf } from "./original_file.ts";
import type { SetupAround } from "./setup_plan.ts";
import { type FolderResult, planFolder } from "./write/plan_folder.ts";
import { assertOwnFolders } from "./write/target.ts";

/** One file of the bundles, relative to the host's folder of skills. */
interface WantedFile {
  path: string;
  bytes: Uint8Array;
  mode?: number;
}

/**
 * Plans the bundles as the host loads them: rendered for it, under its names, whatever else lies in
 * their folders as it is. Bundles of ours that are no longer shipped go. `former`: files that the
 * Python original is known to have written.
 */
export async function planSkills(work: HostWork, former: ReadonlySet<string>): Promise<void> {
  const { draft, part, places } = work;
  const wanted = await wantedFiles(work);
  const installed = part?.files ?? [];
  const known = new Set(installed.map((file) => file.path));
  const folders = [...new Set(wanted.map((file) => `${places.skills}/${bundleOf(file.path)}`))];
  work.ours.push(...folders);
  const result = await draft.problems.attempt(async () => {
    await assertOwnFolders(folders);
    // One by one first: a folder's plan ends at the first file that it cannot read.
    const files = await Promise.all(
      wanted.map(({ path }) => draft.file(`${places.skills}/${path}`)),
    );
    if (files.includes(undefined)) return undefined;
    return await planFolder({
      folder: places.skills,
      wanted,
      installed,
      isFormer: (path, bytes) =>
        !known.has(path) && (former.has(path) || stampOf(bytes, folderOf(path)) !== undefined),
    });
  });
  if (result === undefined) return;
  await takeOver(work, result, former);
  for (const path of result.kept) keep(work, path, known.has(path));
  const isElsewhere = ({ path }: { path: string }) => !path.startsWith(`${places.skills}/`);
  work.installed = [
    ...result.files,
    // What somebody changed is still known, so that it is never taken for a stranger's.
    ...installed.filter((file) => result.kept.includes(file.path) || isElsewhere(file)),
  ].sort((a, b) => a.path < b.path ? -1 : 1);
  const elsewhere = installed.find(isElsewhere);
  if (elsewhere) {
    work.notes.push(`Skills of an earlier setup stay in another place, as "${elsewhere.path}"`);
  }
}

async function takeOver(
  work: HostWork,
  result: FolderResult,
  former: ReadonlySet<string>,
): Promise<void> {
  const { draft, places } = work;
  const changed = new Map(result.changes.map((change) => [change.path, change]));
  for (const { path } of result.files) {
    const change = changed.get(path);
    if (change?.before !== null) work.present = true;
    if (change && change.before !== null && former.has(path)) {
      work.removed.push({ path, at: work.around.at });
    }
    if (change) await draft.put(path, change.after, change.mode);
    work.files.push({ path, what: whatOf(work, path) });
  }
  for (const { path } of result.changes.filter((change) => change.after === null)) {
    work.present = true;
    await draft.put(path, null);
    work.files.push({ path, what: `${whatOf(work, path)} of an earlier version` });
  }
  // The folder of all skills is the host's own.
  work.emptied.push(...result.emptied.filter((folder) => folder.startsWith(`${places.skills}/`)));
}

function keep(work: HostWork, path: string, isOurs: boolean): void {
  if (isOurs) work.present = true;
  else work.lacking = true;
  const note = isOurs
    ? "changed since it was installed: it stays as it is"
    : `not ours: to have it replaced, move it away: mv "${path}" "${path}.old"`;
  work.files.push({ path, what: whatOf(work, path), kept: true, note });
}

function bundleOf(path: string): string {
  return path.split("/", 1)[0]!;
}

function folderOf(path: string): string {
  return path.split("/").at(-2) ?? "";
}

function whatOf({ places }: HostWork, path: string): string {
  return `skill "${bundleOf(path.slice(places.skills.length + 1))}"`;
}

async function wantedFiles(work: HostWork): Promise<WantedFile[]> {
  const { around, definition, placement } = work;
  const valid = around.bundles.filter((bundle) => bundle.result.ok);
  for (const bundle of around.bundles.filter((one) => !one.result.ok)) {
    work.notes.push(`Skill "${bundle.name}" is broken and is left out`);
  }
  const host = {
    title: definition.title,
    prefix: placement.skills.prefix,
    guidance: definition.guidance,
    bundles: valid.map((bundle) => bundle.name),
    version: around.version,
  };
  const files = valid.map(async (bundle) => {
    if (!bundle.result.ok) return [];
    const { name, text } = renderSkill(bundle.result.skill, host);
    return [
      { path: `${name}/SKILL.md`, bytes: new TextEncoder().encode(text) },
      ...await furtherFiles(around, bundle, name),
    ];
  });
  return (await Promise.all(files)).flat();
}

/** Files of a bundle beside its `SKILL.md`, with what may be executed. */
async function furtherFiles(
  { bundlesDir }: SetupAround,
  bundle: SkillBundle,
  name: string,
): Promise<WantedFile[]> {
  const others = bundle.files.filter((file) => file.path !== "SKILL.md");
  return await Promise.all(others.map(async ({ path }) => {
    const source = `${bundlesDir}/${bundle.name}/${path}`;
    try {
      const [bytes, { mode }] = await Promise.all([Deno.readFile(source), Deno.stat(source)]);
      const executable = ((mode ?? 0) & 0o111) !== 0;
      return { path: `${name}/${path}`, bytes, ...(executable ? { mode: 0o755 } : {}) };
    } catch (cause) {
      throw new OuroborosError({
        code: "skill_invalid",
        message: `Read "${source}": ${messageOf(cause)}`,
        cause,
      });
    }
  }));
}
