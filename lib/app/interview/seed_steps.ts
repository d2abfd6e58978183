import { dirname, join } from "@std/path";
import { agreedVerification } from "../../engine/interview/agreed_verification.ts";
import { declineSeed, freezeSeed, refuseSeed } from "../../engine/interview/decide.ts";
import { interviewSeedId } from "../../engine/interview/interview_seed_id.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { viewInterview } from "../../engine/interview/view.ts";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { sha256 } from "../../kernel/digest.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { writeWhole } from "../../workspace/write_whole.ts";
import { planRun } from "../plan_run.ts";
import { seedsFolder } from "../seeds/stored_seeds.ts";
import { makeWorkFolder } from "../work_folder.ts";
import { type InterviewContext, projectOf } from "./interview_context.ts";
import type { SeedDraft, TrialReply } from "./interview_hooks.ts";
import { loadText } from "./kept_text.ts";
import { missingScripts } from "./missing_scripts.ts";
import { seedRemarks, seedTrial } from "./seed_trial.ts";
import { takeReply } from "./take_reply.ts";
import { trialCommands } from "./trial_commands.ts";

/** Longest that a check of the trial may take; one that is slower is one for the run. */
const TRIAL_MS = 120_000;

/**
 * Tries the seed's checks on a copy of the project as it is, once somebody let its commands run. Where
 * they cannot decide, the model is told, once; else both are shown, and frozen or sent back as a person
 * says. Gives false when nobody said anything.
 */
export async function freezeStep(context: InterviewContext): Promise<boolean> {
  const { journal, log, hooks, emit } = context;
  const text = await loadText(journal, log.state.seed!);
  const commands = trialCommands(seedOf(text));
  // Where there is nothing to run, nothing is asked.
  const said: TrialReply = commands.length === 0
    ? { kind: "try" }
    : await hooks.trial(viewInterview(log.state), { text, commands });
  if (said.kind === "leave" || said.kind === "answers") return await takeReply(context, said);
  if (said.kind === "try" && said.unseen) emit({ type: "commands", commands });
  const draft = said.kind === "try" ? await tryChecks(context, text) : await untriedDraft(
    context,
    log.state,
    text,
    "Its checks were not tried; a run tries them before it begins",
  );
  // A trial that was cut short says nothing: a resume tries them again.
  if (hooks.interrupt.aborted) return false;
  const refused = refuseSeed(log.state, draft.problems);
  if (refused.length > 0) {
    await log.append(...refused);
    return true;
  }
  const reply = await hooks.seed(viewInterview(log.state), draft);
  switch (reply.kind) {
    case "leave":
    case "answers":
      return await takeReply(context, reply);
    case "decline":
      await log.append(...declineSeed(log.state, reply));
      return true;
    case "freeze":
      await freezeText(context, reply.text ?? text);
      if (reply.unseen) draft.remarks.forEach((one) => emit({ type: "notice", text: one }));
      return true;
  }
}

/** The seed of a draft's text. Errors: as of `loadSeed`. */
export function seedOf(text: string): Seed {
  return loadSeed(new TextEncoder().encode(text), { name: "the seed" }).seed;
}

/** What can be said of a seed with nothing run; `problem`: why nothing was. */
export async function untriedDraft(
  context: Pick<InterviewContext, "app">,
  state: InterviewState,
  text: string,
  problem: string,
): Promise<SeedDraft> {
  const seed = seedOf(text);
  const missing = await missingScripts(seed, projectOf(context, state));
  const agreed = agreedVerification(state);
  const remarks = seedRemarks(seed, { missing, agreed });
  return { text, plan: null, problem, problems: [], remarks, decides: false };
}

async function tryChecks(context: InterviewContext, text: string): Promise<SeedDraft> {
  const { app, hooks, log, thinker, emit } = context;
  // Where no command is to be run nothing is tried, and looking takes no time.
  if (trialCommands(seedOf(text)).length > 0) {
    emit({
      type: "working",
      text: `Tries the checks in a copy of the project, each at most ${TRIAL_MS / 1000} s`,
    });
  }
  const folder = await makeWorkFolder("seed");
  try {
    const source = join(folder.path, "seed.yaml");
    await Deno.writeTextFile(source, text, { mode: 0o600 });
    const plan = await planRun(app, {
      ...{ source, checks: [], project: projectOf(context, log.state), anyway: false, limits: {} },
      ...{ runtime: thinker.runtime, model: undefined, permission: undefined, base: undefined },
      ...{ env: [], record: undefined, recording: thinker.recording },
    }, { admit: true, controls: true, mostMs: TRIAL_MS, cancel: hooks.interrupt });
    const seed = seedOf(text);
    const missing = await missingScripts(seed, plan.project);
    const agreed = agreedVerification(log.state);
    const trial = seedTrial(plan, seed, { missing, agreed, mostMs: TRIAL_MS });
    return { text, plan, problem: null, ...trial };
  } catch (error) {
    if (!(error instanceof OuroborosError) || error.code === "cancelled") throw error;
    // The seed is worth being seen all the same; a run will say it again.
    return { text, plan: null, problem: error.message, problems: [], remarks: [], decides: false };
  } finally {
    await folder.remove();
  }
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
  requireReasons(seed, interviewId);
  const path = join(seedsFolder(app), `${interviewSeedId(interviewId)}.yaml`);
  await writeSeedFile(path, text, interviewId);
  await log.append(...freezeSeed(log.state, {
    seedId: seed.id,
    digest: sha256(text),
    blob: await journal.putBlob(bytes),
    path,
  }));
}

/** Writes a frozen seed's file, whole or not at all. Errors: not_writable. */
export async function writeSeedFile(
  path: string,
  text: string,
  interviewId: string,
): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Whoever dies here writes it again.
    await writeWhole(path, text);
  } catch (cause) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Write the seed "${path}": ${messageOf(cause)}`,
      hint: `ouroboros interview --resume ${interviewId}`,
      cause,
    });
  }
}

/** A criterion that nothing and nobody decides stays open for ever; a reason says that it is meant so. */
function requireReasons(seed: Seed, interviewId: string): void {
  const bare = seed.criteria.find((one) => one.checks.length === 0 && one.exemption === undefined);
  if (bare === undefined) return;
  throw new OuroborosError({
    code: "seed_invalid",
    message:
      `Freeze the seed: criterion "${bare.id}" has no check and no reason why none decides it`,
    hint: `Give it "check", "check: {human: WHO}" or "verify_exemption_reason"; ` +
      `then: ouroboros interview --resume ${interviewId}`,
  });
}
