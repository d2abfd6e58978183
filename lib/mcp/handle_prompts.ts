import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { nearestName } from "../kernel/nearest_name.ts";

/** Longer ones are no request, and a host pays for each character. */
const MOST_CHARS = 20_000;

/** One prompt a skill, for hosts that show prompts and no skills: its instructions, to be followed. */
export function handlePrompts({ server }: McpServer, app: App): void {
  server.registerCapabilities({ prompts: {} });
  const skills = async () => {
    const { listSkills } = await import("../app/list_skills.ts");
    return await listSkills(app);
  };
  server.setRequestHandler("prompts/list", async () => ({
    prompts: (await skills()).map(({ name, description }) => ({
      name,
      title: `Ouroboros: ${name}`,
      description,
      arguments: [{ name: "request", description: "What is wanted, in the user's words" }],
    })),
  }));
  server.setRequestHandler("prompts/get", async ({ params }) => {
    const { name, arguments: given = {} } = params;
    const names = (await skills()).map((one) => one.name);
    if (!names.includes(name)) throw unknownPrompt(name, names);
    const { readSkill } = await import("../app/read_skill.ts");
    const { description, body } = await readSkill(app, name);
    const request = given.request?.slice(0, MOST_CHARS).toWellFormed().trim() ?? "";
    const text = request === "" ? body : `${body}\n\nThe user asks: ${request}\n`;
    return { description, messages: [{ role: "user", content: { type: "text", text } }] };
  });
}

function unknownPrompt(name: string, names: readonly string[]): ProtocolError {
  const near = nearestName(name, names);
  const hint = near === undefined ? `One of ${names.join(", ")}` : `Did you mean ${near}?`;
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Get the prompt "${name}": there is none of that name. ${hint}`,
  );
}
