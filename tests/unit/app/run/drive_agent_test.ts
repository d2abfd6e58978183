import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type AgentEnd, driveAgent } from "../../../../lib/app/run/drive_agent.ts";
import type { RuntimeDefinition } from "../../../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "../../../helpers/made_up_runtime.ts";
import { ENV, withProcesses } from "../../../helpers/process_fixture.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

/** How an attempt ends whose agent is a shell script. */
async function drive(script: string, parts: Partial<RuntimeDefinition>): Promise<AgentEnd> {
  await using dir = await tempDir();
  const definition = madeUpRuntime("stub", parts);
  let end: AgentEnd | undefined;
  await withProcesses(async (processes) => {
    end = await driveAgent({
      processes,
      definition,
      program: ["sh", "-c", script],
      request: {
        prompt: "Do the work",
        cwd: dir.path,
        scratchDir: `${dir.path}/scratch`,
        permission: "edit",
        self: [],
      },
      invocation: { args: [], env: {}, files: {} },
      env: ENV,
      limits: { ...definition.limits, startMs: 1000, idleMs: 1000, totalMs: 6000 },
      spool: `${dir.path}/spool`,
      label: "stub",
      cancel: new AbortController().signal,
      onEvent: () => {},
      onStarted: () => Promise.resolve(),
    });
  });
  return end!;
}

Deno.test("an agent that rests in silence is ended, and the message says what was seen", async () => {
  const decode = madeUpRuntime("stub").decode;
  const finish: typeof decode.finish = (_state, { reason, limit }) => ({
    reason,
    message: `Stopped: limit "${limit}"`,
  });
  const { outcome, why } = await drive("sleep 300", { decode: { ...decode, finish } });
  assertMatch(
    outcome.message ?? "",
    /^Stopped: limit "start"; no output in its first \ds; in the last \ds its \d process(es)? used /,
  );
  assertStringIncludes(why, "no output in its first ");
});

Deno.test("a decoder is told when its agent ended: a limit's end is a time of day", async () => {
  const decode = madeUpRuntime("stub").decode;
  const finish: typeof decode.finish = (_state, { endedAtMs = 0 }) => ({
    reason: "completed",
    finalText: `${endedAtMs}`,
  });
  const before = Date.now();
  const { outcome } = await drive("true", { decode: { ...decode, finish } });
  assert(Number(outcome.finalText) >= before && Number(outcome.finalText) <= Date.now());
});

Deno.test("a runtime that speaks at its end alone is not judged by silence", async () => {
  const { outcome, why } = await drive("sleep 3; echo done", { streams: false });
  assertEquals(outcome.reason, "completed", why);
});
