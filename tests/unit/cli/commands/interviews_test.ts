import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { interviews } from "../../../../lib/cli/commands/interviews.ts";
import { readWords } from "../../../../lib/cli/read_words.ts";
import { beginInterview } from "../../../../lib/engine/interview/decide.ts";
import { type ImportedFrom, interviewStream } from "../../../../lib/engine/interview/events.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { Screen } from "../../../helpers/screen.ts";
import { NO_DELIVERIES } from "../../../helpers/no_deliveries.ts";

async function begun(
  bench: AppBench,
  interviewId: string,
  idea: string,
  imported: ImportedFrom | null = null,
): Promise<void> {
  const journal = await bench.app.journal();
  const events = beginInterview(idea, {
    ...{ interviewId, project: bench.project, idea: { text: idea }, facts: null, auto: null },
    ...{ limits: { screens: 12 }, imported, version: "0.0.1" },
  });
  await journal.append(interviewStream(interviewId), events, { expectedVersion: 0 });
}

async function listed(bench: AppBench, ...argv: string[]) {
  const output = new Screen();
  const exit = await interviews.run({
    app: bench.app,
    output,
    words: readWords(interviews, argv),
    interrupt: new AbortController().signal,
    deliveries: NO_DELIVERIES,
  });
  assertEquals(exit, 0);
  return output;
}

Deno.test("interviews are listed a line each, the newest first, twenty unless others are asked for", async () => {
  await using bench = await appBench({});
  for (let n = 1; n <= 21; n++) await begun(bench, `interview_${n}`, "Reject expired coupons");
  const lines = (await listed(bench)).stdout.trimEnd().split("\n");
  assertEquals(lines.length, 20);
  assertMatch(lines[0]!, /^interview_21 +[\d-]+ [\d:]+ +stopped +- +Reject expired/);
  assertEquals((await listed(bench, "--limit", "3")).stdout.trimEnd().split("\n").length, 3);
});

Deno.test("programs get the views themselves, and an empty list as one", async () => {
  await using bench = await appBench({});
  assertEquals((await listed(bench, "--json")).stdout, "[]\n");
  await begun(bench, "interview_1", "Reject expired coupons");
  const [view] = JSON.parse((await listed(bench, "--json")).stdout);
  assertEquals([view.interviewId, view.idea], ["interview_1", { text: "Reject expired coupons" }]);
});

Deno.test("interviews of the Python system that were not imported are told with how to go on", async () => {
  await using bench = await appBench({});
  const data = join(bench.app.paths.root, "data");
  await Deno.mkdir(data, { recursive: true });
  for (const name of ["interview_i1.json", "interview_i2.json", "interview_i2.json.lock"]) {
    await Deno.writeTextFile(join(data, name), "{}");
  }
  const told = (...ids: string[]) =>
    ids.map((id) => `  ouroboros interview ${join(data, `interview_${id}.json`)}\n`).join("");
  const { stdout, stderr } = await listed(bench);
  assertEquals([stdout, stderr], [
    "",
    `2 interviews of the Python system, not imported; to go on:\n${told("i2", "i1")}`,
  ]);
  await begun(bench, "interview_1", "Reject expired coupons", {
    ...{ id: "i2", status: "in_progress", createdAt: null, updatedAt: null, score: null },
  });
  const then = await listed(bench);
  assertMatch(then.stdout, /^interview_1 .*\n {2}imported from i2\n$/);
  assertEquals(
    then.stderr,
    `1 interview of the Python system, not imported; to go on:\n${told("i1")}`,
  );
});

Deno.test("where there are none it says how to begin one", async () => {
  await using bench = await appBench({});
  const { stdout, stderr } = await listed(bench);
  assertEquals([stdout, stderr], [
    "",
    'No interviews yet. Try: ouroboros interview "reject expired coupons"\n',
  ]);
});
