import { lockFlags } from "../../.ci/lock.ts";
import { dirname, fromFileUrl, join } from "@std/path";
import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";
import { answeringBench } from "./answering_agent.ts";
import type { AppBench } from "./app_bench.ts";
import type { InterviewOrder } from "./crash_interview_program.ts";
import { QUESTIONS } from "./interview_stories.ts";

const HERE = dirname(fromFileUrl(import.meta.url));

/** What a person says at the end of the first screen; a model that has read it draws the second one. */
export const REMARK = "Mind the tests";

/** What the model of the scene answers, by what it is asked for. */
const ANSWERS = {
  screen: screenAnswer({
    goal: "Expired coupons are rejected at the checkout",
    verification: [{ text: "The tests pass", run: "sh test.sh" }],
    assumptions: [{ text: "Dates are in UTC", reason: "the shop stores them so" }],
    questions: QUESTIONS,
  }),
  second: screenAnswer({
    goal: "Expired coupons are rejected at the checkout",
    verification: [{ text: "The tests pass", run: "sh test.sh" }],
    questions: ["scope: Are vouchers meant as well?"],
  }),
  score: scoreAnswer(0.95),
  seed: {
    goal: "Expired coupons are rejected",
    constraints: [],
    criteria: [{ description: "An expired coupon is rejected", run: "sh test.sh" }],
  },
};

/** Calls of the model in an interview that nothing disturbs. */
export const CALLS = Object.keys(ANSWERS).length;

/**
 * An interview of two screens with a model that is asked four times. Each call is a file
 * `prompt-N` among the notes. `before` and `after`: shell text around the answer, with `$kind` and `$n`.
 */
export async function interviewScene(
  { before = ":", after = ":" }: { before?: string; after?: string } = {},
): Promise<AppBench> {
  const cases = Object.entries(ANSWERS)
    .map(([kind, answer]) => `${kind}) cat <<'END'\n${JSON.stringify(answer)}\nEND\n;;`);
  const play = `prompt="$notes/prompt-$n"
kind=screen
grep -q "${REMARK}" "$prompt" && kind=second
grep -q 'goal_clarity_score":{' "$prompt" && kind=score
grep -q 'hidden_run":{' "$prompt" && kind=seed
${before}
case $kind in
${cases.join("\n")}
esac
${after}`;
  const files = { "test.sh": "grep -q expired shop.txt\n", "shop.txt": "open\n" };
  return await answeringBench(play, { files });
}

/** An `interview` of the scene in a process of its own, and the person at it. */
export async function startInterview(bench: AppBench, order: InterviewOrder = {}) {
  await Deno.mkdir(tmpOf(bench), { recursive: true });
  const config = join(dirname(dirname(HERE)), "deno.json");
  const program = join(HERE, "crash_interview_program.ts");
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", "--no-check", "--config", config, ...lockFlags(), program]
      .concat(bench.root, JSON.stringify(order)),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { TMPDIR: tmpOf(bench) },
  }).spawn();
  // Read at once: who is killed leaves nobody to read for.
  const shown = Promise.all([child.stdout, child.stderr].map((one) => new Response(one).text()));
  const ended = child.status.then(async ({ code, signal }) => {
    const [stdout = "", stderr = ""] = await shown;
    return { code, signal, stdout, stderr };
  });
  return { child, ended };
}

/** Holds the interview of the scene until the process ends by itself or as ordered. */
export async function holdInterview(bench: AppBench, order: InterviewOrder = {}) {
  return await (await startInterview(bench, order)).ended;
}

/** Where the processes of a bench have their temporary files, so that nothing of others is among them. */
export function tmpOf(bench: Pick<AppBench, "root">): string {
  return join(bench.root, "tmp");
}
