import { addUsage, type Usage } from "../../kernel/outcome.ts";
import { readSpool } from "../../process/spool.ts";
import type { RuntimeDefinition } from "../../runtimes/definition.ts";
import type { AnswerSchema } from "./completion.ts";
import { readAnswer } from "./read_answer.ts";

/**
 * The answer of a call whose asker is gone, from its raw output: it was paid for. Undefined where the
 * call had not come to its end, or its answer does not fit. Errors: unreadable.
 */
export async function finishedAnswer<T>(
  definition: RuntimeDefinition,
  spool: string,
  schema: AnswerSchema<T>,
): Promise<{ value: T; usage: Usage } | undefined> {
  const { decode, limits } = definition;
  const state = decode.start({
    ...{ prompt: "", cwd: "/", scratchDir: "/", permission: "read", self: [definition.id] },
  });
  let usage: Usage = {};
  await readSpool(spool, (stream, line) => {
    for (const event of decode.line(state, stream, line)) {
      if (event.type === "usage") usage = addUsage(usage, event.usage);
    }
  }, { lineBytes: limits.lineBytes });
  // How it ended nobody saw: that the whole answer is there is what counts.
  const seen = decode.finish(state, { reason: "completed", code: 0, signal: null, stderrTail: "" });
  if (seen.reason !== "completed") return undefined;
  const read = readAnswer(seen.finalText ?? "", schema);
  return "value" in read ? { value: read.value, usage } : undefined;
}
