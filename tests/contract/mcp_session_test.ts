/** A whole session of a host, by the official client in both eras: from the start to the verdict. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { formerToolNames } from "../../lib/mcp/former_tools.ts";
import { TOOLS } from "../../lib/mcp/tools.ts";
import { hostTest } from "../helpers/host_project.ts";
import { passedProject } from "../helpers/passed_project.ts";
import { runProgram } from "../helpers/program.ts";
import { type FormAnswer, type SdkHost, sdkHost } from "../helpers/sdk_host.ts";
import { tempDir } from "../helpers/temp_dir.ts";

const SEED = { seed_path: "seed.yaml", recording: "recording.json" };
/** What the issue allows: an id at once, and no call as long as hosts wait. */
const START_MS = 2_000;
const CALL_MS = 20_000;

/** The two revisions that hosts speak. */
const ERAS = ["2025", "2026"] as const;

/** A tool's answer, as a test looks at it. */
interface ToolResult {
  // deno-lint-ignore no-explicit-any -- what a test looks at is what a test is about
  data: any;
  text: string;
  isError: boolean;
  ms: number;
}

/** A host whose answers are looked at with their text and their time. */
interface TimedHost extends AsyncDisposable {
  client: SdkHost["client"];
  call(name: string, args?: Record<string, unknown>): Promise<ToolResult>;
  kill(): Promise<void>;
}

async function startHost(
  at: Place & { era: "2025" | "2026"; form?: FormAnswer; roots?: readonly string[] },
): Promise<TimedHost> {
  const host = await sdkHost({ ...at, cwd: at.project });
  return {
    client: host.client,
    kill: () => host.kill(),
    async call(name, args = {}) {
      const began = performance.now();
      const data = await host.call(name, args);
      const ms = performance.now() - began;
      return { data, text: host.text, isError: data.error !== undefined, ms };
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

interface Place {
  home: string;
  project: string;
}

function placeTest(name: string, body: (place: Place) => Promise<void>): void {
  hostTest(name, () => inPlace(body));
}

async function inPlace(body: (place: Place) => Promise<void>): Promise<void> {
  await using dir = await tempDir();
  const place = { home: join(dir.path, "home"), project: join(dir.path, "project") };
  for (const folder of Object.values(place)) await Deno.mkdir(folder);
  await passedProject(place.project);
  await body(place);
}

/** Waits as a model does: with the cursor of the answer before, until it is over. */
async function waitToEnd(host: TimedHost, id: string): Promise<ToolResult[]> {
  const answers: ToolResult[] = [];
  let cursor: number | undefined;
  while (answers.length < 50) {
    const answer = await host.call("ouroboros_job_wait", {
      job_id: id,
      ...(cursor === undefined ? {} : { cursor }),
    });
    assert(!answer.isError, answer.text);
    assert(answer.ms < CALL_MS, `a wait took ${answer.ms} ms`);
    answers.push(answer);
    if (answer.data.over) return answers;
    cursor = answer.data.cursor;
  }
  throw new Error(`Not over: ${answers.at(-1)?.text}`);
}

for (const era of ERAS) {
  const test = (name: string, body: (place: Place) => Promise<void>) =>
    placeTest(`a host of ${era}: ${name}`, body);

  test("it starts a run after its user's yes, waits, and gets the verdict", async (place) => {
    await using host = await startHost({ ...place, era });
    const { tools } = await host.client.listTools();
    assertEquals(tools.map((one) => one.name), TOOLS.map((one) => one.name));

    const looked = await host.call("ouroboros_start_execute_seed", { ...SEED, dry_run: true });
    assertEquals([looked.data.started, looked.data.id], [false, ""], looked.text);
    assertStringIncludes(looked.data.next[0], "confirm: true");
    assertMatch(
      looked.data.cost,
      /As the user, with nothing that confines them, run\n- criterion /,
    );
    assertMatch(looked.data.cost, /1 criterion, at most 3 starts and 60 minutes, no limit in dol/);

    const refused = await host.call("ouroboros_start_execute_seed", SEED);
    assertEquals(refused.isError, true);
    assertEquals([refused.data.error.code, refused.data.error.recoverable], ["needs_input", true]);
    assertStringIncludes(refused.text, "at most 3 starts");
    assertStringIncludes(refused.text, "confirm: true");

    const started = await host.call("ouroboros_start_execute_seed", { ...SEED, confirm: true });
    assertEquals(started.data.started, true, started.text);
    assert(started.ms < START_MS, `the start took ${started.ms} ms`);
    const { id } = started.data;
    const answers = await waitToEnd(host, id);
    const last = answers.at(-1)!;
    assertEquals(last.data.state, "passed", last.text);
    assertEquals(last.data.criteria.map((one: { state: string }) => one.state), ["passed"]);
    assertStringIncludes(last.text, `ouroboros apply ${id}`);
    assert(
      answers.every((one) => one.data.over || one.data.changes.length > 0),
      "woken for nothing",
    );

    const status = await host.call("ouroboros_session_status");
    assertEquals([status.data.id, status.data.state], [id, "passed"]);
    const receipts = await host.client.readResource({ uri: `ouroboros://runs/${id}/receipts` });
    assertStringIncludes(JSON.stringify(receipts.contents), "sh check.sh");
    const again = await host.call("ouroboros_start_execute_seed", SEED);
    assertEquals(again.data.started, true, "this project has had a run: nothing is asked again");
    await waitToEnd(host, again.data.id);
  });

  test("where it has forms, its user is asked in one, and a no is a no", async (place) => {
    for (const yes of [false, true]) {
      const forms: string[] = [];
      await using host = await startHost({
        ...{ ...place, era },
        form: ({ message }) => {
          forms.push(message);
          return { action: "accept", content: { confirm: yes } };
        },
      });
      const answer = await host.call("ouroboros_start_execute_seed", SEED);
      assertEquals(forms.length, 1);
      assertStringIncludes(forms[0]!, "at most 3 starts");
      assertEquals(answer.isError, !yes, answer.text);
      if (!yes) assertEquals(answer.data.error.code, "cancelled");
      else assertEquals((await waitToEnd(host, answer.data.id)).at(-1)!.data.state, "passed");
    }
    const { stdout } = await runProgram({
      ...{ args: ["runs", "--json"], cwd: place.project, home: place.home },
    });
    assertEquals(JSON.parse(stdout).length, 1, "the no started nothing");
  });

  test("a form that nobody saw is no answer: its user can still say yes in words", async (place) => {
    for (
      const [answer, code] of [
        [{ action: "cancel" }, "needs_input"],
        [{ action: "accept", content: {} }, "needs_input"],
        [{ action: "decline" }, "cancelled"],
        // A host of 2026 fills forms in before it calls again: there the call is its own to fail.
        ...(era === "2025" ? [["fails", "needs_input"] as const] : []),
      ] as const
    ) {
      await using host = await startHost({
        ...{ ...place, era },
        form: () => {
          if (answer === "fails") throw new Error("boom");
          return answer;
        },
      });
      const { data, text } = await host.call("ouroboros_start_execute_seed", SEED);
      assertEquals(data.error?.code, code, text);
      assertStringIncludes(text, "confirm: true");
    }
    const { stdout } = await runProgram({
      ...{ args: ["runs", "--json"], cwd: place.project, home: place.home },
    });
    assertEquals(JSON.parse(stdout), [], "none of them started anything");
  });

  test("a host that is killed ends nothing, and a new one finds the run", async (place) => {
    const first = await startHost({ ...place, era });
    const started = await first.call("ouroboros_start_execute_seed", { ...SEED, confirm: true });
    await first.kill();
    await using second = await startHost({ ...place, era });
    const found = await second.call("ouroboros_session_status");
    assertEquals(found.data.id, started.data.id);
    const last = (await waitToEnd(second, started.data.id)).at(-1)!;
    assertEquals(last.data.state, "passed", last.text);
  });

  test("names of the earlier server are refused with the one to use now", async (place) => {
    await using host = await startHost({ ...place, era });
    for (const name of formerToolNames()) {
      await assertRejects(
        () => host.client.callTool({ name, arguments: {} }),
        Error,
        `"${name}": there is no such tool. `,
      );
    }
    await assertRejects(
      () => host.client.callTool({ name: "ouroboros_job_wiat", arguments: {} }),
      Error,
      "Call ouroboros_job_wait",
    );
  });

  test("resources and prompts are listed and can be read", async (place) => {
    await using host = await startHost({ ...place, era });
    const { resources } = await host.client.listResources();
    assertEquals(resources.map((one) => one.uri), ["ouroboros://runs", "ouroboros://seeds"]);
    const { resourceTemplates } = await host.client.listResourceTemplates();
    assertEquals(resourceTemplates.length, 5);
    const { contents } = await host.client.readResource({ uri: "ouroboros://runs" });
    assertEquals((contents[0] as { text: string }).text, "[]\n");
    await assertRejects(() => host.client.readResource({ uri: "ouroboros://seeds/..%2Fconfig" }));
    await assertRejects(() => host.client.readResource({ uri: "ouroboros://nothing" }));
    await assertRejects(
      () => host.client.readResource({ uri: "ouroboros://runs/abcd/events?offset=x" }),
      Error,
      'Read events from "x" on',
    );
    const { prompts } = await host.client.listPrompts();
    for (const { name } of prompts) {
      const request = `only for ${name}`;
      const { messages } = await host.client.getPrompt({ name, arguments: { request } });
      assertStringIncludes(JSON.stringify(messages), request);
    }
    await assertRejects(() => host.client.getPrompt({ name: "runn" }), Error, "Did you mean run?");
  });
}

placeTest(
  "a project is where the server stands or what is open in the host, and nothing else",
  async ({ home, project }) => {
    const elsewhere = join(project, "..", "elsewhere");
    await Deno.mkdir(elsewhere);
    await Deno.writeTextFile(join(elsewhere, "seed.yaml"), "goal: other\n");
    await Deno.symlink(join(elsewhere, "seed.yaml"), join(project, "link.yaml"));
    const era = "2025";
    {
      await using host = await startHost({ home, project, era });
      for (
        const args of [{ ...SEED, cwd: elsewhere }, { seed_path: "link.yaml" }, {
          seed_path: "../elsewhere/seed.yaml",
        }]
      ) {
        const { isError, data } = await host.call("ouroboros_start_execute_seed", args);
        assertEquals([isError, data.error?.code], [true, "not_allowed"], JSON.stringify(data));
      }
    }
    await using open = await startHost({ home, project, era, roots: [elsewhere] });
    const { data } = await open.call("ouroboros_session_status", { cwd: elsewhere });
    assertEquals(data.error.code, "not_found", "it may be looked at; there is nothing yet");
  },
);

placeTest(
  "a run is cancelled from a host, and goes on once the user says so",
  async ({ home, project }) => {
    const recording = JSON.parse(await Deno.readTextFile(join(project, "recording.json")));
    recording.attempts[0].steps.unshift({ run: "touch began; sleep 60" });
    await Deno.writeTextFile(join(project, "recording.json"), JSON.stringify(recording));
    await using host = await startHost({ home, project, era: "2026" });
    const started = await host.call("ouroboros_start_execute_seed", { ...SEED, confirm: true });
    const { id } = started.data;
    const twice = await host.call("ouroboros_start_execute_seed", { ...SEED, confirm: true });
    assertEquals(twice.data.error?.code, "conflict", twice.text);
    assertStringIncludes(twice.text, `ouroboros_job_wait with job_id "${id}"`);
    const told: number[] = [];
    const { promise: first, resolve: hear } = Promise.withResolvers<void>();
    const waited = new AbortController();
    // A wait that is cancelled ends at once, and the server answers what comes next.
    const waiting = host.client.callTool({
      name: "ouroboros_job_wait",
      arguments: { job_id: id, timeout_seconds: 18 },
    }, {
      signal: waited.signal,
      onprogress: ({ progress }) => {
        told.push(progress);
        hear();
      },
    });
    await first;
    waited.abort();
    await assertRejects(() => waiting);
    assertEquals(told, told.toSorted((a, b) => a - b));
    assertEquals(new Set(told).size, told.length);
    const cancelled = await host.call("ouroboros_cancel_execution", {
      job_id: id,
      reason: "enough",
    });
    assert(!cancelled.isError, cancelled.text);
    const last = (await waitToEnd(host, id)).at(-1)!;
    assertEquals(last.data.state, "cancelled", last.text);
    assertStringIncludes(last.data.reason, "enough");
    const back = { session_id: id };
    assertStringIncludes(last.text, `ouroboros_start_execute_seed with session_id "${id}"`);
    const again = await host.call("ouroboros_start_execute_seed", back);
    assertEquals(again.data.error.code, "needs_input");
    const on = await host.call("ouroboros_start_execute_seed", { ...back, confirm: true });
    assertEquals([on.data.started, on.data.id], [true, id], on.text);
    await host.call("ouroboros_cancel_execution", { job_id: id });
    assertEquals((await waitToEnd(host, id)).at(-1)!.data.state, "cancelled");
  },
);
