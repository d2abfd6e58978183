import { assertEquals, assertMatch } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import { interviewsCommand } from "../../../../lib/cli/commands/interviews.ts";
import type { InterviewView } from "../../../../lib/cli/interview_view.ts";
import { readWords } from "../../../../lib/cli/read_words.ts";
import { askedStory, viewOf } from "../../../helpers/interview_stories.ts";
import { Screen } from "../../../helpers/screen.ts";

async function listed(views: InterviewView[], ...argv: string[]) {
  const output = new Screen();
  const limits: number[] = [];
  const command = interviewsCommand((_app, { limit }) => {
    limits.push(limit);
    return Promise.resolve(views);
  });
  const exit = await command.run({
    // What lists is handed in, and nothing else of it is used.
    app: {} as App,
    output,
    words: readWords(command, argv),
    interrupt: new AbortController().signal,
    deliveries: {
      mcp: () => Promise.reject(new Error("No server is started here")),
      mcpTools: () => Promise.resolve([]),
    },
  });
  return { exit, limits, ...output };
}

Deno.test("interviews are listed a line each, twenty unless more are asked for", async () => {
  const end = await listed([viewOf(askedStory())]);
  assertMatch(end.stdout, /^interview_1 {2}[\d-]+ [\d:]+ {2}asking {8}- {2}Reject expired.*\n$/);
  assertEquals([end.exit, end.limits], [0, [20]]);
  assertEquals((await listed([], "--limit", "3")).limits, [3]);
});

Deno.test("programs get the views themselves, and an empty list as one", async () => {
  const view = viewOf(askedStory());
  assertEquals(JSON.parse((await listed([view], "--json")).stdout), [
    JSON.parse(JSON.stringify(view)),
  ]);
  assertEquals((await listed([], "--json")).stdout, "[]\n");
});

Deno.test("where there are none it says how to begin one", async () => {
  const end = await listed([]);
  assertEquals(end.stdout, "");
  assertEquals(
    end.stderr,
    'No interviews yet. Try: ouroboros interview "reject expired coupons"\n',
  );
});
