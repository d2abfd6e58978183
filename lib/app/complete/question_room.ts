import { join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { removeTree } from "../../workspace/remove_tree.ts";

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
  let dir: string;
  try {
    dir = await Deno.realPath(
      await Deno.makeTempDir({ dir: systemTmp, prefix: "ouroboros-question-" }),
    );
    for (const name of ["empty", "tmp"]) await Deno.mkdir(join(dir, name), { mode: 0o700 });
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Make a folder for a question in "${systemTmp}": ${messageOf(cause)}`,
      hint: "Set TMPDIR to a folder that can be written",
      cause,
    });
  }
  const tmp = join(dir, "tmp");
  return {
    empty: join(dir, "empty"),
    env: { TMPDIR: tmp, TMP: tmp, TEMP: tmp },
    scratch: () => join(dir, `scratch-${++calls}`),
    spool: () => join(dir, `output-${calls}`),
    async [Symbol.asyncDispose]() {
      await removeTree(dir).catch(() => {
        // A process that got away may still write there: it is the system's to clean up then.
      });
    },
  };
}
