import { join } from "@std/path";
import { removeAt } from "../../lib/checks/inside.ts";
import type { RecordedStep } from "../../lib/kernel/recording.ts";
import { writeFakeFiles } from "./fake_workspace.ts";
import type { Candidate } from "./truth_task.ts";

type Files = Candidate["files"];

/** A candidate as the steps of a recording: what it removes first, then what it writes, in order. */
export function stepsOf(files: Files): RecordedStep[] {
  const steps: RecordedStep[] = [];
  for (const [path, file] of Object.entries(files)) {
    if (file === null) steps.push({ remove: path });
  }
  for (const [path, file] of Object.entries(files)) {
    if (file === null) continue;
    if (typeof file === "string") steps.push({ write: path, text: file });
    else if ("link" in file) {
      // A link is not played over a folder.
      steps.push({ remove: path }, { write: path, text: file.link, mode: "link" });
    } else steps.push({ write: path, text: file.text, mode: "executable" });
  }
  return steps;
}

/** The same in a folder, by hand. */
export async function layOut(folder: string, files: Files): Promise<void> {
  const entries = Object.entries(files);
  for (const [path, file] of entries) {
    if (file === null) await Deno.remove(join(folder, path), { recursive: true });
  }
  for (const [path, file] of entries) {
    if (file === null) continue;
    // A link is not written over what is there.
    if (typeof file !== "string" && "link" in file) await removeAt(join(folder, path));
    await writeFakeFiles(folder, { [path]: file });
  }
}
