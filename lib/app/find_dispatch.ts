import { resolve } from "@std/path";
import { commandText } from "../skills/dispatch/command_text.ts";
import { type Dispatch, dispatch } from "../skills/dispatch/dispatch.ts";
import { skillIndex } from "../skills/dispatch/skill_index.ts";
import { createSkills } from "../skills/skills.ts";
import type { App } from "./app.ts";
import { ownSkillsDir } from "./own_skills_dir.ts";

/**
 * Which of our tools answers a prompt, by the bundles of this program and the user's own; ours come
 * first. Nothing is called.
 */
export async function findDispatch(app: App, prompt: string): Promise<Dispatch> {
  // A hook asks about every prompt of a host: most need no bundle to be read.
  if (commandText(prompt) === undefined) return { kind: "not_handled", reason: "not_a_command" };
  const dirs = [app.skillsDir, ownSkillsDir(app)];
  const bundles = await Promise.all(dirs.map((dir) => createSkills({ dir }).list()));
  return dispatch(prompt, skillIndex(bundles.flat()), {
    cwd: app.cwd,
    isFile: (path) => isFile(resolve(app.cwd, path)),
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    // Whatever keeps it from being looked at, it is no file whose name a person typed.
    return false;
  }
}
