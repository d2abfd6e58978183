import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { openThinker } from "../../../../lib/app/complete/open_thinker.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { ANSWERER, answeringAgent, answeringBench } from "../../../helpers/answering_agent.ts";
import { appBench } from "../../../helpers/app_bench.ts";
import { madeUpPlacement } from "../../../helpers/made_up_runtime.ts";

const RECORDING = JSON.stringify({ schema: 1, title: "A talk", runtime: "x", attempts: [] });

Deno.test("without a word of the user's the runtime of runs answers", async () => {
  await using bench = await answeringBench(":");
  const { definition, model } = await openThinker(bench.app);
  assertEquals([definition.id, model], [ANSWERER, undefined]);
});

Deno.test("llm.backend decides, unless a runtime or a recording is named", async () => {
  await using bench = await answeringBench(":", { env: { OUROBOROS_LLM_BACKEND: "replay" } });
  const error = await assertRejects(() => openThinker(bench.app), OuroborosError);
  assertEquals([error.code, error.hint], ["usage", "--recording FILE"]);
  assertEquals((await openThinker(bench.app, { runtime: ANSWERER })).definition.id, ANSWERER);
  const recording = join(bench.root, "talk.json");
  await Deno.writeTextFile(recording, RECORDING);
  assertEquals((await openThinker(bench.app, { recording })).recording, recording);
});

Deno.test("a runtime that answers nothing is refused with the way out", async () => {
  await using bench = await appBench();
  const error = await assertRejects(() => openThinker(bench.app), OuroborosError);
  assertEquals(error.code, "usage");
  assertStringIncludes(error.hint ?? "", "ouroboros config set llm.backend");
});

Deno.test("a recording that is none is refused before anything is asked", async () => {
  await using bench = await answeringBench(":");
  const recording = join(bench.root, "none.json");
  const opened = () => openThinker(bench.app, { recording });
  assertEquals((await assertRejects(opened, OuroborosError)).code, "not_found");
  await Deno.writeTextFile(recording, "{}");
  assertEquals((await assertRejects(opened, OuroborosError)).code, "recording_invalid");
});

Deno.test("the user's own tool servers are named, ours and what cannot be read left out", async () => {
  const agent = answeringAgent({ placement: madeUpPlacement(ANSWERER) });
  await using bench = await answeringBench(":", { agent });
  const file = join(bench.root, "home", `.${ANSWERER}`, `${ANSWERER}.json`);
  assertEquals((await openThinker(bench.app)).foreignServers, []);
  await Deno.mkdir(join(file, ".."), { recursive: true });
  await Deno.writeTextFile(file, `{"servers": {"notes": {}, "ouroboros": {}, "a.b": {}}}`);
  assertEquals((await openThinker(bench.app)).foreignServers, ["a.b", "notes"]);
  for (const text of ["{", "[]", `{"servers": []}`]) {
    await Deno.writeTextFile(file, text);
    assertEquals((await openThinker(bench.app)).foreignServers, [], text);
  }
});
