import { z } from "zod";
import { doctor } from "../../app/doctor.ts";
import { defineTool } from "../tool.ts";

/** What runs depend on, as it looks from inside of the host; changes nothing. */
export const doctorTool = defineTool({
  name: "ouroboros_doctor",
  title: "Examination of this machine",
  description:
    "Says whether Ouroboros can work here: git, the agent CLIs and their sign-in, paths, the " +
    "names of the variables that reach this server. Call it when a run cannot start. Takes a " +
    "few seconds; calls no model, changes nothing.",
  input: z.strictObject({}),
  output: z.object({
    version: z.string(),
    ready: z.boolean().describe("Whether runs can be made"),
    sections: z.array(z.object({
      title: z.string(),
      findings: z.array(z.object({
        level: z.enum(["ok", "note", "bad"]),
        text: z.string(),
        hint: z.string().optional(),
      })),
    })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 20_000,
  run: async (app) => ({ ...await doctor(app) }),
  text: (answer) => JSON.stringify(answer),
});
