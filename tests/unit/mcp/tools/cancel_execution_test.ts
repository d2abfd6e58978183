import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ToolCall } from "../../../../lib/mcp/tool.ts";
import { cancelExecutionTool } from "../../../../lib/mcp/tools/cancel_execution.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { hangingInterview } from "../../../helpers/hanging_thinker.ts";
import { goneWithin } from "../../../helpers/processes_in.ts";
import { HOST_PROJECT } from "../../../helpers/scripted_host.ts";

const CALL = { signal: new AbortController().signal } as ToolCall;

/** What the tool says, and its data. */
async function cancel(app: AppBench["app"], args: Record<string, unknown>) {
  const input = cancelExecutionTool.input.parse(args);
  const data = cancelExecutionTool.output.parse(
    await cancelExecutionTool.run(app, input, CALL),
  ) as { outcome: string; id: string; state: string; next: string[] };
  return { ...data, text: cancelExecutionTool.text(data) };
}

Deno.test({
  name: "an interview is ended by its id, with the agent that hangs in it; once more it had ended",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using bench = await appBench({ files: HOST_PROJECT });
    const { app, id: interviewId } = await hangingInterview(bench);
    const done = await cancel(app, { execution_id: interviewId, reason: "It hangs" });
    assertEquals([done.outcome, done.id, done.state], ["cancelled", interviewId, "abandoned"]);
    assertEquals(done.next, []);
    assertStringIncludes(done.text, "It hangs");
    assertEquals(await goneWithin(bench.root, 10_000), []);
    const again = await cancel(app, { execution_id: interviewId });
    assertEquals([again.outcome, again.state], ["had_ended", "abandoned"]);
  },
});
