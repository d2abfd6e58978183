import { z } from "zod";
import { defineTool } from "../tool.ts";

/** What runs depend on, as it looks from inside of the host; changes nothing. */
export const doctorTool = defineTool({
  name: "ouroboros_doctor",
  title: "Examine this machine",
  description:
    "Says whether runs can be made here: git, agents and their sign-in, paths, names of " +
    "variables. Call it when a run cannot start.",
  input: z.strictObject({}),
  output: z.object({
    version: z.string(),
    ready: z.boolean(),
    sections: z.array(z.object({
      title: z.string(),
      findings: z.array(z.object({
        level: z.string(),
        text: z.string(),
        hint: z.string().optional(),
      })),
    })),
  }),
  class: "query",
  traits: { idempotent: true, openWorld: false },
  limitMs: 20_000,
  async run(app) {
    const { doctor } = await import("../../app/doctor.ts");
    return await doctor(app);
  },
  text: ({ version, ready, sections }) =>
    [
      `Ouroboros ${version}: ${ready ? "runs can be made" : "runs cannot be made yet"}`,
      ...sections.flatMap(({ title, findings }) => [
        title,
        ...findings.map(({ level, text, hint }) =>
          `- ${level === "ok" ? "" : `${level}: `}${text}${hint === undefined ? "" : `. ${hint}`}`
        ),
      ]),
    ].join("\n"),
});
