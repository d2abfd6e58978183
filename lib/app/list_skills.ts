import { OuroborosError } from "../kernel/error.ts";
import { createSkills, type SkillFile } from "../skills/skills.ts";
import type { App } from "./app.ts";

/** One embedded bundle. */
export interface SkillView {
  name: string;
  description: string;
  files: readonly SkillFile[];
}

/** The bundles that are part of this program. Errors: skill_invalid (a defect of the build). */
export async function listSkills(app: App): Promise<SkillView[]> {
  const bundles = await createSkills({ dir: app.skillsDir }).list();
  if (bundles.length === 0) {
    throw new OuroborosError({
      code: "skill_invalid",
      message: `Read the embedded skills: there are none in "${app.skillsDir}"`,
    });
  }
  return bundles.map(({ name, files, result }) => {
    if (result.ok) return { name, description: result.skill.description, files };
    throw new OuroborosError({
      code: "skill_invalid",
      message: `Read the embedded skill "${name}": ${result.problem.detail}`,
    });
  });
}
