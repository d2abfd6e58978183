import { assertEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { effectivePermission } from "../../../lib/runtimes/definition.ts";
import { replay } from "../../../lib/runtimes/replay.ts";
import {
  completionRequest,
  decodeLines,
  exited,
  runtimeRequest,
} from "../../helpers/runtime_transcript.ts";

function lines(...texts: readonly string[]) {
  return texts.map((text) => ({ stream: "stdout" as const, text }));
}

Deno.test("the player gets recording, criterion and attempt as plain words, the prompt on stdin", () => {
  for (const permission of ["edit", "full"] as const) {
    assertEquals(
      replay.invoke(runtimeRequest({
        permission,
        systemText: "Be brief",
        resume: "replay-1",
        embedded: { recording: "/r.json", criterion: "--help", attempt: "2" },
      })),
      {
        args: ["replay-agent", "--", "/r.json", "--help", "2"],
        stdin: "Be brief\n\nSay hello",
        env: { PWD: "/project/tree" },
        files: {},
      },
    );
  }
});

Deno.test("without a recording nothing starts", () => {
  const error = assertThrows(
    () => replay.invoke({ ...runtimeRequest(), embedded: {} }),
    OuroborosError,
  );
  assertEquals(error.code, "recording_invalid");
});

Deno.test("it writes and runs, so it is never given the word to look only", () => {
  assertEquals(effectivePermission(replay, "read"), undefined);
  assertEquals(effectivePermission(replay, "full"), "edit");
});

Deno.test("a player that died without its last line did not complete", () => {
  const { outcome } = decodeLines(replay, {
    lines: lines('{"type":"started","session":"replay-1"}', '{"type":"text","text":"Done"}'),
    exit: { reason: "failed", code: null, signal: "SIGKILL", stderrTail: "" },
  });
  assertEquals([outcome.reason, outcome.code, outcome.sessionId], [
    "failed",
    "agent_failed",
    "replay-1",
  ]);
});

Deno.test("a last line that says yes and an exit code that says no: no", () => {
  const { outcome } = decodeLines(replay, {
    lines: lines('{"type":"finished","ok":true,"text":"Done"}'),
    exit: exited(1),
  });
  assertEquals(outcome.reason, "failed");
});

Deno.test("codes that this program does not know become a plain failure", () => {
  const { outcome } = decodeLines(replay, {
    lines: lines('{"type":"finished","ok":false,"code":"toString","message":"odd"}'),
    exit: exited(1),
  });
  assertEquals([outcome.code, outcome.message], ["agent_failed", "odd"]);
});

Deno.test("a question is played by recording, kind, number and turn; without one nothing starts", () => {
  const { args, stdin } = replay.complete!.invoke(completionRequest());
  const words = ["replay-agent", "--answer", "1", "--", "/recordings/one.json", "count", "1"];
  assertEquals([args, stdin], [words, "How many?"]);
  const parts: Record<string, string>[] = [{}, { recording: "/r.json", kind: "a", number: "1" }];
  for (const embedded of parts) {
    const ask = () => replay.complete!.invoke(completionRequest({ embedded }));
    assertEquals(assertThrows(ask, OuroborosError).code, "recording_invalid");
  }
});
