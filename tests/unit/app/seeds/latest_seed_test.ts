import { assert, assertEquals, assertRejects } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import type { HostInput } from "../../../../lib/app/interview/host_act.ts";
import { hostInterview } from "../../../../lib/app/interview/host_interview.ts";
import { hostSeed } from "../../../../lib/app/interview/host_seed.ts";
import { latestSeed } from "../../../../lib/app/seeds/latest_seed.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench } from "../../../helpers/app_bench.ts";
import { HOST_PROJECT, hostDraft } from "../../../helpers/scripted_host.ts";

/** One interview to its frozen seed, by a host that takes the first choice and agrees. */
async function freeze(app: App): Promise<string> {
  const { signal } = new AbortController();
  const call = (input: HostInput) =>
    hostInterview(app, input, { think: "host", by: "host", signal });
  const times = new Map<string, number>();
  let state = await call({ initialContext: "Reject expired coupons" });
  while (state.do !== "seed") {
    const { interviewId } = state;
    if (state.do === "think") {
      times.set(state.kind, 1 + (times.get(state.kind) ?? 0));
      const draft = hostDraft(state.kind, times.get(state.kind)!);
      state = await call({ interviewId, thought: state.thought, draft });
    } else if (state.do === "ask") {
      const answers = state.questions.map((one) => ({ question: one.id, choices: [1] }));
      state = await call({ interviewId, answers });
    } else {
      assert(state.do === "review", JSON.stringify(state));
      state = await call({ interviewId, approve: state.review });
    }
  }
  const done = await hostSeed(app, { interviewId: state.interviewId, force: undefined }, signal);
  assert(done.do === "done");
  return done.path;
}

Deno.test("the latest seed is the one that this project's newest interview froze", async () => {
  await using bench = await appBench({ files: HOST_PROJECT });
  const { app } = bench;
  const none = await assertRejects(() => latestSeed(app), OuroborosError);
  assertEquals(none.code, "not_found");
  await freeze(app);
  const second = await freeze(app);
  // A newer one that is not done counts for nothing.
  const { signal } = new AbortController();
  await hostInterview(app, { initialContext: "Something else" }, {
    think: "host",
    by: "host",
    signal,
  });
  assertEquals((await latestSeed(app)).path, second);
  const elsewhere = { ...app, cwd: bench.bin };
  await assertRejects(() => latestSeed(elsewhere), OuroborosError, "none has frozen a seed");
});
