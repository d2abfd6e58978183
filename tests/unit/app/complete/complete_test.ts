import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { complete } from "../../../../lib/app/complete/complete.ts";
import type { Answer, QuestionHooks } from "../../../../lib/app/complete/completion.ts";
import { openThinker, type Thinker } from "../../../../lib/app/complete/open_thinker.ts";
import { createRecorder } from "../../../../lib/app/recorder.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { answeringAgent, answeringBench } from "../../../helpers/answering_agent.ts";
import type { AppBench } from "../../../helpers/app_bench.ts";
import { type Count, question } from "../../../helpers/real_question.ts";

const RIGHT = `{"n": 3, "unit": "apple"}`;

/** Waits take no time here: what is slept is noted. */
function quickly(thinker: Thinker, slept: number[]): Thinker {
  const { clock } = thinker;
  return {
    ...thinker,
    clock: {
      now: () => clock.now(),
      monotonicMs: () => clock.monotonicMs(),
      // The deadline of the whole question is minutes away and no wait.
      sleep: (ms, signal) =>
        ms > 600_000 ? clock.sleep(ms, signal) : Promise.resolve(void slept.push(ms / 1000)),
    },
  };
}

async function ask(
  bench: AppBench,
  parts: Parameters<typeof question>[0] = {},
  hooks: Partial<QuestionHooks> = {},
): Promise<{ answer: Answer<Count>; slept: number[] }> {
  const slept: number[] = [];
  const thinker = quickly(await openThinker(bench.app), slept);
  const cancel = new AbortController().signal;
  return { answer: await complete(thinker, question(parts), { cancel, ...hooks }), slept };
}

function valueOf(answer: Answer<Count>): Count {
  assert(answer.ok, JSON.stringify(answer));
  return answer.value;
}

function codeOf(answer: Answer<Count>): string {
  assert(!answer.ok, "it was answered");
  return answer.failure.code;
}

Deno.test("a right answer takes one call, in an empty folder that is gone afterwards", async () => {
  await using bench = await answeringBench(`echo "tokens 70 8"; echo '${RIGHT}'`, {
    files: { "AGENTS.md": "poison" },
  });
  const heard: string[] = [];
  const { answer } = await ask(bench, {}, {
    onCall: (call) => Promise.resolve(void heard.push(`call ${call.turn}.${call.tryNumber}`)),
    onStarted: ({ pid }) => Promise.resolve(void heard.push(pid > 0 ? "started" : "nobody")),
    onEnd: (call) => Promise.resolve(void heard.push(`end ${call.outcome.reason}`)),
  });
  assertEquals(valueOf(answer), { n: 3, unit: "apple" });
  assertEquals(answer.usage, { inputTokens: 70, outputTokens: 8 });
  assertEquals(heard, ["call 1.1", "started", "end completed"]);
  assertEquals([await bench.note("files-1"), await bench.note("prompt-2")], ["", ""]);
  const cwd = (await bench.note("cwd-1")).trim();
  assertEquals(await Deno.stat(cwd).catch(() => "gone"), "gone");
  assertStringIncludes(await bench.note("prompt-1"), '"additionalProperties":false');
});

Deno.test("a folder to look at is the folder that it works in", async () => {
  await using bench = await answeringBench(`echo '${RIGHT}'`, { files: { "a.txt": "" } });
  valueOf((await ask(bench, { folder: bench.project })).answer);
  assertEquals(await bench.note("files-1"), "a.txt\n");
});

Deno.test("a wrong answer is sent back once with its problem, and the sum of both is told", async () => {
  await using bench = await answeringBench(
    `echo "tokens 10 1"; if [ $n = 1 ]; then echo '{"n": 12}'; else echo '${RIGHT}'; fi`,
  );
  const { answer } = await ask(bench);
  assertEquals(valueOf(answer).n, 3);
  assertEquals(answer.calls.map((one) => one.problems), [["n: must be from 1 to 9, is 12"], []]);
  assertEquals(answer.usage, { inputTokens: 20, outputTokens: 2 });
  assertStringIncludes(await bench.note("prompt-2"), "- n: must be from 1 to 9, is 12");
});

Deno.test("what never fits ends after the repair, with what was said", async () => {
  for (const said of ["I will not", "null", "{}", `{"n": "3"}`]) {
    await using bench = await answeringBench(`echo '${said}'`);
    const { answer } = await ask(bench);
    assertEquals([codeOf(answer), answer.calls.length], ["answer_invalid", 2], said);
    assertStringIncludes(answer.ok ? "" : answer.failure.message, said);
  }
});

Deno.test("a server that fails is tried again, an answer after that counts", async () => {
  await using bench = await answeringBench(
    `if [ $n -lt 3 ]; then echo "retry server_error It is down"; else echo '${RIGHT}'; fi`,
  );
  const { answer, slept } = await ask(bench);
  assertEquals([valueOf(answer).n, answer.calls.length, slept], [3, 3, [2, 8]]);
});

Deno.test("each kind of failure ends with its code after as many calls as help", async () => {
  for (
    const [line, code, calls, waits] of [
      ["retry server_error It is down", "server_error", 3, [2, 8]],
      ["fail not_signed_in Sign in", "not_signed_in", 1, []],
      ["fail content_refused It will not", "content_refused", 1, []],
      ["reset 30 rate_limited Too many", "rate_limited", 5, [30, 30, 30, 30]],
      ["reset 3000 rate_limited Too many", "rate_limited", 1, []],
    ] as const
  ) {
    await using bench = await answeringBench(`echo '${line}'`);
    const { answer, slept } = await ask(bench);
    assertEquals([codeOf(answer), answer.calls.length, slept], [code, calls, [...waits]], line);
  }
});

Deno.test("an agent that hangs is ended by the limit of one call, and asked no second time", async () => {
  await using bench = await answeringBench("sleep 300");
  const { answer } = await ask(bench, {}, { limits: { callMs: 1500 } });
  assertEquals([codeOf(answer), answer.calls.length], ["timed_out", 1]);
});

Deno.test("one that waits for its provider in silence is told as that, and asked no second time", async () => {
  const base = answeringAgent();
  const agent = answeringAgent({
    failures: [{ match: /429/, code: "rate_limited", retryable: true, hint: "Wait a little" }],
    decode: {
      ...base.decode,
      line: (state, stream, line) =>
        line.startsWith("Reconnecting")
          ? [{ type: "notice", level: "warning", text: line }]
          : base.decode.line(state, stream, line),
    },
  });
  await using bench = await answeringBench('echo "Reconnecting... 1/5 (429)"; sleep 300', {
    agent,
  });
  const { answer } = await ask(bench, {}, { limits: { callMs: 1500 } });
  assert(!answer.ok);
  assertEquals([answer.failure.code, answer.failure.hint, answer.calls.length], [
    ...["rate_limited", "Wait a little", 1],
  ]);
  assertStringIncludes(answer.failure.message, "which said: Reconnecting... 1/5 (429)");
});

Deno.test("a cancel ends the agent, and before the first call nothing is started", async () => {
  await using bench = await answeringBench("sleep 300");
  const stop = new AbortController();
  const { answer } = await ask(bench, {}, {
    cancel: stop.signal,
    onStarted: () => Promise.resolve(stop.abort()),
  });
  assertEquals([codeOf(answer), answer.calls.length], ["cancelled", 1]);
  const second = await ask(bench, {}, { cancel: stop.signal });
  assertEquals([codeOf(second.answer), second.answer.calls.length], ["cancelled", 0]);
});

Deno.test("what a hook throws is thrown on, and nothing was started or it is ended", async () => {
  await using bench = await answeringBench("sleep 300");
  const full = () => Promise.reject(new Error("the disk is full"));
  await assertRejects(() => ask(bench, {}, { onCall: full }), Error, "the disk is full");
  assertEquals(await bench.note("prompt-1"), "");
  await assertRejects(() => ask(bench, {}, { onStarted: full }), Error, "the disk is full");
});

Deno.test("an answer without end, noise and bytes that are no text never throw", async () => {
  for (const play of ["yes no | head -c 40000000", "head -c 3000 /dev/urandom", "exit 3", ":"]) {
    await using bench = await answeringBench(play);
    const { answer } = await ask(bench);
    assert(!answer.ok, play);
    assert(answer.calls.length <= 3, play);
  }
});

Deno.test("a folder is refused where the runtime cannot look without writing", async () => {
  const agent = answeringAgent();
  await using bench = await answeringBench(`echo '${RIGHT}'`, {
    agent: { ...agent, complete: { ...agent.complete!, reads: false } },
  });
  const asked = () => ask(bench, { folder: bench.project });
  assertEquals((await assertRejects(asked, OuroborosError)).code, "usage");
});

Deno.test("what was recorded is played: the same answers by kind, number and turn", async () => {
  await using bench = await answeringBench(
    `echo "tokens 10 1"; if [ $n = 2 ]; then echo '{"n": 12}'; else echo '${RIGHT}'; fi`,
  );
  const cancel = new AbortController().signal;
  const recorder = createRecorder({ title: "A talk", runtime: "sage" });
  const live = await openThinker(bench.app, { recorder });
  const lived = [];
  for (const number of [1, 2]) lived.push(await complete(live, question({ number }), { cancel }));
  assertEquals(lived.map((one) => one.calls.length), [1, 2]);
  const file = join(bench.root, "talk.json");
  await recorder.write(file);

  const played = await openThinker(bench.app, { recording: file });
  // In any order: the number says which.
  for (const number of [2, 1, 2]) {
    const again = await complete(played, question({ number }), { cancel });
    const before = lived[number - 1]!;
    assertEquals(valueOf(again), valueOf(before));
    assertEquals(again.usage, before.usage);
    assertEquals(
      again.calls.map((one) => [one.turn, one.prompt, one.problems]),
      before.calls.map((one) => [one.turn, one.prompt, one.problems]),
    );
  }
  const more = await complete(played, question({ number: 3 }), { cancel });
  assertEquals([codeOf(more), more.calls.length], ["recording_exhausted", 1]);
  const other = await complete(played, question({ kind: "other" }), { cancel });
  assertEquals(codeOf(other), "recording_exhausted");
});
