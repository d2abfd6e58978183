import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { runProgram } from "./program.ts";

const FILES = new URL("../specs/run/passed/before/", import.meta.url);

/** Puts a seed with a check into a project, and the recording of an agent that makes it pass. */
export async function passedProject(project: string): Promise<void> {
  for (const name of ["seed.yaml", "check.sh", "recording.json"]) {
    await Deno.copyFile(new URL(name, FILES), join(project, name));
  }
}

/** Plays the run of such a project from its recording; gives its id. */
export async function playPassed(
  at: {
    cwd: string;
    home: string;
    env?: Readonly<Record<string, string>>;
    command?: readonly string[];
  },
): Promise<string> {
  const args = ["run", "seed.yaml", "--recording", "recording.json"];
  const end = await runProgram({ args, ...at });
  assertEquals(end.code, 0, end.stderr);
  const id = /run_[0-9a-z]{18}/.exec(end.stdout)?.[0];
  assert(id, end.stdout + end.stderr);
  return id;
}
