import type { Persona } from "../skills/persona.ts";
import { listPersonas, readPersona } from "../skills/personas.ts";
import type { App } from "./app.ts";

/** What somebody is stuck with. */
export interface StuckWork {
  problem: string;
  /** What is being tried. */
  approach: string;
  /** What was tried and did not help. */
  failed: readonly string[];
  /** Name of a persona, or "all". */
  persona: string;
}

/** Personas to look at it with, and what to think through as each of them. */
export interface LateralView {
  personas: readonly Persona[];
  /** For the model that reads it: no other one is asked. */
  task: string;
}

/** Another look at a problem, as data for whoever thinks; calls no model. Errors: not_found. */
export async function thinkLaterally(
  app: Pick<App, "skillsDir">,
  work: StuckWork,
): Promise<LateralView> {
  const personas = work.persona === "all"
    ? await listPersonas(app.skillsDir)
    : [await readPersona(app.skillsDir, work.persona)];
  const who = personas.length === 1 ? `the ${personas[0]!.name}` : "each of them in turn";
  const tried = work.failed.length === 0
    ? ""
    : ` These did not help, so propose none of them again: ${work.failed.join("; ")}.`;
  return {
    personas,
    task: `Look at the problem as ${who}: "${work.problem}". It is being tried like this: ` +
      `"${work.approach}".${tried} Follow the approach step by step, answer the questions for ` +
      "this problem, and end with one other way that can be tried now and how it would show " +
      "that it works.",
  };
}
