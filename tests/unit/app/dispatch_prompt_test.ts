import { assert, assertEquals, assertRejects } from "@std/assert";
import { dispatchPrompt, type ToolTable } from "../../../lib/app/dispatch_prompt.ts";
import { type ErrorCode, OuroborosError } from "../../../lib/kernel/error.ts";
import { benchPlaces, openApp } from "../../helpers/app_bench.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const SKILL = (tool: string) =>
  `---\nname: look\ndescription: Looks\nmetadata: { ouroboros-tool: ${tool}, ` +
  `ouroboros-args: '{"text": "$1", "cwd": "$CWD"}' }\n---\nLook\n`;

/** A bundle of the user's own whose tool does what `table` says, and the calls that were made. */
async function scene(tool: string, end: ErrorCode | undefined) {
  const dir = await tempDir();
  const places = benchPlaces(dir.path);
  await Deno.mkdir(places.project);
  await Deno.mkdir(`${dir.path}/ours/skills/look`, { recursive: true });
  await Deno.writeTextFile(`${dir.path}/ours/skills/look/SKILL.md`, SKILL(tool));
  const calls: unknown[] = [];
  const table: ToolTable = {
    argumentsOf: () => undefined,
    check: ({ args }) => {
      if (args.text !== "wrong") return;
      throw new OuroborosError({ code: "usage", message: "It went wrong" });
    },
    classOf: (name) =>
      name === "looks"
        ? "query"
        : name === "starts"
        ? "starter"
        : name === "changes"
        ? "mutation"
        : undefined,
    call: (_, request) => {
      calls.push(request);
      return end === undefined
        ? Promise.resolve({ text: "done", data: { a: 1 } })
        : Promise.reject(new OuroborosError({ code: end, message: "It went wrong" }));
    },
  };
  const app = openApp(places);
  return {
    calls,
    project: app.cwd,
    ask: (prompt: string, dryRun = false) =>
      dispatchPrompt(app, prompt, {
        tools: () => Promise.resolve(table),
        dryRun,
        interrupt: new AbortController().signal,
      }),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

Deno.test("a prompt is answered by one call, with what was typed", async () => {
  await using one = await scene("looks", undefined);
  const found = await one.ask("ooo look at it");
  assert(found.kind === "answered");
  assertEquals(found.answer, { text: "done", data: { a: 1 } });
  assertEquals(one.calls, [{ tool: "looks", args: { text: "at it", cwd: one.project } }]);
});

Deno.test("a dry run calls nothing, and neither does a prompt that is not ours", async () => {
  await using one = await scene("starts", undefined);
  assertEquals((await one.ask("ooo look", true)).kind, "planned");
  assertEquals((await one.ask("look")).kind, "not_handled");
  // What the call would refuse is no plan.
  const refused = await assertRejects(() => one.ask("ooo look wrong", true), OuroborosError);
  assertEquals(refused.code, "usage");
  assertEquals(one.calls, []);
});

Deno.test("a look that could not be had in its time is handed on, a mistake in it is not", async () => {
  for (const code of ["timed_out", "journal_locked"] as const) {
    await using one = await scene("looks", code);
    const found = await one.ask("ooo look");
    assert(found.kind === "handed_on");
    assertEquals(found.error.code, code);
  }
  await using one = await scene("looks", "not_found");
  assertEquals((await assertRejects(() => one.ask("ooo look"), OuroborosError)).code, "not_found");
});

Deno.test("what may have happened is never handed on, and is called once", async () => {
  for (const tool of ["starts", "changes"]) {
    for (const code of ["timed_out", "journal_locked", "internal", "not_found"] as const) {
      await using one = await scene(tool, code);
      const error = await assertRejects(() => one.ask("ooo look"), OuroborosError);
      assertEquals([error.code, one.calls.length], [code, 1]);
    }
  }
});

Deno.test("a bundle whose tool does not exist is an error of that bundle", async () => {
  await using one = await scene("nothing", undefined);
  const error = await assertRejects(() => one.ask("ooo look"), OuroborosError);
  assertEquals([error.code, one.calls], ["skill_invalid", []]);
});
