import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { abandonInterview } from "../../../../lib/app/interview/abandon_interview.ts";
import { hostInterview } from "../../../../lib/app/interview/host_interview.ts";
import { isHeld } from "../../../../lib/app/interview/interview_holder.ts";
import { interviewStream } from "../../../../lib/engine/interview/events.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { startTimeOf } from "../../../../lib/process/process_table.ts";
import { appBench } from "../../../helpers/app_bench.ts";
import { hangingInterview } from "../../../helpers/hanging_thinker.ts";
import { goneWithin } from "../../../helpers/processes_in.ts";
import { HOST_PROJECT } from "../../../helpers/scripted_host.ts";

const ignore = Deno.build.os === "windows";
const SAID = { by: "person", reason: "It hangs" } as const;
const never = new AbortController().signal;

Deno.test({
  name:
    "who thinks for an interview and hangs is ended with its agent, and nobody for one that is over",
  ignore,
  async fn() {
    await using bench = await appBench({ files: HOST_PROJECT });
    const { app, id: interviewId } = await hangingInterview(bench);
    assert(await isHeld(app, interviewId));
    const { interview, ended } = await abandonInterview(app, interviewId, SAID);
    assertEquals(interview.next.phase, "abandoned");
    assertEquals(ended?.isGone, true);
    assertEquals(await isHeld(app, interviewId), false);
    assertEquals(await goneWithin(bench.root, 10_000), []);
    const left = await Deno.lstat(join(app.paths.root, "interviews")).catch(() => null);
    assertEquals(left, null, "what its agent had said so far is gone too");
    const over = await assertRejects(
      () => abandonInterview(app, interviewId, SAID),
      OuroborosError,
    );
    assertEquals(over.code, "nothing_to_do");
  },
});

Deno.test({
  name: "another process that has the number of who thought by now is left alone",
  ignore,
  async fn() {
    await using bench = await appBench({ files: HOST_PROJECT });
    const { app } = bench;
    const context = { initialContext: "Reject expired coupons" };
    const begun = await hostInterview(app, context, { think: "host", by: "host", signal: never });
    const child = new Deno.Command("sleep", { args: ["60"] }).spawn();
    const startTime = await startTimeOf(child.pid);
    const since = new Date().toISOString();
    const holder = { pid: child.pid, startTime: `${startTime}0`, marker: "", since };
    const journal = await app.journal();
    const stream = interviewStream(begun.interviewId);
    await journal.claim(stream, `interview ${JSON.stringify(holder)}`);
    const { ended } = await abandonInterview(app, begun.interviewId, SAID);
    assertEquals(ended, null);
    assertEquals(await startTimeOf(child.pid), startTime);
    assertEquals((await journal.owner(stream)).owner, "cancel by ada");
    child.kill("SIGKILL");
    await child.status;
  },
});
