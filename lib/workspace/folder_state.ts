import { OuroborosError } from "../kernel/error.ts";
import { isNotFound } from "./not_found.ts";
import type { RunFolder } from "./run_folder.ts";

/** What a run's folder is about, kept in it so that `resume` needs nothing else. */
export interface RunFolderState {
  schema: 1;
  project: string;
  carry: string[];
}

/** Writes the state of a new run folder. */
export async function writeFolderState(folder: RunFolder, state: RunFolderState): Promise<void> {
  const text = JSON.stringify(state, null, 2) + "\n";
  await Deno.writeTextFile(folder.state + ".new", text, { mode: 0o600 });
  await Deno.rename(folder.state + ".new", folder.state);
}

/** Reads it. Errors: workspace_lost. */
export async function readFolderState(folder: RunFolder): Promise<RunFolderState> {
  let text: string;
  try {
    text = await Deno.readTextFile(folder.state);
  } catch (error) {
    if (isNotFound(error)) throw lost(folder, "it is not there");
    throw error;
  }
  const state = parse(text);
  if (state === undefined) throw lost(folder, "its workspace.json cannot be read");
  return state;
}

function parse(text: string): RunFolderState | undefined {
  try {
    const data: Partial<RunFolderState> = JSON.parse(text);
    if (data.schema !== 1 || typeof data.project !== "string") return undefined;
    return { schema: 1, project: data.project, carry: (data.carry ?? []).map(String) };
  } catch {
    return undefined;
  }
}

function lost(folder: RunFolder, why: string): OuroborosError {
  return new OuroborosError({
    code: "workspace_lost",
    message: `Open the run's folder "${folder.dir}": ${why}`,
    hint: "Start a new run: ouroboros run SEED",
  });
}
