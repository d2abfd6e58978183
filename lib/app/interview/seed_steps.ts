import { join } from "@std/path";
import { declineSeed, freezeSeed } from "../../engine/interview/decide.ts";
import { viewInterview } from "../../engine/interview/view.ts";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { sha256 } from "../../kernel/digest.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { planRun } from "../plan_run.ts";
import { makeWorkFolder } from "../work_folder.ts";
import type { PlanView } from "../run/plan_view.ts";
import { type InterviewContext, projectOf } from "./interview_context.ts";
import type { SeedDraft } from "./interview_hooks.ts";

/**
 * Tries the seed's checks on the project as it is, shows both, and freezes or sends back what a
 * person says. Gives false when nobody said anything.
 */
export async function freezeStep(context: InterviewContext): Promise<boolean> {
  const { journal, log, hooks, emit } = context;
  const bytes = await journal.getBlob(log.state.seed!.blob) ?? new Uint8Array();
  const text = new TextDecoder().decode(bytes);
  emit({ type: "working", text: "Tries the checks on the project as it is" });
  const draft = await tryChecks(context, text);
  const reply = await hooks.seed(viewInterview(log.state), draft);
  switch (reply.kind) {
    case "leave":
      return false;
    case "decline":
      await log.append(...declineSeed(log.state, reply));
      return true;
    case "freeze":
      await freezeText(context, reply.text ?? text);
      return true;
  }
}

async function tryChecks(context: InterviewContext, text: string): Promise<SeedDraft> {
  const { app, hooks, log, thinker } = context;
  const folder = await makeWorkFolder("seed");
  try {
    const source = join(folder.path, "seed.yaml");
    await Deno.writeTextFile(source, text, { mode: 0o600 });
    const plan = await planRun(app, {
      ...{ source, checks: [], project: projectOf(context, log.state), anyway: false, limits: {} },
      ...{ runtime: thinker.runtime, model: undefined, permission: undefined, base: undefined },
      ...{ env: [], record: undefined, recording: thinker.recording },
    }, { admit: true, cancel: hooks.interrupt });
    return { text, plan, problem: null, remarks: remarksOf(plan) };
  } catch (error) {
    if (!(error instanceof OuroborosError) || error.code === "cancelled") throw error;
    // The seed is worth being seen all the same; a run will say it again.
    return { text, plan: null, problem: error.message, remarks: [] };
  } finally {
    await folder.remove();
  }
}

/** What a person should know before they freeze it. */
function remarksOf(plan: PlanView): string[] {
  return plan.criteria.flatMap(({ id, checks, foregone }) => {
    if (checks.length === 0) return [`Criterion ${id}: nothing decides it`];
    return foregone === null ? [] : [`Criterion ${id}: ${foregone}`];
  });
}

/** Writes the seed's file and freezes it. Errors: not_writable, seed_invalid, those of the journal. */
export async function freezeText(
  context: Pick<InterviewContext, "app" | "journal" | "log">,
  text: string,
): Promise<void> {
  const { app, journal, log } = context;
  const { interviewId } = log.state.begun;
  const bytes = new TextEncoder().encode(text);
  const { seed } = loadSeed(bytes, { name: `seed of ${interviewId}` });
  const name = `${interviewId.replace(/^[a-z]+_/, "seed_")}.yaml`;
  const path = join(app.paths.root, "seeds", name);
  try {
    await Deno.mkdir(join(app.paths.root, "seeds"), { recursive: true, mode: 0o700 });
    // Whole or not at all: whoever dies here writes it again.
    await Deno.writeTextFile(`${path}.part`, text, { mode: 0o600 });
    await Deno.rename(`${path}.part`, path);
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the seed "${path}": ${messageOf(cause)}`,
      hint: `ouroboros interview --resume ${interviewId}`,
      cause,
    });
  }
  await log.append(...freezeSeed(log.state, {
    seedId: seed.id,
    digest: sha256(text),
    blob: await journal.putBlob(bytes),
    path,
  }));
}
