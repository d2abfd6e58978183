import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { fileTree } from "./file_tree.ts";
import { writeFiles } from "./git_project.ts";
import { IDEA_ANSWERS, type IdeaTask } from "./idea_tasks.ts";
import type { ProgramEnd } from "./program.ts";

/** Where a whole line from an idea to its receipts is played. */
export interface LineBench {
  /** Folder for the idea and the answers, outside the project. */
  root: string;
  project: string;
  /** Words that every command but the reads gets: who thinks and works. */
  words: readonly string[];
  ouroboros(...words: string[]): Promise<ProgramEnd>;
}

/** Writes the idea, its answers, and the project's files. */
export async function writeTask(task: IdeaTask, bench: LineBench): Promise<void> {
  await Deno.writeTextFile(join(bench.root, "idea.md"), task.idea);
  await Deno.writeTextFile(join(bench.root, "answers.yaml"), IDEA_ANSWERS);
  await writeFiles(bench.project, task.files);
  if (!task.git) return;
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  for (const args of [["init", "-q"], ["add", "-A"], [...who, "commit", "-q", "-m", "First"]]) {
    const { success } = await new Deno.Command("git", { args, cwd: bench.project }).output();
    assert(success, `git ${args.join(" ")}`);
  }
  // A dirty tree is normal.
  await Deno.writeTextFile(join(bench.project, "NOTES.md"), "Ask about renewals\n");
}

/**
 * Idea, screens, seed, run, receipts and their replay, with nobody there: in commands of their own,
 * or in one. Holds that each step came, what the seed says, and that all passed. Gives the calls of a
 * model from the idea to the frozen seed.
 */
export async function ideaLine(
  task: IdeaTask,
  bench: LineBench,
  options: { inOne: boolean },
): Promise<number> {
  const { ouroboros, words } = bench;
  const before = await filesOf(bench.project);
  const from = [join(bench.root, "idea.md"), "--answers", join(bench.root, "answers.yaml")];
  const held = options.inOne
    ? await ouroboros("run", "--from", ...from, ...words, "--yes", "--json")
    : await ouroboros("interview", ...from, ...words, "--json");
  assertEquals(held.code, 0, held.stdout.slice(-3000) + held.stderr);
  const lines = held.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const { interview } = lines.find((one) => one.type === "result" && one.interview);
  const came = (type: string) => lines.filter((one) => one.type === type).length;
  assertEquals([interview.step, interview.screens, came("answers.given")], ["over", 1, 1]);
  assertEquals(came("seed.refused"), task.seeds.length - 1, "seeds that were sent back");
  const text = await Deno.readTextFile(interview.seed.path);
  for (const line of task.frozen) assertStringIncludes(text, line);
  assert(interview.calls <= 4, `${interview.calls} calls`);

  const run = options.inOne
    ? held
    : await ouroboros("run", interview.seed.path, ...words, "--yes", "--json");
  assertEquals(run.code, 0, run.stdout.slice(-3000) + run.stderr);
  const runId = /"runId":"(run_\w+)"/.exec(run.stdout)?.[1] ?? "";
  const { criteria } = task.seeds.at(-1)! as { criteria: unknown[] };
  const receipts: { receipt: { replayable: { decision: { state: string } } } }[] = JSON.parse(
    (await ouroboros("receipts", runId, "--json")).stdout,
  );
  assertEquals(
    receipts.map((one) => one.receipt.replayable.decision.state),
    criteria.map(() => "passed"),
  );
  assertEquals(await filesOf(bench.project), before, "the user's files are as they were");

  const file = join(bench.root, "receipts.tar");
  assertEquals((await ouroboros("receipts", "export", runId, file)).code, 0);
  const replay = await ouroboros("receipts", "replay", file, "--json");
  assertEquals(replay.code, 0, replay.stdout.slice(-3000) + replay.stderr);
  return interview.calls;
}

/** All but what git itself keeps. */
async function filesOf(project: string): Promise<[string, string][]> {
  const tree = Object.entries(await fileTree(project));
  return tree.filter(([path]) => !path.startsWith(".git/")).sort();
}
