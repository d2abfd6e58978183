/** From an idea to receipts that replay, with nobody there and a recorded model and agent. */
import { join } from "@std/path";
import { ideaLine, type LineBench, writeTask } from "../helpers/idea_line.ts";
import { ideaRecording } from "../helpers/idea_recording.ts";
import { IDEA_TASKS, type IdeaTask } from "../helpers/idea_tasks.ts";
import { runProgram } from "../helpers/program.ts";
import { tempDir } from "../helpers/temp_dir.ts";
import { whereIs } from "../helpers/install_bench.ts";

async function withLine(task: IdeaTask, body: (bench: LineBench) => Promise<unknown>) {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  for (const name of ["home", "project"]) await Deno.mkdir(at(name));
  await Deno.writeTextFile(at("recording.json"), JSON.stringify(ideaRecording(task)));
  const bench: LineBench = {
    root: dir.path,
    project: at("project"),
    words: ["--recording", at("recording.json")],
    ouroboros: (...args) => runProgram({ args, cwd: at("project"), home: at("home") }),
  };
  await writeTask(task, bench);
  await body(bench);
}

for (const task of IDEA_TASKS) {
  for (const inOne of task.git ? [false, true] : [false]) {
    Deno.test({
      name: `${task.name}: idea, seed, run, receipts${inOne ? ", in one command" : ""}`,
      ignore: whereIs(task.tool) === undefined,
      fn: () => withLine(task, (bench) => ideaLine(task, bench, { inOne })),
    });
  }
}
