import { countsTable, expectedCounts } from "./truth_counts.ts";
import type { Loss, RightWork, Task, Way, WrongWork } from "./truth_task.ts";

const START = "<!-- counts: written from tests/truth; its test compares -->\n";
const END = "<!-- /counts -->";

const SHORT: Readonly<Record<Way, string>> = {
  own: "the worker's own folder",
  plain: "nothing protected",
  protect: "`protect`",
  strict: "`--strict`",
  hidden: "a hidden check",
};

/** A work and where the word on it is not the right one. */
interface Slip {
  task: Task;
  work: RightWork | WrongWork;
  loss: Loss;
}

/** docs/truth.md with what the corpus says in its place. Throws where the marks are missing. */
export async function truthPage(page: string, tasks: readonly Task[]): Promise<string> {
  const from = page.indexOf(START);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error("docs/truth.md: the marks of the counts are missing");
  const text = `${page.slice(0, from + START.length)}\n${written(tasks)}\n\n${page.slice(to)}`;
  return await formatted(text);
}

/** Markdown as `deno fmt` lays it out. */
export async function formatted(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--line-width=100", "--ext=md", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error("deno fmt does not take the page");
  return new TextDecoder().decode(stdout);
}

function written(tasks: readonly Task[]): string {
  const counts = expectedCounts(tasks);
  const wrong = tasks.flatMap((task) =>
    task.wrong.flatMap((work) => work.done ? [{ task, work, loss: work.done }] : [])
  );
  const right = tasks.flatMap((task) =>
    task.right.flatMap((work) => work.lost ? [{ task, work, loss: work.lost }] : [])
  );
  const strict = wrong.filter(({ loss }) => loss.ways.includes("strict"));
  const looser = wrong.filter(({ loss }) => !loss.ways.includes("strict"));
  const languages = new Set(tasks.map((task) => task.language));
  return [
    `${tasks.length} tasks in ${languages.size} languages (${[...languages].join(", ")}), ` +
    `${counts.wrong} wrong and ${counts.right} right works, and ${counts.undecided} that a broken ` +
    "check cannot decide (`unverified` in every run, and thrown away in the worker's own folder).",
    countsTable(counts),
    "Aims: no wrong work passes a hidden check, none passes with `--strict`, and no right work is " +
    `lost without it. Missed by ${counts.falseDone.hidden}, ${counts.falseDone.strict} and ` +
    `${counts.falseFail.protect} works, which are named here.`,
    "## What can still be gamed",
    "Called passed with `protect` and with `--strict`:",
    ...grouped(strict),
    "## What `protect` or `--strict` finds",
    "Called passed only without them:",
    ...grouped(looser),
    "## Right work that is not called passed",
    ...grouped(right),
  ].join("\n\n");
}

/** Works with the same reason together. */
function grouped(slips: readonly Slip[]): string[] {
  const groups = new Map<Loss, Slip[]>();
  for (const slip of slips) groups.set(slip.loss, [...groups.get(slip.loss) ?? [], slip]);
  return [...groups].map(([loss, members]) =>
    [
      `**${loss.why}.** In: ${loss.ways.map((way) => SHORT[way]).join(", ")}.` +
      `${loss.helps ? ` What helps: ${loss.helps}.` : ""}`,
      "",
      ...members.map(({ task, work }) => `- ${task.name}: ${work.name}`),
    ].join("\n")
  );
}
