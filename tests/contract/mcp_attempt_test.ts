/** A host that does a run's criteria itself: handed out, done in the worktree, checked as any try. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { type HostProject, hostTest, inHostProject } from "../helpers/host_project.ts";
import { lives } from "../helpers/process_fixture.ts";
import { processesIn } from "../helpers/processes_in.ts";
import { runProgram } from "../helpers/program.ts";
import type { SdkHost, Told } from "../helpers/sdk_host.ts";

const SEED = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: '[ "$(sh greet.sh)" = hello ]' }
  - id: bye
    description: bye.sh prints bye
    depends_on: greet
    check: { run: '[ "$(sh bye.sh)" = bye ]' }
`;

/** Asks for work until there is some, or the run is over. */
async function nextWork(host: SdkHost, args: Told): Promise<Told> {
  let told = await host.call("ouroboros_attempt", args);
  while (told.do === "wait") {
    told = await host.call("ouroboros_attempt", { job_id: args.job_id });
  }
  return told;
}

const inProject = (body: (project: HostProject) => Promise<void>) =>
  inHostProject({ "seed.yaml": SEED }, body);

/** Kills a run's worker; comes back when that is seen. */
async function killWorker(host: SdkHost, { home, job_id }: { home: string; job_id: string }) {
  const lease = join(home, ".ouroboros", "runs", job_id, "lease");
  const { pid } = JSON.parse(await Deno.readTextFile(lease));
  Deno.kill(pid, "SIGKILL");
  while (await lives(pid)) await new Promise((done) => setTimeout(done, 20));
  // For a moment the system still holds what a killed process held.
  let told = await nextWork(host, { job_id });
  while (told.do === "work") told = await nextWork(host, { job_id });
  assertEquals([told.do, told.state], ["done", "interrupted"], host.text);
}

async function start(host: SdkHost): Promise<string> {
  const told = await host.call("ouroboros_start_execute_seed", {
    ...{ seed_path: "seed.yaml", runtime: "byhost", confirm: true },
  });
  assert(told.started, host.text);
  assertEquals(told.next, [`ouroboros_attempt with job_id "${told.id}"`]);
  return told.id;
}

const test = (name: string, fn: () => Promise<void>) => hostTest(`mcp attempt: ${name}`, fn);

test("a host does criteria itself, is refused a wrong one, and is followed by another", () =>
  inProject(async ({ home, cwd, open }) => {
    let host = await open({ era: "2025" });
    const job_id = await start(host);
    const first = await nextWork(host, { job_id });
    assertEquals([first.do, first.work], ["work", "greet#1"]);
    assertStringIncludes(first.prompt, "greet.sh prints hello");
    assertStringIncludes(first.prompt, `Work in ${first.worktree} and nowhere else`);
    assertEquals(first.next, [
      `ouroboros_attempt with job_id "${job_id}", work "greet#1" and submit: what you did`,
    ]);
    assertStringIncludes(host.text, first.prompt);
    assertStringIncludes(host.text, first.next[0]);
    await Deno.writeTextFile(join(first.worktree, "greet.sh"), "echo hallo\n");
    // Said to be done, and it is not.
    const again = await nextWork(host, { job_id, work: first.work, submit: "It greets now" });
    assertEquals([again.do, again.work], ["work", "greet#2"]);
    const late = await host.call("ouroboros_attempt", {
      ...{ job_id, work: first.work, submit: "Once more" },
    });
    assertEquals(late.error.code, "conflict");
    await Deno.writeTextFile(join(again.worktree, "greet.sh"), "echo hello\n");
    // The host is killed with work in its hands: another one is told the same.
    await host.kill();
    host = await open({ era: "2026" });
    const found = await nextWork(host, { job_id });
    assertEquals([found.work, found.prompt, found.before], [again.work, again.prompt, true]);
    assertStringIncludes(found.next[0], "It was handed out before");
    const bye = await nextWork(host, { job_id, work: again.work, submit: "In English" });
    assertEquals([bye.do, bye.work], ["work", "bye#1"]);
    await Deno.writeTextFile(join(bye.worktree, "bye.sh"), "echo bye\n");
    const done = await nextWork(host, { job_id, work: bye.work, submit: "It says bye" });
    assertEquals([done.do, done.state], ["done", "passed"], host.text);
    const { stdout } = await runProgram({ args: ["status", job_id, "--json"], cwd, home });
    const view = JSON.parse(stdout);
    assertEquals(view.criteria.map((one: Told) => [one.id, one.state, one.tries]), [
      ["greet", "passed", 2],
      ["bye", "passed", 1],
    ]);
    assertEquals(view.runtime, "byhost");
  }));

test("what was done when the worker was killed is looked at before anything is asked again", () =>
  inProject(async ({ home, open }) => {
    const host = await open({ era: "2026" });
    const job_id = await start(host);
    const work = await nextWork(host, { job_id });
    await Deno.writeTextFile(join(work.worktree, "greet.sh"), "echo hello\n");
    await killWorker(host, { home, job_id });
    const resumed = await host.call("ouroboros_start_execute_seed", { session_id: job_id });
    assert(resumed.started, host.text);
    const next = await nextWork(host, { job_id });
    assertEquals([next.do, next.work], ["work", "bye#1"], host.text);
    await host.call("ouroboros_cancel_execution", { execution_id: job_id, reason: "seen" });
  }));

test("work that was handed in the moment before the worker was killed is not lost", () =>
  inProject(async ({ home, open }) => {
    const [host, looks] = [await open({ era: "2025" }), await open({ era: "2026" })];
    const job_id = await start(host);
    const { work, worktree } = await nextWork(host, { job_id });
    await Deno.writeTextFile(join(worktree, "greet.sh"), "echo hello\n");
    const handed = join(home, ".ouroboros", "runs", job_id, "scratch", "c-greet-1", "handed.json");
    let over = false;
    const handing = host.call("ouroboros_attempt", { job_id, work, submit: "It greets" })
      .finally(() => over = true);
    const exists = () => Deno.stat(handed).then(() => true, () => over);
    while (!await exists()) await new Promise((done) => setTimeout(done, 1));
    await Promise.all([handing, killWorker(looks, { home, job_id })]);
    const resumed = await host.call("ouroboros_start_execute_seed", { session_id: job_id });
    assert(resumed.started, host.text);
    assertEquals(resumed.next, [`ouroboros_attempt with job_id "${job_id}"`]);
    const next = await nextWork(host, { job_id });
    assertEquals([next.do, next.work], ["work", "bye#1"], host.text);
    await host.call("ouroboros_cancel_execution", { execution_id: job_id, reason: "seen" });
  }));

test("where only what waits for the host was killed, the next try goes on in the same files", () =>
  inProject(async ({ home, open }) => {
    const host = await open({ era: "2026" });
    const job_id = await start(host);
    const first = await nextWork(host, { job_id });
    await Deno.writeTextFile(join(first.worktree, "greet.sh"), "echo hallo\n");
    const scratch = join(home, ".ouroboros", "runs", job_id, "scratch");
    const waiting = (await processesIn(scratch, 100_000))
      .filter((line) => line.includes(`host-agent -- ${scratch}`));
    assertEquals(waiting.length, 1, waiting.join("\n"));
    Deno.kill(parseInt(waiting[0]!), "SIGKILL");
    let again = await nextWork(host, { job_id });
    while (again.work === first.work) again = await nextWork(host, { job_id });
    assertEquals([again.do, again.work, again.worktree], ["work", "greet#2", first.worktree]);
    assertEquals(await Deno.readTextFile(join(again.worktree, "greet.sh")), "echo hallo\n");
    await host.call("ouroboros_cancel_execution", { execution_id: job_id, reason: "seen" });
  }));
