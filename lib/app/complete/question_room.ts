import { join } from "@std/path";
import { fileError } from "../../workspace/file_error.ts";
import { makeWorkFolder } from "../work_folder.ts";

/** The folders of one question, ours alone. */
export interface QuestionRoom extends AsyncDisposable {
  /** Empty: what the agent works in where it may look at nothing. */
  empty: string;
  /** Variables that name a folder for what a CLI writes beside. */
  env: Readonly<Record<string, string>>;
  /** A fresh folder for the temporary files of one call. */
  scratch(): string;
  /** Where the raw output of that call goes. */
  spool(): string;
}

/** Makes the folders below the system's own for temporary files. Errors: not_writable. */
export async function openQuestionRoom(systemTmp: string): Promise<QuestionRoom> {
  let calls = 0;
  const folder = await makeWorkFolder("question", systemTmp);
  const dir = folder.path;
  try {
    for (const name of ["empty", "tmp"]) await Deno.mkdir(join(dir, name), { mode: 0o700 });
  } catch (error) {
    await folder.remove();
    throw fileError("Make folders for a question in", dir, error);
  }
  const tmp = join(dir, "tmp");
  return {
    empty: join(dir, "empty"),
    env: { TMPDIR: tmp, TMP: tmp, TEMP: tmp },
    scratch: () => join(dir, `scratch-${++calls}`),
    spool: () => join(dir, `output-${calls}`),
    async [Symbol.asyncDispose]() {
      await folder.remove().catch(() => {
        // A process that got away may still write there: who makes the next one removes it then.
      });
    },
  };
}
