import {
  acceptedContent,
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequest,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
  type ServerNotifier,
} from "@modelcontextprotocol/server";
import { z } from "zod";

/** One grey point. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

/** Eight kilohertz, no sound. */
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

/** What a tool of the conformance suite may give: an answer, or a question before it. */
type Answer = CallToolResult | ReturnType<typeof inputRequired>;

/** What tools need beside their call. */
export interface FixtureParts {
  /** Tells clients of 2026 that listen. */
  notify: ServerNotifier;
  /** Seals the state of a call of several rounds, as the program does. */
  seal(state: unknown, context: ServerContext): Promise<string>;
}

const text = (words: string): CallToolResult => ({ content: [{ type: "text", text: words }] });
const pause = () => new Promise((done) => setTimeout(done, 20));

/** The tools that the official suite calls by name, each as its scenario describes it. */
export function conformanceTools(server: McpServer, parts: FixtureParts): void {
  const tool = (
    name: string,
    run: (context: ServerContext, input: Record<string, string>) => Answer | Promise<Answer>,
    input: Record<string, z.ZodType> = {},
  ) =>
    server.registerTool(
      name,
      { description: `A scenario's tool: ${name}`, inputSchema: z.object(input) },
      (values, context) => run(context, values as Record<string, string>),
    );

  tool("test_simple_text", () => text("This is a simple text response for testing."));
  tool("test_image_content", () => ({
    content: [{ type: "image", data: PNG, mimeType: "image/png" }],
  }));
  tool("test_audio_content", () => ({
    content: [{ type: "audio", data: WAV, mimeType: "audio/wav" }],
  }));
  tool("test_embedded_resource", () => ({ content: [embedded("test://embedded-resource")] }));
  tool("test_multiple_content_types", () => ({
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", data: PNG, mimeType: "image/png" },
      embedded("test://mixed-content-resource"),
    ],
  }));
  tool("test_error_handling", () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  tool("test_tool_with_logging", async ({ mcpReq }) => {
    for (
      const line of ["Tool execution started", "Tool processing data", "Tool execution completed"]
    ) {
      await mcpReq.log("info", line);
      await pause();
    }
    return text("Logged");
  });
  tool("test_logging_tool", async ({ mcpReq }) => {
    await mcpReq.log("info", "Only for those who asked for it");
    return text("Logged, where it was asked for");
  });
  tool("test_tool_with_progress", async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        const params = { progressToken, progress, total: 100 };
        await mcpReq.notify({ method: "notifications/progress", params });
      }
      await pause();
    }
    return text("Done");
  });
  tool("test_trigger_tool_change", () => {
    parts.notify.toolsChanged();
    return text("Tools changed");
  });
  tool("test_trigger_prompt_change", () => {
    parts.notify.promptsChanged();
    return text("Prompts changed");
  });
  askInTheMiddle(tool);
  askBeforeTheAnswer(tool, parts);
}

type AddTool = (
  name: string,
  run: (context: ServerContext, input: Record<string, string>) => Answer | Promise<Answer>,
  input?: Record<string, z.ZodType>,
) => unknown;

function embedded(uri: string) {
  const resource = { uri, mimeType: "text/plain", text: "This is an embedded resource content." };
  return { type: "resource", resource } as const;
}

/** Tools of 2025: a request to the client within the call. */
function askInTheMiddle(tool: AddTool): void {
  tool("test_sampling", async ({ mcpReq }, { prompt = "" }) => {
    const { content } = await mcpReq.requestSampling({
      messages: [{ role: "user", content: { type: "text", text: prompt } }],
      maxTokens: 100,
    });
    return text(`LLM response: ${JSON.stringify(content)}`);
  }, { prompt: z.string() });

  const asks = (
    name: string,
    properties: Record<string, unknown>,
    options: { required?: string[]; input?: Record<string, z.ZodType> } = {},
  ) =>
    tool(name, async ({ mcpReq }, { message = "Please fill in the form" }) => {
      const { action, content } = await mcpReq.send({
        method: "elicitation/create",
        params: {
          message,
          requestedSchema: { type: "object", properties, required: options.required ?? [] },
        },
      });
      return text(`User response: action=${action}, content=${JSON.stringify(content ?? {})}`);
    }, options.input);

  asks("test_elicitation", { username: { type: "string" }, email: { type: "string" } }, {
    required: ["username", "email"],
    input: { message: z.string() },
  });
  asks("test_elicitation_sep1034_defaults", {
    name: { type: "string", default: "John Doe" },
    age: { type: "integer", default: 30 },
    score: { type: "number", default: 95.5 },
    status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
    verified: { type: "boolean", default: true },
  });
  const words = ["option1", "option2", "option3"];
  const titled = words.map((_, index) => ({
    const: `value${index + 1}`,
    title: `Choice ${index + 1}`,
  }));
  asks("test_elicitation_sep1330_enums", {
    untitledSingle: { type: "string", enum: words },
    titledSingle: { type: "string", oneOf: titled },
    legacyEnum: {
      type: "string",
      enum: ["opt1", "opt2", "opt3"],
      enumNames: ["Option One", "Option Two", "Option Three"],
    },
    untitledMulti: { type: "array", items: { type: "string", enum: words } },
    titledMulti: { type: "array", items: { anyOf: titled } },
  });
}

/** A form with one field. */
export function form(message: string, field: string, type: "string" | "boolean" = "string") {
  return inputRequired.elicit({
    message,
    requestedSchema: {
      type: "object",
      properties: { [field]: { type } as { type: "string" } },
      required: [field],
    },
  });
}

/** Tools of 2026: the call is answered with a question, and sent again with what came back. */
function askBeforeTheAnswer(tool: AddTool, { seal }: FixtureParts): void {
  const sampling = (words: string) =>
    inputRequired.createMessage({
      messages: [{ role: "user", content: { type: "text", text: words } }],
      maxTokens: 100,
    });

  const named = ({ mcpReq }: ServerContext) => {
    const given = acceptedContent(
      mcpReq.inputResponses,
      "user_name",
      z.object({ name: z.string() }),
    );
    if (given !== undefined) return text(`Hello, ${given.name}!`);
    return inputRequired({ inputRequests: { user_name: form("What is your name?", "name") } });
  };
  tool("test_input_required_result_elicitation", named);
  tool("test_streaming_elicitation", named);

  tool("test_input_required_result_sampling", ({ mcpReq }) => {
    const given = inputResponse(mcpReq.inputResponses, "capital_question");
    if (given.kind === "sampling") return text(JSON.stringify(given.result.content));
    const capital_question = sampling("What is the capital of France?");
    return inputRequired({ inputRequests: { capital_question } });
  });

  // Asked of a client that cannot: the call is to be refused below us.
  tool(
    "test_missing_capability",
    () => inputRequired({ inputRequests: { greeting: sampling("Generate a greeting") } }),
  );

  tool("test_input_required_result_list_roots", ({ mcpReq }) => {
    const given = inputResponse(mcpReq.inputResponses, "client_roots");
    if (given.kind === "roots") return text(given.roots.map(({ uri }) => uri).join(" "));
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  });

  const confirmed = async (context: ServerContext) => {
    const state = context.mcpReq.requestState<{ asked: string }>();
    if (state?.asked === "confirm" && context.mcpReq.inputResponses?.confirm !== undefined) {
      return text("state-ok");
    }
    return inputRequired({
      inputRequests: { confirm: form("Please confirm", "ok", "boolean") },
      requestState: await seal({ asked: "confirm" }, context),
    });
  };
  tool("test_input_required_result_request_state", confirmed);
  tool("test_input_required_result_tampered_state", confirmed);

  tool("test_input_required_result_multiple_inputs", async (context) => {
    const { inputResponses = {} } = context.mcpReq;
    const wanted: Record<string, InputRequest> = {
      user_name: form("What is your name?", "name"),
      greeting: sampling("Generate a greeting"),
      client_roots: inputRequired.listRoots(),
    };
    if (Object.keys(wanted).every((key) => key in inputResponses)) return text("All answered");
    return inputRequired({ inputRequests: wanted, requestState: await seal({}, context) });
  });

  tool("test_input_required_result_multi_round", async (context) => {
    const { step = 1 } = context.mcpReq.requestState<{ step: number }>() ?? {};
    const { inputResponses = {} } = context.mcpReq;
    if (step === 2 && "step2" in inputResponses) return text("Both rounds done");
    if (step === 1 && "step1" in inputResponses) {
      return inputRequired({
        inputRequests: { step2: form("Step 2: What is your favorite color?", "color") },
        requestState: await seal({ step: 2 }, context),
      });
    }
    return inputRequired({
      inputRequests: { step1: form("Step 1: What is your name?", "name") },
      requestState: await seal({ step: 1 }, context),
    });
  });

  tool("test_input_required_result_capabilities", ({ mcpReq }) => {
    const envelope: Record<string, unknown> = mcpReq.envelope ?? {};
    const declared = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
    const inputRequests: Record<string, InputRequest> = {};
    if (declared?.sampling) inputRequests.greeting = sampling("Generate a greeting");
    if (declared?.elicitation) inputRequests.user_name = form("What is your name?", "name");
    if (Object.keys(inputRequests).length === 0) return text("Nothing can be asked");
    return inputRequired({ inputRequests });
  });
}
