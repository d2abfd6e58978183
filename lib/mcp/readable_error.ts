import { type JSONRPCMessage, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { z } from "zod";

/** What the package's checks of a request give, as JSON in an error's message. */
const ISSUES = z.array(
  z.looseObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }),
).min(1);

/**
 * An answer whose error is what the package found wrong with a request's parameters, as words and
 * under the code that says so; any other message as it is. The package puts JSON of its checks there,
 * and for some methods calls it a failure of the server.
 */
export function readableError(message: JSONRPCMessage): JSONRPCMessage {
  if (!("error" in message)) return message;
  const [, list] = /^(?:Invalid [\w/]+ request: )?(\[[^]*\])$/.exec(message.error.message) ?? [];
  const found = list === undefined ? undefined : issuesOf(list);
  if (found === undefined) return message;
  const told = found.map((one) => `${one.path.join(".")}: ${one.message}`).join("; ");
  return {
    ...message,
    error: { ...message.error, code: ProtocolErrorCode.InvalidParams, message: `Refused: ${told}` },
  };
}

function issuesOf(text: string): z.infer<typeof ISSUES> | undefined {
  try {
    return ISSUES.safeParse(JSON.parse(text)).data;
  } catch {
    // A message in brackets that is no JSON is somebody's words.
    return undefined;
  }
}
