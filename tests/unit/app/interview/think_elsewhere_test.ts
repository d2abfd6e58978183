import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { App } from "../../../../lib/app/app.ts";
import type { HostInput } from "../../../../lib/app/interview/host_act.ts";
import { hostInterview } from "../../../../lib/app/interview/host_interview.ts";
import { readInterview } from "../../../../lib/app/interview/interview_log.ts";
import { isHeld } from "../../../../lib/app/interview/interview_holder.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { atBench } from "../../../helpers/hanging_thinker.ts";
import { HOST_PROJECT, hostDraft } from "../../../helpers/scripted_host.ts";

/** A program of an agent's name that answers as that agent's does; it waits for `go` where one is. */
const AGENT = (notes: string) =>
  `#!/bin/sh
if [ "$1" = --version ]; then echo "codex-cli 0.150.0"; exit; fi
cat >/dev/null
n=1
while [ -e "${notes}/call-$n" ]; do n=$((n + 1)); done
echo x > "${notes}/call-$n"
while [ -e "${notes}/hold" ]; do sleep 0.05; done
cat "${notes}/answer-$n"
`;

/** What the program prints around an answer. */
function said(answer: unknown): string {
  const text = JSON.stringify(answer);
  return [
    { type: "thread.started", thread_id: "01a2057c-ce9b-7d21-960a-f290ccba447f" },
    { type: "turn.started" },
    { type: "item.completed", item: { id: "item_0", type: "agent_message", text } },
    { type: "turn.completed", usage: { input_tokens: 10, output_tokens: 2 } },
  ].map((line) => `${JSON.stringify(line)}\n`).join("");
}

async function writeAgent(bench: AppBench): Promise<void> {
  const program = join(bench.bin, "codex");
  await Deno.writeTextFile(program, AGENT(bench.notes), { mode: 0o755 });
  const answers = [hostDraft("screen", 1), hostDraft("score", 1), hostDraft("seed", 1)];
  for (const [index, one] of answers.entries()) {
    await Deno.writeTextFile(join(bench.notes, `answer-${index + 1}`), said(one));
  }
}

const call = (app: App, input: HostInput, think: "host" | "runtime") =>
  hostInterview(app, input, { think, by: "host", signal: new AbortController().signal });

Deno.test("an agent thinks in a process of its own, and the host is told what is to be done next", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  await writeAgent(bench);
  const app = atBench(bench);
  const asked = await call(app, { initialContext: "Reject expired coupons" }, "runtime");
  assert(asked.do === "ask", JSON.stringify(asked));
  const answers = asked.questions.map((one) => ({ question: one.id, choices: [1] }));
  const { interviewId } = asked;
  const review = await call(app, { interviewId, answers }, "runtime");
  assert(review.do === "review", JSON.stringify(review));
  const seed = await call(app, { interviewId, approve: review.review }, "host");
  assertEquals(["kind" in seed && seed.kind, seed.do], ["seed", "think"], "the host goes on");
  const state = await readInterview(await app.journal(), interviewId);
  assertEquals(state.thoughts.map((one) => one.by.kind), ["runtime", "runtime", "host"]);
});

Deno.test("a call does not wait for an agent that takes long: any host finds what it brought", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  await writeAgent(bench);
  await Deno.writeTextFile(join(bench.notes, "hold"), "");
  const app = atBench(bench);
  const cut = new AbortController();
  const first = hostInterview(app, { initialContext: "Reject expired coupons" }, {
    think: "runtime",
    by: "host",
    signal: cut.signal,
  });
  while (await bench.note("call-1") === "") await app.clock.sleep(20);
  cut.abort();
  const waiting = await first;
  assertEquals(waiting.do, "wait");
  const { interviewId } = waiting;
  assert(await isHeld(app, interviewId), "the process that thinks lives on");
  await assertRejects(
    () => call(app, { interviewId, remark: "And gift cards" }, "host"),
    OuroborosError,
    "works on it",
  );
  await Deno.remove(join(bench.notes, "hold"));
  assertEquals((await call(app, { interviewId }, "host")).do, "ask");
  assertEquals(await isHeld(app, interviewId), false);
});

Deno.test("an agent that cannot be asked is told with its reason, and the host may think itself", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const app = atBench(bench);
  const none = Object.create(app, {
    self: {
      value: [...app.self.map((one) => one.startsWith("PATH=") ? "PATH=/usr/bin:/bin" : one)],
    },
  });
  const start = await call(none, { initialContext: "Reject expired coupons" }, "host");
  const { interviewId } = start;
  const error = await assertRejects(
    () => call(none, { interviewId }, "runtime"),
    OuroborosError,
    "none of",
  );
  assertEquals(error.code, "not_started");
  assertStringIncludes(error.hint ?? "", "Leave out think");
  assertEquals((await call(none, { interviewId }, "host")).do, "think");
});
