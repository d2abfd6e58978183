import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  interviewOwner,
  overtakenError,
  refuseHeldInterview,
} from "../../../../lib/app/interview/interview_holder.ts";
import { interviewStream } from "../../../../lib/engine/interview/events.ts";
import { startTimeOf } from "../../../../lib/process/process_table.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";

const ID = "interview_1";

async function claim(bench: AppBench, owner: string): Promise<void> {
  await (await bench.app.journal()).claim(interviewStream(ID), owner);
}

/** The owner that another process would be, which lives as long as the block. */
async function otherProcess(bench: AppBench) {
  const child = new Deno.Command("sleep", { args: ["60"] }).spawn();
  const startTime = await startTimeOf(child.pid);
  const own = JSON.parse((await interviewOwner(bench.app)).slice("interview ".length));
  return {
    pid: child.pid,
    owner: `interview ${JSON.stringify({ ...own, pid: child.pid, startTime })}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

Deno.test("one that nobody claimed, that we or who is gone claimed, or an older version did, is free", async () => {
  await using bench = await appBench();
  await refuseHeldInterview(bench.app, ID);
  const gone = { pid: 2 ** 22 + 7, startTime: "1", since: new Date(0).toISOString() };
  for (
    const owner of [
      await interviewOwner(bench.app),
      `interview ${JSON.stringify(gone)}`,
      "interview ada",
    ]
  ) {
    await claim(bench, owner);
    await refuseHeldInterview(bench.app, ID);
  }
});

Deno.test({
  name: "one that a living process holds is refused by its pid, and since when",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await appBench();
    await using other = await otherProcess(bench);
    await claim(bench, other.owner);
    const error = await assertRejects(
      () => refuseHeldInterview(bench.app, ID),
      OuroborosError,
      `Go on with the interview "${ID}": process ${other.pid} works on it, since 20`,
    );
    assertEquals(error.code, "not_allowed");
    assertStringIncludes(error.hint ?? "", `kill ${other.pid}`);
    assertEquals((await overtakenError(bench.app, ID)).message, error.message);
  },
});

Deno.test("who was taken over from is told by whom, also where that is no interview's process", async () => {
  await using bench = await appBench();
  await claim(bench, "a host");
  const error = await overtakenError(bench.app, ID);
  assertStringIncludes(error.message, "it was taken over by a host");
});
