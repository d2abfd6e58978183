import { listInterviews } from "../../app/interview/list_interviews.ts";
import { EXIT } from "../../kernel/exit_code.ts";
import type { Command } from "../command.ts";
import { interviewListText } from "../render/interview_result.ts";

/** `ouroboros interviews`: the newest first. */
export const interviews: Command = {
  name: "interviews",
  usage: "",
  summary: "Lists interviews, the newest first.",
  options: {
    limit: { value: "N", kind: "count", most: 1000, help: "At most so many (20)" },
    json: { help: "JSON on stdout" },
  },
  examples: ["ouroboros interviews", "ouroboros interviews --json"],
  positional: [0, 0],
  async run({ app, words, output }) {
    const views = await listInterviews(app, { limit: words.count("limit") ?? 20 });
    if (words.has("json")) output.out(`${JSON.stringify(views)}\n`);
    else if (views.length > 0) {
      output.out(interviewListText(views, { color: output.color, columns: output.columns() }));
    } else {
      output.err('No interviews yet. Try: ouroboros interview "reject expired coupons"\n');
    }
    return EXIT.done;
  },
};
