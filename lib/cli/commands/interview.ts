import { interview as hold, type InterviewInput } from "../../app/interview/interview.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { ExitCode } from "../../kernel/exit_code.ts";
import type { Command, CommandContext } from "../command.ts";
import { interviewWords, typedIdea } from "../interview_input.ts";
import { interviewTalk } from "../interview_talk.ts";

/** `ouroboros interview`: an idea becomes a seed. */
export const interview: Command = {
  name: "interview",
  usage: "[TEXT | FILE | -] | --resume [INTERVIEW]",
  summary: "Asks until an idea is clear, and freezes what was agreed into a seed.",
  details: [
    "TEXT is an idea in your own words, FILE a text file that holds one, - stdin. First the project is looked " +
    "at, then you are shown what was understood, with up to five questions. Each can be answered by " +
    'a choice, in your own words, with "you decide", or skipped for now. At the end you see what was ' +
    "assumed, and the seed with what its checks say, before it is frozen.",
    "The seed's checks are commands that a model wrote. They are tried in a copy of the project, as you, " +
    "each at most 120 s, once you saw them and said yes; --yes, --auto and approve say yes to that " +
    "as well, and the commands are printed before they run. In a host, where its model holds the " +
    "interview, the seed is shown with them first; the host's own rules for its shell do not see them, " +
    "and whoever approves our tools there lets its model bring the yes by itself.",
    "FILE may also be an interview_*.json of the Python system, from its folder ~/.ouroboros/data: its " +
    "answers are taken over, what was not answered is asked, and how clear it is is measured anew.",
    "Every answer is kept at once. --resume goes on with this project's newest interview that is open, or with " +
    "the one that is named by its id or the end of it.",
    "--answers reads answers from YAML or JSON: {answers: {q1: 2, q2: text, q3: {choices: [1, 3], " +
    "text: more}, q4: delegate, q5: skip}, remark: text, facts: {ID: text, ID: false}, brownfield: " +
    "true, approve: true, force: reason}. A number is a choice, counted from 1. In place of a " +
    "mapping, answers may be a list that begins with q1; screens: " +
    '[[1, delegate, "own words"], [2]] answers each screen by place, null leaves a question open. ' +
    "remark is said once; facts says what holds in place of something that was found in the " +
    "project, by its id or its text (false: it is not so; another name adds a fact), brownfield " +
    "whether there is a project already; approve says yes to the review, and to a seed whose checks " +
    "can decide (so does --auto; only --yes and a person freeze another); force makes the seed " +
    "where nothing else answers, with that reason and the true score. What the file does not answer " +
    "is asked at a terminal; an answer that is another one than before takes its place.",
    "Exit codes: 0 the seed is frozen, 4 something is asked and nobody answers, 7 left or " +
    "interrupted, 9 not clear enough (--auto), 1 the model failed.",
  ],
  options: {
    resume: { short: "r", help: "Go on with the newest interview, or with the one named" },
    answers: { value: "FILE", help: "Answers from a YAML or JSON file" },
    save: { value: "FILE", help: "Write the frozen seed into this file too; never over another" },
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
    const { input, filed, save } = await interviewWords(context, await whichInterview(context));
    const options = { filed, auto: input.auto, save };
    return (await interviewTalk(context, options, (hooks) => hold(context.app, input, hooks))).exit;
  },
};

/**
 * A new interview, or the one that goes on. Of `--resume` the word behind it is the id: it may be left
 * out, as an option's value may not.
 */
async function whichInterview(
  { words }: CommandContext,
): Promise<Pick<InterviewInput, "idea" | "resume">> {
  const [word] = words.positional;
  if (words.has("resume")) {
    if (!words.has("cwd")) return { idea: undefined, resume: word ?? true };
    throw new OuroborosError({
      code: "usage",
      message:
        'Give "--cwd" without "--resume": an interview stays with the project that it began in',
      hint: "ouroboros interview --help",
    });
  }
  if (word !== undefined) return { idea: await typedIdea(word), resume: undefined };
  throw new OuroborosError({
    code: "usage",
    message: "Begin an interview: say the idea, or go on with one",
    hint: 'ouroboros interview "reject expired coupons", or: ouroboros interview --resume',
  });
}
