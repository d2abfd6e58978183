import { assertEquals } from "@std/assert";
import { answeringBench } from "../../../helpers/answering_agent.ts";
import { converse, FILES, GOOD } from "../../../helpers/interview_converse.ts";

Deno.test("the file of a frozen seed that is gone comes back, and one that is there is left", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const { view } = await converse(bench);
  const { path } = view.seed!;
  const text = await Deno.readTextFile(path!);
  await Deno.remove(path!);
  const again = { idea: undefined, resume: view.interviewId };
  const { progress } = await converse(bench, again);
  assertEquals(await Deno.readTextFile(path!), text);
  assertEquals(progress.filter((one) => one.type === "notice").length, 1);
  await Deno.writeTextFile(path!, "mine");
  await converse(bench, again);
  assertEquals(await Deno.readTextFile(path!), "mine");
});
