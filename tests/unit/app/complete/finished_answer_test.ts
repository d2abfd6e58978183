import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { finishedAnswer } from "../../../../lib/app/complete/finished_answer.ts";
import { REGISTRY } from "../../../../lib/runtimes/mod.ts";
import { answeringAgent } from "../../../helpers/answering_agent.ts";
import { COUNT } from "../../../helpers/real_question.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const GOOD = '{"n": 3, "unit": "apples"}';

/** What is read of such an output. */
async function read(stdout: string, definition = answeringAgent()) {
  await using dir = await tempDir();
  const spool = join(dir.path, "1-sage");
  await Deno.writeTextFile(`${spool}.stdout`, stdout);
  return await finishedAnswer(definition, spool, COUNT);
}

Deno.test("an answer that had come to its end is read, with what it took", async () => {
  assertEquals(await read(`session s1\ntokens 100 20\n${GOOD}\n`), {
    value: { n: 3, unit: "apples" },
    usage: { inputTokens: 100, outputTokens: 20 },
  });
});

Deno.test("half an answer, a wrong one, a failure and nothing are none", async () => {
  for (const said of [GOOD.slice(0, 12), '{"n": 12, "unit": "x"}', "", "Hello\n"]) {
    assertEquals(await read(said), undefined, said);
  }
  assertEquals(await read(`${GOOD}\nfail content_refused No\n`), undefined);
});

Deno.test("of a CLI whose answer ends with a line of its own nothing is taken before that line", async () => {
  const definition = REGISTRY.all.find((one) => one.title === "Claude Code")!;
  const said = JSON.stringify({
    type: "assistant",
    message: { role: "assistant", content: [{ type: "text", text: GOOD }] },
    session_id: "s1",
  });
  assertEquals(await read(`${said}\n`, definition), undefined);
  const result = { type: "result", subtype: "success", is_error: false, result: GOOD };
  const end = JSON.stringify({ ...result, session_id: "s1", usage: { input_tokens: 5 } });
  assertEquals((await read(`${said}\n${end}\n`, definition))?.value, { n: 3, unit: "apples" });
});
