import { join } from "@std/path";
import type { Placement } from "../../runtimes/mod.ts";
import { PROJECT_MARKERS } from "../../setup/project_section.ts";
import { isWithin } from "../find_run.ts";

/** How a host finds its instructions in a project. */
export type ProjectPlacement = Pick<
  Placement,
  "projectInstructions" | "projectOverride" | "projectImports"
>;

/**
 * The files of instructions that these hosts read in a project, each once: one that stands in place
 * of another where it is there, and none that takes another of them in, for a host would read the
 * same twice. One in which our section stands already goes on being ours.
 */
export async function projectFiles(
  project: string,
  placements: readonly ProjectPlacement[],
): Promise<string[]> {
  const read = await Promise.all(
    placements.map(async ({ projectInstructions, projectOverride, projectImports = false }) => {
      const own = await textOf(project, projectOverride);
      const name = own.trim() === "" ? projectInstructions : projectOverride;
      return name === undefined
        ? undefined
        : { name, imports: projectImports ? importsOf(await textOf(project, name)) : [] };
    }),
  );
  const found = read.filter((one) => one !== undefined);
  const names = found.filter((one) =>
    !found.some(({ name }) => name !== one.name && one.imports.includes(name))
  ).map(({ name }) => name);
  return await realFiles(project, names);
}

/** All files in which these hosts may find our section. */
export async function allProjectFiles(
  project: string,
  placements: readonly ProjectPlacement[],
): Promise<string[]> {
  const names = placements.flatMap((one) => [one.projectInstructions, one.projectOverride]);
  return await realFiles(project, names.filter((name) => name !== undefined));
}

/** What is no readable text takes nothing in; that it cannot be edited is told later. */
async function textOf(project: string, name: string | undefined): Promise<string> {
  if (name === undefined) return "";
  return await Deno.readTextFile(join(project, name)).catch(() => "");
}

/** Names that a text takes in beside it: `@AGENTS.md`, outside of code. */
function importsOf(text: string): string[] {
  if (text.includes(PROJECT_MARKERS.start)) return [];
  const prose = text.replaceAll(/^(`{3,}|~{3,})[^]*?(?:^\1|$(?![^]))/gm, "").replaceAll(
    /`[^`\n]*`/g,
    "",
  );
  return [...prose.matchAll(/(?<!\S)@(?:\.\/)?([\w.-]+)(?!\S)/g)].map(([, name = ""]) => name);
}

/** One that is a link to another file of the project, as of CLAUDE.md to AGENTS.md, is that file. */
async function realFiles(project: string, names: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const real = await Deno.realPath(join(project, name)).catch(() => undefined);
      return real !== undefined && isWithin(real, project) ? real : join(project, name);
    }),
  );
  return [...new Set(files)];
}
