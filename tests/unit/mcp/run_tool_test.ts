import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { z } from "zod";
import type { App } from "../../../lib/app/app.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type CallSurroundings, runTool } from "../../../lib/mcp/run_tool.ts";
import { defineTool, type Tool } from "../../../lib/mcp/tool.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

/** A clock whose sleeps end when the test says so. */
function handClock() {
  const sleeping: { ms: number; wake: () => void }[] = [];
  const clock = {
    now: () => new Date(0),
    monotonicMs: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((wake) => {
        sleeping.push({ ms, wake });
        signal?.addEventListener("abort", () => wake());
      }),
  };
  return { clock, sleeping };
}

function callOf(given: Partial<CallSurroundings> = {}): CallSurroundings {
  return {
    signal: new AbortController().signal,
    progress: () => {},
    canAsk: false,
    responses: undefined,
    state: () => undefined,
    seal: () => Promise.reject(new Error("No form")),
    roots: () => Promise.resolve([]),
    ...given,
  };
}

const INPUT = z.strictObject({
  session_id: z.string().min(4).optional(),
  limit: z.int().max(5).optional(),
  cwd: z.string().optional(),
});

/** A tool that tells what reached it, or does what a test wants. */
function toolOf(
  run: (app: App, input: z.infer<typeof INPUT>, signal: AbortSignal) => Promise<string>,
  kind: Tool["class"] = "query",
): Tool {
  return defineTool({
    name: "ouroboros_echo",
    title: "Echo",
    description: "",
    input: INPUT,
    aliases: { job_id: "session_id" },
    output: z.object({ said: z.string() }),
    class: kind,
    traits: { idempotent: true, openWorld: false },
    limitMs: 5_000,
    run: async (app, input, { signal }) => ({ said: await run(app, input, signal), more: "cut" }),
    text: ({ said }) => `It said ${said}`,
  });
}

const echo = toolOf((app, input) => Promise.resolve(`${app.cwd} ${JSON.stringify(input)}`));

function appAt(cwd: string, home = "/home/ada"): App {
  return { cwd, paths: { home }, clock: handClock().clock } as unknown as App;
}

async function failure(
  tool: Tool,
  args: Record<string, unknown>,
  app = appAt("/project"),
): Promise<Record<string, unknown> & { text: string }> {
  const result = await runTool(app, tool, args, callOf()) as {
    isError?: boolean;
    content: { text: string }[];
    structuredContent: { error: Record<string, unknown> };
  };
  assertEquals(result.isError, true);
  return { ...result.structuredContent.error, text: result.content[0]!.text };
}

Deno.test("an optional argument that is null or empty is left out, under either name", async () => {
  const { structuredContent } = await runTool(
    appAt("/project"),
    echo,
    { session_id: "", job_id: "abcd", limit: null, cwd: "" },
    callOf(),
  ) as { structuredContent: { said: string } };
  assertEquals(structuredContent.said, '/project {"session_id":"abcd"}');
  const tool = { ...echo, input: z.strictObject({ text: z.string().min(1) }) };
  assertMatch((await failure(tool, { text: "" })).text, /text: /);
});

Deno.test("an argument that is missing is named", async () => {
  const tool = {
    ...toolOf(() => Promise.resolve("")),
    input: z.strictObject({ job_id: z.string() }),
  };
  const { structuredContent } = await runTool({} as App, tool, {}, callOf()) as {
    structuredContent: { error: { message: string; hint: string } };
  };
  const { message, hint } = structuredContent.error;
  assertEquals(message, 'Call ouroboros_echo: "job_id" is missing');
  assertEquals(hint, "It takes job_id");
});

Deno.test("a name that objects have by themselves is no argument", async () => {
  const { text } = await failure(echo, { constructor: "x" });
  assertMatch(text, /"constructor"/);
});

Deno.test("an answer is what the schema promises, and a text", async () => {
  assertEquals(await runTool(appAt("/p"), echo, { limit: 3 }, callOf()), {
    content: [{ type: "text", text: 'It said /p {"limit":3}' }],
    structuredContent: { said: '/p {"limit":3}' },
  });
});

Deno.test("other names of an argument are taken, and a null is an argument left out", async () => {
  const args = { job_id: "run_1", limit: null };
  const { structuredContent } = await runTool(appAt("/p"), echo, args, callOf()) as {
    structuredContent: unknown;
  };
  assertEquals(structuredContent, { said: '/p {"session_id":"run_1"}' });
});

Deno.test("what is wrong with arguments is said with their names, before anything is done", async () => {
  const never = toolOf(() => Promise.reject(new Error("It was called")));
  for (
    const [args, text] of [
      [{ session_id: 5 }, /session_id: /],
      [{ limit: 6 }, /limit: /],
      [{ what: 1 }, /"what"/],
    ] as const
  ) {
    const error = await failure(never, args);
    assertMatch(error.text, text);
    assertStringIncludes(error.text, "It takes session_id, limit, cwd");
    assertEquals([error.code, error.recoverable], ["usage", true]);
  }
});

Deno.test("a hint is something that the model can call", async () => {
  const tool = toolOf(() => {
    throw new OuroborosError({ code: "not_found", message: "No", hint: "ouroboros runs --all" });
  });
  const { hint, text } = await failure(tool, { session_id: "run_1" });
  assertEquals(hint, "ouroboros_session_status without session_id");
  assertStringIncludes(text, "Try: ouroboros_session_status");
  assertEquals((await failure(tool, {})).hint, hint);
});

Deno.test("where nothing was begun yet it is said how to begin, whatever the hint's words", async () => {
  for (const hint of ["ouroboros runs --all", "ouroboros demo"]) {
    const tool = toolOf(() => {
      throw new OuroborosError({ code: "not_found", message: "No", hint, noneYet: true });
    });
    assertEquals(
      (await failure(tool, {})).hint,
      "ouroboros_interview with initial_context, or with a seed " +
        "ouroboros_start_execute_seed with seed_path",
    );
  }
});

Deno.test("two names of one argument are told to be that, unless they say the same", async () => {
  for (
    const args of [{ job_id: "run_1", session_id: "run_2" }, { session_id: "run_2", job_id: "r" }]
  ) {
    const [one, other] = Object.keys(args);
    assertStringIncludes(
      (await failure(echo, args)).text,
      `"${one}" and "${other}" are names of the same: give one of them`,
    );
  }
  const { structuredContent } = await runTool(
    appAt("/p"),
    echo,
    { job_id: "run_1", session_id: "run_1" },
    callOf(),
  ) as { structuredContent: unknown };
  assertEquals(structuredContent, { said: '/p {"session_id":"run_1"}' });
});

Deno.test("errors keep code and hint; only what another call can mend is recoverable", async () => {
  for (
    const [code, recoverable] of [
      ["not_found", true],
      ["needs_input", true],
      ["seed_invalid", true],
      ["git_missing", false],
      ["internal", false],
    ] as const
  ) {
    const tool = toolOf(() =>
      Promise.reject(new OuroborosError({ code, message: "Do it: no", hint: "do that" }))
    );
    assertEquals(await failure(tool, {}), {
      ...{ code, message: "Do it: no", hint: "do that", recoverable },
      text: `Do it: no (${code})\nTry: do that`,
    });
  }
  for (
    const hint of [
      "Call ouroboros_interview with session_id alone",
      "ouroboros interview --resume x",
    ]
  ) {
    const error = new OuroborosError({ code: "conflict", message: "Do it: no", hint });
    const told = await failure(toolOf(() => Promise.reject(error)), {});
    assertEquals(told.recoverable, true, hint);
  }
  const defect = await failure(toolOf(() => Promise.reject(new TypeError("x is no y"))), {});
  assertEquals([defect.code, defect.recoverable], ["internal", false]);
});

Deno.test("a call that takes too long is answered in its time, and told that it is over", async () => {
  for (const kind of ["query", "starter"] as const) {
    const { clock, sleeping } = handClock();
    const began = Promise.withResolvers<AbortSignal>();
    const slow = toolOf((_app, _input, signal) => {
      began.resolve(signal);
      return new Promise(() => {});
    }, kind);
    const app = { ...appAt("/p"), clock } as App;
    const answer = failure(slow, {}, app);
    const signal = await began.promise;
    assertEquals(sleeping.map((one) => one.ms), [5_000]);
    sleeping[0]!.wake();
    const error = await answer;
    assertEquals([error.code, error.recoverable], ["timed_out", kind === "query"]);
    // Of what may have happened the model is told to look, and not to do it once more.
    assertEquals(/session_status/.test(error.text), kind === "starter");
    assert(signal.aborted);
  }
});

Deno.test("a cancelled call ends, and what worked for it is told", async () => {
  const host = new AbortController();
  const began = Promise.withResolvers<AbortSignal>();
  const slow = toolOf((_app, _input, signal) => {
    began.resolve(signal);
    return new Promise(() => {});
  });
  const answer = runTool(appAt("/p"), slow, {}, callOf({ signal: host.signal }));
  const signal = await began.promise;
  assert(!signal.aborted);
  host.abort();
  assert(signal.aborted);
  assertEquals((await answer as { isError?: boolean }).isError, true);
});

Deno.test("the project is cwd where that is allowed, else where the server stands", async () => {
  await using dir = await tempDir();
  const real = await Deno.realPath(dir.path);
  for (const name of ["here/below", "open/project", "other"]) {
    await Deno.mkdir(`${real}/${name}`, { recursive: true });
  }
  await Deno.symlink(`${real}/other`, `${real}/here/link`);
  const where = async (cwd: string | undefined, app: App) => {
    const call = callOf({ roots: () => Promise.resolve([`${real}/open`]) });
    const result = await runTool(app, echo, cwd === undefined ? {} : { cwd }, call) as {
      structuredContent: { said?: string; error?: { code: string } };
    };
    const { said, error } = result.structuredContent;
    return error?.code ?? said!.split(" ")[0]!.slice(real.length);
  };
  const app = appAt(`${real}/here`);
  assertEquals(await where(undefined, app), "/here");
  assertEquals(await where("below", app), "/here/below");
  assertEquals(await where(`${real}/open/project`, app), "/open/project");
  assertEquals(await where(`${real}/other`, app), "not_allowed");
  assertEquals(await where("link", app), "not_allowed");
  assertEquals(await where("../other", app), "not_allowed");
  assertEquals(await where("nowhere", app), "not_found");
  // Started where no project is: what is open in the host is meant.
  assertEquals(await where(undefined, appAt(`${real}/here`, `${real}/here`)), "/open");
});
