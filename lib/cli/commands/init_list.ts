import type { App } from "../../app/app.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import type { InterviewView } from "../interview_view.ts";
import { interviewListText } from "../render/interview_result.ts";

/** Gives interviews, the newest first. */
export type ListInterviews = (app: App, options: { limit: number }) => Promise<InterviewView[]>;

/** `ouroboros init list`: interviews, the newest first, as `list` gives them. */
export function initList(list: ListInterviews): Command {
  return {
    name: "init list",
    usage: "",
    summary: "Lists interviews, the newest first.",
    options: {
      limit: { value: "N", kind: "count", most: 1000, help: "At most so many (20)" },
      json: { help: "JSON on stdout" },
    },
    examples: ["ouroboros init list", "ouroboros init list --json"],
    positional: [0, 0],
    async run({ app, words, output }) {
      const views = await list(app, { limit: words.count("limit") ?? 20 });
      if (words.has("json")) output.out(`${JSON.stringify(views)}\n`);
      else if (views.length > 0) {
        output.out(interviewListText(views, { color: output.color, columns: output.columns() }));
      } else {
        output.err('No interviews yet. Try: ouroboros interview "reject expired coupons"\n');
      }
      return EXIT.done;
    },
  };
}
