import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { leaseState } from "../../../lib/app/run/lease.ts";
import { startRun } from "../../../lib/app/start_run.ts";
import { showRun } from "../../../lib/app/show_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench, follow, runHooks, runInput } from "../../helpers/app_bench.ts";
import { onlyRun } from "../../helpers/app_worker.ts";
import { inDialogue } from "../../helpers/dialogue.ts";
import { detachBench, SECRET, until } from "../../helpers/detach_bench.ts";
import { CAN_MAKE_TERMINALS } from "../../helpers/in_terminal.ts";
import { goneWithin, processesIn } from "../../helpers/processes_in.ts";

const onLinux = Deno.build.os === "linux";
const RUN_ID = /run_[0-9a-z]{18}/;

Deno.test({
  name: "a detached run outlives its terminal; it is watched and ends as any other",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await detachBench();
    const { env, project: cwd } = bench;
    const words = [...bench.run, "--detach", "--yes"].join(" ");
    const seen = "and needs no terminal";
    const turns = [[seen, null]] as const;
    const { shown } = await inDialogue(`${bench.program} ${words}`, { turns, env, cwd });
    assertStringIncludes(shown, seen);
    await bench.agentWaits();
    const status = await bench.ouroboros("status", "--json");
    assertEquals(JSON.parse(status.stdout).state, "running");
    if (onLinux) {
      for (const line of await processesIn(bench.root)) {
        const cmdline = await Deno.readTextFile(`/proc/${parseInt(line)}/cmdline`).catch(() => "");
        assert(!cmdline.includes(SECRET), line);
      }
    }
    const watching = await bench.watching();
    await bench.go();
    const watched = await watching.end;
    assertEquals(watched.code, 0);
    assertMatch(
      watched.stderr,
      /^Run run_\w+ {2}running: 0 of 1 settled; greet working, try 1\n {2}greet {2}the agent says/,
    );
    assertStringIncludes(watched.stderr, "  greet  passed\n");
    assertStringIncludes(watched.stdout, "State    passed: 1 of 1 criteria hold");
    assertEquals(await goneWithin(bench.root, 10_000), []);
    const journal = new TextDecoder("latin1").decode(
      await Deno.readFile(`${bench.root}/home/.ouroboros/journal.db`),
    );
    assert(!journal.includes(SECRET));
  },
});

Deno.test({
  name: "without --detach a closed terminal interrupts the run and ends its agent",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await detachBench();
    const { env, project: cwd } = bench;
    const words = [...bench.run, "--yes"].join(" ");
    const turns = [["try 1 starts", null]] as const;
    await inDialogue(`${bench.program} ${words}`, { turns, env, cwd });
    assertEquals(await goneWithin(bench.root, 10_000), []);
    const { stdout } = await bench.ouroboros("status", "--json");
    const { state, reason, exit } = JSON.parse(stdout);
    assertEquals([state, reason, exit], ["interrupted", "Interrupted: the terminal was closed", 7]);
  },
});

Deno.test({
  name: "a detached worker that is killed takes its agent along; of two that resume, one wins",
  ignore: !onLinux,
  fn: async () => {
    await using bench = await detachBench();
    const begun = await bench.ouroboros(...bench.run, "--detach", "--json");
    assertEquals(begun.code, 0, begun.stderr);
    const lines = begun.stdout.trim().split("\n").map((line) => JSON.parse(line));
    const { pid, runId } = lines.find((one) => one.type === "detached");
    assertEquals(lines.at(-1).run.state, "running");
    await bench.agentWaits();
    assertEquals(await bench.holder(), pid);
    const watching = await bench.watching(runId);
    Deno.kill(pid, "SIGKILL");
    const watched = await watching.end;
    assertEquals(watched.code, 7);
    assertStringIncludes(watched.stdout, "State    interrupted: Its worker is gone");
    assertEquals(await goneWithin(bench.root, 10_000), []);

    let ended: Awaited<ReturnType<typeof bench.ouroboros>> | undefined;
    const both = [1, 2].map(async () => {
      const end = await bench.ouroboros("resume", runId, "--env", "SHOP_WORD");
      ended ??= end;
      return end;
    });
    // The winner's agent waits for its word, so that the first one to end is who lost.
    await until(() => Promise.resolve(ended !== undefined));
    const winner = await bench.holder();
    assertEquals(ended!.code, 1);
    assertMatch(
      ended!.stderr,
      new RegExp(`: process ${winner} works on it, since [-0-9]+ [0-9:]+\n  Try: ouroboros watch`),
    );
    await bench.go();
    const codes = (await Promise.all(both)).map((one) => one.code).sort();
    assertEquals(codes, [0, 1]);
  },
});

Deno.test({
  name: "a worker that is stopped keeps its run, until somebody takes it over by force",
  ignore: !onLinux,
  fn: async () => {
    await using bench = await detachBench();
    await bench.ouroboros(...bench.run, "--detach");
    await bench.agentWaits();
    const stopped = await bench.holder();
    Deno.kill(stopped, "SIGSTOP");
    const status = await bench.ouroboros("status");
    assertStringIncludes(
      status.stdout,
      `State    running: Process ${stopped}, which works on it, is stopped (state T)`,
    );
    assertStringIncludes(status.stdout, `kill -CONT ${stopped}; or: ouroboros resume run_`);
    const refused = await bench.ouroboros("resume");
    assertEquals(refused.code, 1);
    assertMatch(refused.stderr, new RegExp(`process ${stopped} works on it, since .*state T`));
    assertStringIncludes(refused.stderr, `kill -CONT ${stopped}`);
    assertMatch(refused.stderr, /ouroboros resume run_\w+ --take-over/);
    await bench.go();
    const over = await bench.ouroboros("resume", "--take-over");
    assertEquals(over.code, 0, over.stderr);
    assertStringIncludes(over.stdout, "State    passed");
    assertEquals(await goneWithin(bench.root, 0), [], "the stopped one, and its agent, are gone");
  },
});

Deno.test({
  name: "the run of a worker that is stopped is cancelled without waiting for it",
  ignore: !onLinux,
  fn: async () => {
    await using bench = await detachBench();
    await bench.ouroboros(...bench.run, "--detach");
    await bench.agentWaits();
    Deno.kill(await bench.holder(), "SIGSTOP");
    const { code, stdout } = await bench.ouroboros("cancel");
    assertEquals(code, 0);
    assertMatch(stdout, /is cancelled/);
    assertEquals(await goneWithin(bench.root, 10_000), []);
  },
});

Deno.test({
  name: "a run that was interrupted goes on without a terminal by resume --detach, with new limits",
  ignore: !onLinux,
  fn: async () => {
    await using bench = await detachBench();
    await bench.ouroboros(...bench.run, "--detach");
    await bench.agentWaits();
    Deno.kill(await bench.holder(), "SIGKILL");
    assertEquals(await goneWithin(bench.root, 10_000), []);
    const [program = "", ...more] = ["resume", "--detach", "--minutes", "7"];
    const resumed = await bench.ouroboros(program, ...more);
    assertEquals(resumed.code, 0, resumed.stderr);
    const runId = RUN_ID.exec(resumed.stdout)![0];
    for (const verb of ["watch", "status", "cancel"]) {
      assertStringIncludes(resumed.stdout, `ouroboros ${verb} ${runId}\n`);
    }
    await bench.go();
    const watched = await bench.ouroboros("watch", "--json");
    const lines = watched.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals([lines[0].type, lines.at(-1).type], ["standing", "result"]);
    assertEquals([lines.at(-1).run.state, watched.code], ["passed", 0]);
  },
});

Deno.test({
  name: "a worker that cannot begin is told of, with its last words; the run can be resumed",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const seed = `schema: 1
goal: A greeting
acceptance_criteria:
  - { id: hello, description: It says hello, check: { run: grep -qx hello hello.txt } }
`;
    await using bench = await appBench({
      files: { "seed.yaml": seed },
      play: "echo hello > hello.txt",
    });
    const self = ["/bin/sh", "-c", "echo 'Error: No luck today' >&2; exit 4"];
    const app = Object.create(bench.app, { self: { value: self } });
    const input = runInput(bench, { detach: true });
    const error = await assertRejects(
      () => follow(startRun(app, input, runHooks())),
      OuroborosError,
    );
    const id = await onlyRun(bench);
    assertEquals(error.code, "not_started");
    assertEquals(
      error.message,
      `Detach run "${id}": its worker ended at once, with exit code 4: No luck today`,
    );
    assertEquals(error.hint, `ouroboros resume ${id}`);
    const { state, reason } = await showRun(bench.app, id);
    assertEquals([state, reason], ["interrupted", error.message]);
    assertEquals((await leaseState(`${bench.root}/ours/runs/${id}`)).is, "free");
    assertEquals((await bench.resume(id)).view.state, "passed");
  },
});
