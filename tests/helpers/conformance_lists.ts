import {
  acceptedContent,
  completable,
  inputRequired,
  type McpServer,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { form, PNG } from "./conformance_tools.ts";

const words = (text: string) => ({ role: "user", content: { type: "text", text } }) as const;

/** The prompts that the official suite asks for by name. */
export function conformancePrompts(server: McpServer): void {
  const prompt = (name: string) => ({ description: `A scenario's prompt: ${name}` });

  server.registerPrompt("test_simple_prompt", prompt("simple"), () => ({
    messages: [words("This is a simple prompt for testing.")],
  }));

  const argument = completable(
    z.string(),
    (begun) => ["paris", "park", "party"].filter((one) => one.startsWith(begun)),
  );
  server.registerPrompt("test_prompt_with_arguments", {
    ...prompt("arguments"),
    argsSchema: z.object({ arg1: argument, arg2: z.string() }),
  }, ({ arg1, arg2 }) => ({
    messages: [words(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
  }));

  server.registerPrompt("test_prompt_with_embedded_resource", {
    ...prompt("embedded resource"),
    argsSchema: z.object({ resourceUri: z.string() }),
  }, ({ resourceUri }) => ({
    messages: [
      {
        role: "user",
        content: {
          type: "resource",
          resource: {
            uri: resourceUri,
            mimeType: "text/plain",
            text: "Embedded resource content for testing.",
          },
        },
      },
      words("Please process the embedded resource above."),
    ],
  }));

  server.registerPrompt("test_prompt_with_image", prompt("image"), () => ({
    messages: [
      { role: "user", content: { type: "image", data: PNG, mimeType: "image/png" } },
      words("Please analyze the image above."),
    ],
  }));

  server.registerPrompt("test_input_required_result_prompt", prompt("question"), ({ mcpReq }) => {
    const given = acceptedContent(
      mcpReq.inputResponses,
      "user_context",
      z.object({ context: z.string() }),
    );
    if (given !== undefined) return { messages: [words(given.context)] };
    const user_context = form("What context should the prompt use?", "context");
    return inputRequired({ inputRequests: { user_context } });
  });
}

/** The resources that the official suite reads by name. */
export function conformanceResources(server: McpServer): void {
  const resource = (
    name: string,
    mimeType: string,
    contents: { text: string } | { blob: string },
  ) => {
    const uri = `test://${name}`;
    const about = { description: `A scenario's resource: ${name}`, mimeType };
    server.registerResource(
      name,
      uri,
      about,
      () => ({ contents: [{ uri, mimeType, ...contents }] }),
    );
  };
  const text = "This is the content of the static text resource.";
  resource("static-text", "text/plain", { text });
  resource("static-binary", "image/png", { blob: PNG });
  resource("watched-resource", "text/plain", { text: "Watched resource content" });

  server.registerResource(
    "template",
    new ResourceTemplate("test://template/{id}/data", { list: undefined }),
    { description: "A scenario's template", mimeType: "application/json" },
    (uri, { id }) => ({
      contents: [{
        uri: uri.href,
        mimeType: "application/json",
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
      }],
    }),
  );

  server.server.registerCapabilities({ logging: {}, resources: { subscribe: true } });
  for (const method of ["resources/subscribe", "resources/unsubscribe"] as const) {
    server.server.setRequestHandler(method, () => ({}));
  }
}
