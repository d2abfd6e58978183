import { assert, assertEquals } from "@std/assert";
import { countSlips, expectedCounts, expectedSlips, slipsOf } from "../helpers/truth_counts.ts";
import { truthPage } from "../helpers/truth_page.ts";
import { type Played, playTask } from "../helpers/truth_play.ts";
import { type Task, worksOf } from "../helpers/truth_task.ts";
import { toolsStart, truthTools } from "../helpers/truth_tools.ts";
import { truthSection } from "../bench/bench_truth.ts";
import { CORPUS } from "./corpus.ts";

const home = await Deno.makeTempDir({ prefix: "ouroboros-truth-" });
addEventListener("unload", () => Deno.removeSync(home, { recursive: true }));
const tools = await truthTools(home);

/** What was played, for the last test of the suite. */
const played: { task: Task; works: Played[] }[] = [];

/** A work with its slips and the words that it got, so that a failure shows them. */
function told({ candidate, words }: Played, slips: readonly string[]) {
  const said = Object.entries(words).map(([way, { state, reason }]) =>
    `${way}: ${state}, ${reason}`
  );
  return { work: candidate.name, slips, said };
}

/** Lines that tell whether tools are here, each tried once. */
const starts = new Map<string, Promise<boolean>>();

for (const task of CORPUS) {
  if (!starts.has(task.needs)) starts.set(task.needs, toolsStart(task.needs, tools));
  const here = await starts.get(task.needs)!;
  Deno.test({
    name: `${task.name}${here ? "" : ` (skipped: "${task.needs}" does not run here)`}`,
    ignore: !here,
    async fn() {
      const works = await playTask(task, tools);
      played.push({ task, works });
      assertEquals(
        works.map((one) => told(one, slipsOf(one))),
        works.map((one) => told(one, expectedSlips(one))),
      );
      for (const { kind, candidate, words } of works) {
        if (kind !== "right") continue;
        const { control, tries, reason } = words.protect;
        assertEquals(control, candidate.control, `${candidate.name}: ${reason}`);
        assertEquals(tries, 1, `no agent was started: ${reason}`);
      }
    },
  });
}

Deno.test("The corpus is large enough: tasks, languages, works, names that differ", () => {
  const whole = CORPUS.filter((task) => task.right.length > 0 && task.wrong.length >= 4);
  assert(whole.length >= 16, `${whole.length} tasks`);
  const languages = new Set(whole.map((task) => task.language));
  for (const one of ["Python", "JavaScript", "Go", "Rust", "C", "sh"]) assert(languages.has(one));
  const names = CORPUS.flatMap((task) =>
    worksOf(task).map(({ candidate }) => `${task.name}: ${candidate.name}`)
  );
  assertEquals(new Set(names).size, names.length);
});

Deno.test("Nothing wrong passes a hidden check, and right work is lost by flaky checks alone", () => {
  const { falseDone } = expectedCounts(CORPUS);
  assertEquals(falseDone.hidden, 0);
  const lost = CORPUS.filter((task) =>
    task.right.some(({ lost }) => lost?.ways.some((way) => way !== "strict"))
  );
  assertEquals(lost.map((task) => task.name.includes("flaky")), lost.map(() => true));
});

Deno.test("docs/truth.md and docs/benchmarks.md say what the corpus says", async () => {
  const doc = (name: string) => new URL(`../../docs/${name}`, import.meta.url);
  const page = await Deno.readTextFile(doc("truth.md"));
  assertEquals(page, await truthPage(page, CORPUS), "deno run -A tests/truth/write_page.ts");
  const bench = await Deno.readTextFile(doc("benchmarks.md"));
  assert(bench.includes(await truthSection()), "docs/benchmarks.md: deno task bench");
});

Deno.test("The counts of all words are told", () => {
  const counts = countSlips(
    played.flatMap(({ works }) => works.map((one) => ({ kind: one.kind, slips: slipsOf(one) }))),
  );
  assertEquals(counts, expectedCounts(played.map(({ task }) => task)));
  const list = (numbers: Record<string, number>) =>
    Object.entries(numbers).map(([way, count]) => `${way} ${count}`).join(", ");
  console.log(
    `truth: ${played.length} of ${CORPUS.length} tasks; of ${counts.wrong} wrong works passed: ` +
      `${list(counts.falseDone)}; of ${counts.right} right works not passed: ` +
      `${list(counts.falseFail)}; of ${counts.undecided} that a broken check cannot decide, ` +
      `decided: ${list(counts.decided)}`,
  );
});
