import { lockFlags } from "../../.ci/lock.ts";
import { fromFileUrl, join } from "@std/path";
import { type DialogueOptions, inDialogue } from "./dialogue.ts";
import { interviewRecording } from "./interview_recording.ts";
import { programEnvironment } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

/** A home, a project and a recorded model, with which interviews are held in a terminal. */
export interface InterviewBench extends AsyncDisposable {
  project: string;
  /** Holds one in a terminal of that width; `words` stand behind `interview`. */
  talk(
    words: readonly string[],
    turns: DialogueOptions["turns"],
    more?: {
      env?: Readonly<Record<string, string>>;
      columns?: number;
      /** Makes another shell line of the command. */
      around?: (line: string) => string;
    },
  ): Promise<{ shown: string; code: number }>;
  /** Texts of the seeds that were frozen. */
  seeds(): Promise<string[]>;
}

/** Opens a bench; `wordy` as of `interviewRecording`. */
export async function interviewBench(model: { wordy?: string } = {}): Promise<InterviewBench> {
  const dir = await tempDir();
  const project = join(dir.path, "project");
  await Deno.mkdir(project);
  await Deno.writeTextFile(join(project, "test.sh"), "grep -q expired shop.txt\n");
  await Deno.writeTextFile(join(project, "shop.txt"), "open\n");
  const recording = join(dir.path, "recording.json");
  await Deno.writeTextFile(recording, interviewRecording(model));
  return {
    project,
    async talk(words, turns, more = {}) {
      const line = [...COMMAND, ...words, "--recording", recording]
        .map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
      const env = await programEnvironment({
        home: dir.path,
        env: { TERM: "xterm", NO_COLOR: "1", ...more.env },
      });
      return await inDialogue(more.around?.(line) ?? line, {
        ...{ turns, env, cwd: project },
        ...(more.columns === undefined ? {} : { columns: more.columns }),
      });
    },
    async seeds() {
      const folder = join(dir.path, ".ouroboros", "seeds");
      const names = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
      return await Promise.all(
        names.map(({ name }) => Deno.readTextFile(join(folder, name))),
      );
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

const COMMAND = [
  ...[Deno.execPath(), "run", "-A", "-q", "--no-check", "--config", join(ROOT, "deno.json")],
  ...[...lockFlags(), join(ROOT, "tests/helpers/interview_program.ts")],
];
