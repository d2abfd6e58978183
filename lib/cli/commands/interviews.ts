import type { App } from "../../app/app.ts";
import { isHeld } from "../../app/interview/interview_holder.ts";
import { listInterviews } from "../../app/interview/list_interviews.ts";
import { type OriginalFile, originalFiles } from "../../app/interview/original_files.ts";
import { showInterview } from "../../app/interview/show_interview.ts";
import { realPath } from "../../app/find_run.ts";
import { typedName } from "../../app/typed_name.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Output } from "../../kernel/output.ts";
import type { Command } from "../command.ts";
import { type InterviewView, resumeCommand } from "../interview_view.ts";
import { interviewListText, interviewResultText, isWorking } from "../render/interview_result.ts";
import { interviewAskedText, interviewScreenText } from "../render/interview_screen.ts";
import { counted, printable } from "../render/text.ts";

/** `ouroboros interviews`: the newest first. */
export const interviews: Command = {
  name: "interviews",
  usage: "[INTERVIEW]",
  summary: "Lists interviews, the newest first, or shows where one stands.",
  options: {
    limit: { value: "N", kind: "count", most: 1000, help: "At most so many (20)" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros interviews", "ouroboros interviews --json"],
  positional: [0, 1],
  async run({ app, words, output }) {
    const [word] = words.positional;
    if (word !== undefined) {
      const view = await showInterview(app, word);
      output.out(words.has("json") ? `${JSON.stringify(view)}\n` : await shown(app, view, output));
      return EXIT.done;
    }
    const views = await listInterviews(app, { limit: words.count("limit") ?? 20 });
    if (words.has("json")) {
      output.out(`${JSON.stringify(views)}\n`);
      return EXIT.done;
    }
    const known = views.map((one) => one.imported?.id);
    const files = (await originalFiles(app)).filter((one) => !known.includes(one.id));
    if (views.length > 0) {
      const stopped = new Set<string>();
      for (const { interviewId, next } of views) {
        if (isWorking(next) && !await isHeld(app, interviewId)) stopped.add(interviewId);
      }
      const here = await realPath(app.cwd);
      const style = { color: output.color, columns: output.columns(), stopped, here };
      output.out(interviewListText(views, style));
    } else if (files.length === 0) {
      const name = await typedName(app);
      output.err(`No interviews yet. Try: ${name} interview "reject expired coupons"\n`);
    }
    if (files.length > 0) output.err(await notImported(app, files));
    return EXIT.done;
  },
};

/** Where one stands, with what was understood and what it asks; below it what goes on with it. */
async function shown(
  app: App,
  view: InterviewView,
  output: Pick<Output, "color" | "columns">,
): Promise<string> {
  const name = await typedName(app);
  const style = { color: output.color, columns: output.columns(), name };
  const parts = [interviewResultText(view, style)];
  if (view.next.phase === "frozen" || view.next.phase === "abandoned") return parts.join("");
  parts.push(
    `\n${interviewScreenText(view, { style, facts: true })}`,
    ...(view.questions.length === 0 ? [] : [`\n${interviewAskedText(view, style)}`]),
    `\n${resumeCommand(view, name)}\n`,
  );
  return parts.join("");
}

/** More would hide the list. */
const MOST_FILES = 5;

/** What else lies there, of the Python system, and how to go on with it. */
async function notImported(app: App, files: readonly OriginalFile[]): Promise<string> {
  const name = await typedName(app);
  const lines = files.slice(0, MOST_FILES).map((one) => `  ${name} interview ${one.path}\n`);
  const more = files.length - MOST_FILES;
  if (more > 0) lines.push(`  and ${more} more beside it\n`);
  const count = counted(files.length, "interview");
  return printable(`${count} of the Python system, not imported; to go on:\n${lines.join("")}`);
}
