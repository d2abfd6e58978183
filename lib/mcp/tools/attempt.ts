import { z } from "zod";
import { HOST_RUNTIME } from "../../app/host/host_runtime.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { clipped } from "../clipped.ts";
import { THING_ID } from "../thing_id.ts";
import { defineTool } from "../tool.ts";
import { runStanding, type Standing, standingText } from "../standing.ts";

/** A call comes back before hosts give up on it. */
const WAIT_MS = 15_000;

/** Hands out the next criterion of a run that the host does itself, and takes in what was done. */
export const attemptTool = defineTool({
  name: "ouroboros_attempt",
  title: "Do it yourself",
  description: `Of a run with runtime ${HOST_RUNTIME}: gives a criterion's prompt and worktree. ` +
    "Work only there, then call again with work and submit. Its checks decide.",
  input: z.strictObject({
    job_id: THING_ID.optional(),
    work: z.string().max(128).optional(),
    submit: z.string().min(1).max(10_000).optional(),
  }),
  aliases: { session_id: "job_id", execution_id: "job_id" },
  output: z.looseObject({ do: z.enum(["work", "wait", "done"]), id: z.string() }),
  class: "mutation",
  traits: { idempotent: false, openWorld: false },
  limitMs: 20_000,
  async run(app, { job_id, work, submit }, { signal }) {
    const [{ handedWork, workName }, { findRunOf }, { hostWork }] = await Promise.all([
      import("../../app/host/handed_work.ts"),
      import("../../app/find_thing.ts"),
      import("../../app/host/host_work.ts"),
    ]);
    const handed = saidWhy(() => handedWork(work, submit), { work, submit });
    const run = await findRunOf(app, job_id);
    const found = await hostWork(app, run, { handed, timeoutMs: WAIT_MS, signal });
    const standing = runStanding(found.run);
    if (!found.work) return { do: found.atRest ? "done" : "wait", ...standing } as const;
    const { folder, prompt, before } = found.work;
    const { id } = standing;
    const name = workName(found.work);
    return {
      do: "work" as const,
      ...{ id, work: name, worktree: folder, prompt, before },
      next: [
        ...(before ? ["It was handed out before: leave it to whoever else is at it, if any"] : []),
        `ouroboros_attempt with job_id "${id}", work "${name}" and submit: what you did`,
      ],
    };
  },
  text(answer) {
    if (answer.do !== "work") return standingText(answer as unknown as Standing);
    return [answer.prompt, "Next:", ...(answer.next as string[]).map((one) => `- ${one}`)].join(
      "\n",
    );
  },
});

/** A name that was not handed out may be anything. */
const NAME_CHARS = 40;

/** Reads what was handed in, and says which of its two parts is wrong: a model mends that one. */
function saidWhy<T>(
  read: () => T,
  { work, submit = "" }: { work: string | undefined; submit: string | undefined },
): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OuroborosError) || error.code !== "usage") throw error;
    const wrong = submit.trim() === ""
      ? "submit is missing or empty"
      : work === undefined
      ? "work is missing"
      : `work "${clipped(work, NAME_CHARS)}" is no name of a criterion's try`;
    const { code, hint } = error;
    throw new OuroborosError({ code, message: `Hand in work: ${wrong}`, hint, cause: error });
  }
}
