import { assertEquals, assertStringIncludes } from "@std/assert";
import { ask, mayAsk } from "../../../lib/cli/ask.ts";
import { Screen } from "../../helpers/screen.ts";

const NEVER = new AbortController().signal;

async function answered(preset: boolean, ...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  const answer = await ask({ text: "Start?", default: preset }, { output, interrupt: NEVER });
  return { answer, stderr: output.stderr };
}

Deno.test("behind a pipe a line from the terminal answers; Enter is the default", async () => {
  assertEquals((await answered(true, "")).answer, true);
  assertEquals((await answered(false, "")).answer, false);
  assertEquals((await answered(false, "Yes ")).answer, true);
  assertEquals((await answered(true, "n")).answer, false);
  assertStringIncludes((await answered(true, "")).stderr, "Start? [Y/n] ");
});

Deno.test("another word is asked again; the end of input is no answer", async () => {
  const { answer, stderr } = await answered(true, "maybe", "no");
  assertEquals(answer, false);
  assertStringIncludes(stderr, 'Answer with "y" or "n"\n');
  assertEquals((await answered(true, null)).answer, undefined);
});

Deno.test("nobody is asked once the person left", async () => {
  const output = new Screen();
  const question = { text: "Start?", default: true };
  assertEquals(await ask(question, { output, interrupt: AbortSignal.abort() }), undefined);
  assertEquals(output.stderr, "");
});

Deno.test("nobody is asked with --yes or --json, or where nobody sits", () => {
  const output = Object.assign(new Screen(), { canAsk: true });
  assertEquals(mayAsk(output, { yes: false, json: false }), true);
  assertEquals(mayAsk(output, { yes: true, json: false }), false);
  assertEquals(mayAsk(output, { yes: false, json: true }), false);
  assertEquals(mayAsk(new Screen(), { yes: false, json: false }), false);
});
