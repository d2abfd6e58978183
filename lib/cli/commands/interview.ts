import { interview as hold } from "../../app/interview/interview.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { ExitCode } from "../../kernel/exit_code.ts";
import type { Command, CommandContext } from "../command.ts";
import { readAnswers } from "../interview_answers.ts";
import { interviewTalk } from "../interview_talk.ts";

type Input = Parameters<typeof hold>[1];

/** `ouroboros interview`: an idea becomes a seed. */
export const interview: Command = {
  name: "interview",
  usage: "[TEXT | FILE] | --resume [INTERVIEW]",
  summary: "Asks until an idea is clear, and freezes what was agreed into a seed.",
  details: [
    "TEXT is an idea in your own words, FILE a text file that holds one. First the project is looked " +
    "at, then you are shown what was understood, with up to five questions. Each can be answered by " +
    'a choice, in your own words, with "you decide", or skipped for now. At the end you see what was ' +
    "assumed, and the seed with what its checks say, before it is frozen.",
    "Every answer is kept at once. --resume goes on with the newest interview that is open, or with " +
    "the one that is named by its id or the end of it.",
    "--answers reads answers from YAML or JSON: {answers: {q1: 2, q2: text, q3: {choices: [1, 3], " +
    "text: more}, q4: delegate, q5: skip}, remark: text, approve: true, force: reason}. A number is " +
    "a choice, counted from 1. In place of a mapping, answers may be a list that begins with q1; " +
    'screens: [[1, delegate, "own words"], [2]] answers each screen by place, null leaves a ' +
    "question open. remark is said once; approve says yes to the review and to the seed; force " +
    "makes the seed where nothing else answers, with that reason and the true score. What the file " +
    "does not answer is asked at a terminal.",
    "Exit codes: 0 the seed is frozen, 4 something is asked and nobody answers, 7 left or " +
    "interrupted, 9 not clear enough (--auto), 1 the model failed.",
  ],
  options: {
    resume: { help: "Go on with the newest interview, or with the one named" },
    answers: { value: "FILE", help: "Answers from a YAML or JSON file" },
    auto: { help: "Ask nobody: take what is recommended, and list every assumption" },
    runtime: { value: "NAME", help: "The agent that thinks (see: ouroboros runtimes)" },
    model: { value: "NAME", help: "The agent's model; its own default if left out" },
    recording: { value: "FILE", help: "Play this recording in place of an agent" },
    cwd: { value: "DIR", help: "The project's folder (the working folder)" },
    yes: { short: "y", help: "Say yes to the review and to the seed without being asked" },
    json: { help: "One JSON object a line on stdout; asks nobody" },
  },
  examples: [
    'ouroboros interview "reject expired coupons at the checkout"',
    "ouroboros interview idea.md --answers answers.yaml --json",
    "ouroboros interview --resume",
  ],
  positional: [0, 1],
  async run(context: CommandContext): Promise<ExitCode> {
    const { app, words } = context;
    const input = inputOf(context);
    refuseIdle(context);
    const file = words.text("answers");
    const filed = file === undefined ? null : await readAnswers(app.cwd, file);
    const options = { filed, auto: input.auto };
    return (await interviewTalk(context, options, (hooks) => hold(app, input, hooks))).exit;
  },
};

/** Of `--resume` the word behind it is the id: it may be left out, as an option's value may not. */
function inputOf({ app, words }: CommandContext): Input {
  const [word] = words.positional;
  const resume = words.has("resume");
  if (!resume && word === undefined) {
    throw new OuroborosError({
      code: "usage",
      message: "Begin an interview: say the idea, or go on with one",
      hint: 'ouroboros interview "reject expired coupons", or: ouroboros interview --resume',
    });
  }
  const named = (option: "runtime" | "model" | "recording") => {
    const text = words.text(option);
    return text === undefined ? {} : { [option]: text };
  };
  return {
    idea: resume ? undefined : word,
    resume: resume ? word ?? true : undefined,
    auto: words.has("auto"),
    project: words.text("cwd") ?? app.cwd,
    ...named("runtime"),
    ...named("model"),
    ...named("recording"),
  };
}

/** Options that would do nothing beside others are refused, not passed over. */
function refuseIdle({ words }: CommandContext): void {
  const both = (option: string, beside: string, reason: string) => {
    if (!words.has(option) || !words.has(beside)) return;
    throw new OuroborosError({
      code: "usage",
      message: `Give "--${option}" without "--${beside}": ${reason}`,
      hint: "ouroboros interview --help",
    });
  };
  both("answers", "auto", "nobody is asked, and so nothing of the file is used");
  both("cwd", "resume", "an interview stays with the project that it began in");
}
