import { interview } from "../app/interview/interview.ts";
import { leftOf } from "../app/interview/interview_budget.ts";
import { requireRunnable } from "../app/require_runnable.ts";
import type { RunInput } from "../app/start_run.ts";
import { dollarText } from "../kernel/dollar_text.ts";
import { OuroborosError } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import type { Usage } from "../kernel/outcome.ts";
import { shellWord } from "../kernel/shell_word.ts";
import type { CommandContext } from "./command.ts";
import { interviewWords, typedIdea } from "./interview_input.ts";
import { interviewTalk } from "./interview_talk.ts";

/**
 * A frozen seed's path and what the limits of tokens and dollars leave for its run, or how the command
 * ends without one.
 */
export type SeedFromIdea = { path: string; limits: RunInput["limits"] } | { exit: ExitCode };

/**
 * Holds the interview of `run --from IDEA` to a frozen seed, once the run that is to follow could be
 * started. Errors: usage (with a SEED as well), limit_reached (the interview used up what both may
 * cost), those of `requireRunnable` and of the interview.
 */
export async function seedFromIdea(
  context: CommandContext,
  run: RunInput,
): Promise<SeedFromIdea> {
  const { app, words } = context;
  if (words.positional.length > 0 || words.has("dry-run")) {
    throw new OuroborosError({
      code: "usage",
      message: words.has("dry-run")
        ? "Show the plan of an idea: there is none before its seed"
        : `Run "${words.positional[0]}" and an idea at once: give one of them`,
      hint: 'ouroboros run --from "IDEA", or: ouroboros interview "IDEA"',
    });
  }
  if (run.checks.length > 0) {
    throw new OuroborosError({
      code: "usage",
      message: 'Give "--check" without "--from": the interview asks for the checks',
      hint: "ouroboros run --help",
    });
  }
  const idea = { idea: await typedIdea(words.text("from") ?? ""), resume: undefined };
  const { input, filed, save } = await interviewWords(context, idea);
  await requireRunnable(app, run);
  const budget = { tokens: run.limits.maxTokens, usd: run.limits.maxUsd };
  const end = await interviewTalk(
    context,
    { filed, auto: input.auto, save },
    (hooks) => interview(app, { ...input, budget }, hooks),
  );
  const path = end.interview.seed?.path;
  if (end.exit !== EXIT.done || !path) return { exit: end.exit };
  return { path, limits: limitsLeft(context, run.limits, { used: end.interview.usage, path }) };
}

/** A limit of the whole command holds for what thinks and what works together. */
function limitsLeft(
  { output, words }: CommandContext,
  limits: RunInput["limits"],
  { used, path }: { used: Usage; path: string },
): RunInput["limits"] {
  const { tokens, usd } = leftOf(used, { tokens: limits.maxTokens, usd: limits.maxUsd });
  const left = [
    ...(tokens === undefined ? [] : [{ left: tokens, text: `${tokens} tokens` }]),
    ...(usd === undefined ? [] : [{ left: usd, text: dollarText(Math.max(0, usd)) }]),
  ];
  if (left.length === 0) return limits;
  if (left.some((one) => one.left <= 0)) {
    throw new OuroborosError({
      code: "limit_reached",
      message: `Run "${path}": the interview used all that --max-tokens or --max-usd allow`,
      hint: `ouroboros run ${shellWord(path)}`,
    });
  }
  const text = `The interview counts as well: ${left.map((one) => one.text).join(", ")} are left`;
  if (words.has("json")) output.out(`${JSON.stringify({ type: "notice", text })}\n`);
  else output.err(`Note  ${text}\n`);
  return { ...limits, maxTokens: tokens, maxUsd: usd };
}

/** Refuses options that say something only beside an idea, and a command without anything to run. */
export function requireSource({ words }: CommandContext): string {
  const [source] = words.positional;
  const idle = ["auto", "answers", "save"].find((option) => words.has(option));
  if (source !== undefined && idle === undefined) return source;
  throw new OuroborosError({
    code: "usage",
    message: source === undefined
      ? 'Give SEED | TEXT to "run"'
      : `Use "--${idle}": it says something only beside "--from"`,
    hint: "ouroboros run --help",
  });
}
