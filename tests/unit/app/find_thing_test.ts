import { assertEquals, assertRejects } from "@std/assert";
import { atFolder } from "../../../lib/app/at_folder.ts";
import { findRunOf, findThing } from "../../../lib/app/find_thing.ts";
import { beginInterview } from "../../../lib/engine/interview/decide.ts";
import { interviewStream } from "../../../lib/engine/interview/events.ts";
import { newId } from "../../../lib/kernel/id.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
metadata: { seed_id: seed_of_greetings }
acceptance_criteria:
  - { id: hello, description: hello.txt is there, check: { run: test -e hello.txt } }
`;

async function begin(bench: AppBench, project: string): Promise<string> {
  const { app } = bench;
  const id = newId("interview", app.clock.now(), app.random);
  const events = beginInterview("A page", {
    ...{ interviewId: id, project, idea: { text: "A page" }, facts: null, auto: null },
    ...{ limits: { screens: 3 }, imported: null, version: "1" },
  });
  await (await app.journal()).append(interviewStream(id), events, { expectedVersion: 0 });
  return id;
}

Deno.test("any id leads to what it names, and none to the latest of the project", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: "echo hello > hello.txt",
  });
  const { app, project } = bench;
  const named = async (word?: string, at = app) => {
    const thing = await findThing(at, word);
    return thing.kind === "run" ? thing.run.created.runId : thing.interview.interviewId;
  };
  const refused = async (word?: string, at = app) => {
    const { code, noneYet } = await assertRejects(() => findThing(at, word), OuroborosError);
    return noneYet ? "none yet" : code;
  };

  assertEquals([await refused(), await refused("run_0000")], ["none yet", "not_found"]);
  assertEquals(
    (await assertRejects(() => findRunOf(app, undefined), OuroborosError)).noneYet,
    true,
  );
  const older = await begin(bench, project);
  const { view } = await bench.start({});
  const worker = (await bench.state(view.runId)).worker!;
  for (
    const word of [
      ...[view.runId, view.runId.slice(-6), "seed_of_greetings"],
      ...[worker.marker, String(worker.pid)],
    ]
  ) assertEquals(await named(word), view.runId, word);
  for (const word of [older, older.slice(-6)]) assertEquals(await named(word), older, word);
  assertEquals(await named(), view.runId);
  for (const word of [undefined, "seed_of_greetings", worker.marker]) {
    assertEquals(await findRunOf(app, word), view.runId);
  }
  const none = await assertRejects(() => findRunOf(app, older), OuroborosError);
  assertEquals(none.code, "usage");

  const newer = await begin(bench, project);
  assertEquals(await named(), newer);
  for (const word of ["zzzzzz", "seed_of_nothing", "interview_zzzz", "1"]) {
    assertEquals(await refused(word), "not_found", word);
  }
  // Of another project there is nothing; an id is good everywhere.
  await Deno.mkdir(`${bench.root}/other`);
  const other = atFolder(app, `${bench.root}/other`);
  assertEquals(await refused(undefined, other), "none yet");
  assertEquals(await named(view.runId, other), view.runId);
});
