import { createSkills } from "../skills/skills.ts";
import type { App } from "./app.ts";

/** The instructions of one embedded bundle. Errors: not_found, skill_invalid. */
export async function readSkill(
  app: Pick<App, "skillsDir">,
  name: string,
): Promise<{ name: string; description: string; body: string }> {
  const { description, body } = await createSkills({ dir: app.skillsDir }).read(name);
  return { name, description, body };
}
