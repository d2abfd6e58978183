import { assertEquals } from "@std/assert";
import { watchRun } from "../../../lib/app/watch_run.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../helpers/app_worker.ts";

const SEED = `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`;

Deno.test({
  name: "who watches is told once that the worker is stopped, and again when that happens again",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await appBench({
      files: { "seed.yaml": SEED },
      play: `echo $$ > "$notes/agent"; sleep 300`,
    });
    const worker = startWorker(bench);
    await untilNote(bench, "agent");
    const id = await onlyRun(bench);
    const until = new AbortController();
    const notices: string[] = [];
    // A clock that is asked for each pause shows how often was looked.
    let pauses = 0;
    const clock = {
      ...bench.app.clock,
      now: () => bench.app.clock.now(),
      monotonicMs: () => bench.app.clock.monotonicMs(),
      async sleep() {
        pauses++;
        if (pauses === 12) Deno.kill(worker.pid, "SIGCONT");
        if (pauses === 24) Deno.kill(worker.pid, "SIGSTOP");
        if (pauses === 40) until.abort();
        await bench.app.clock.sleep(20);
      },
    };
    Deno.kill(worker.pid, "SIGSTOP");
    const watched = Object.assign(Object.create(bench.app), { clock });
    for await (const one of watchRun(watched, id, { until: until.signal })) {
      if (one.type === "notice") notices.push(one.text);
    }
    Deno.kill(worker.pid, "SIGCONT");
    worker.kill("SIGKILL");
    await worker.status;
    const text = `Process ${worker.pid}, which works on it, is stopped (state T). ` +
      `kill -CONT ${worker.pid}; or: ouroboros resume ${id} --take-over`;
    assertEquals(notices, [text, text]);
  },
});
