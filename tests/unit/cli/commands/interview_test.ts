import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import { interview } from "../../../../lib/cli/commands/interview.ts";
import { helpPage } from "../../../../lib/cli/help.ts";
import { readWords } from "../../../../lib/cli/read_words.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { Screen } from "../../../helpers/screen.ts";
import { NO_DELIVERIES } from "../../../helpers/no_deliveries.ts";

async function refused(...argv: string[]): Promise<OuroborosError> {
  return await assertRejects(
    async () =>
      await interview.run({
        // Refused before anything is opened.
        app: { cwd: Deno.cwd() } as App,
        output: new Screen(),
        words: readWords(interview, argv),
        interrupt: new AbortController().signal,
        deliveries: NO_DELIVERIES,
      }),
    OuroborosError,
  );
}

Deno.test("without an idea or an interview to go on with, it says what to type", async () => {
  const error = await refused();
  assertEquals(error.exitCode, 2);
  assertEquals(
    error.hint,
    'ouroboros interview "reject expired coupons", or: ouroboros interview --resume',
  );
});

Deno.test("an idea that is not quoted is pointed out", async () => {
  const error = await refused("reject", "coupons");
  assertEquals(error.message, 'Too many words for "interview": "coupons"');
  assertStringIncludes(error.hint ?? "", "Quote a text with blanks");
});

Deno.test("options that would do nothing are refused", async () => {
  assertStringIncludes((await refused("x", "--auto", "--answers", "a.yaml")).message, "is used");
  assertStringIncludes((await refused("--resume", "--cwd", "/")).message, "it began in");
});

Deno.test("a file of answers is read before anything is begun", async () => {
  const error = await refused("x", "--answers", "there-is-no-such-file.yaml");
  assertEquals([error.code, error.exitCode], ["not_found", 3]);
});

Deno.test("a place where the seed cannot be saved is told before anything is begun", async () => {
  const error = await refused("x", "--save", "deno.json");
  assertEquals([error.code, error.message], [
    "conflict",
    'Save the seed as "deno.json": there is such a file already',
  ]);
});

Deno.test("its help documents the answers' file with every key", () => {
  const page = helpPage(interview, 80);
  for (
    const word of [
      ...["answers:", "screens:", "remark:", "facts:", "brownfield:", "approve:", "force:"],
      ...["delegate", "skip"],
    ]
  ) {
    assertStringIncludes(page.replace(/\s+/g, " "), word);
  }
});
