import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { ask, askChoices, mayAsk } from "../../../lib/cli/ask.ts";
import { inDialogue } from "../../helpers/dialogue.ts";
import { CAN_MAKE_TERMINALS } from "../../helpers/in_terminal.ts";
import { programCommand, programEnvironment } from "../../helpers/program.ts";
import { Screen } from "../../helpers/screen.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

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

const HOSTS = {
  text: "Which?",
  choices: [
    { value: "ant", label: "Ant", hint: "/bin/ant" },
    { value: "bee", label: "Bee" },
    { value: "cat", label: "Cat" },
  ],
  preset: ["ant", "cat"],
};

async function chosen(...answers: (string | null)[]) {
  const output = Object.assign(new Screen(), { answers });
  return { answer: await askChoices(HOSTS, { output, interrupt: NEVER }), stderr: output.stderr };
}

Deno.test("several things are chosen by a line of numbers or names; Enter is the preset", async () => {
  assertEquals((await chosen("")).answer, ["ant", "cat"]);
  assertEquals((await chosen("2")).answer, ["bee"]);
  assertEquals((await chosen("3, ANT 3")).answer, ["cat", "ant"]);
  assertStringIncludes((await chosen("")).stderr, "  1  Ant  (/bin/ant)\n  2  Bee\n");
  assertStringIncludes((await chosen("")).stderr, "Which? [1,3] ");
});

Deno.test("what is none of them is asked again; who leaves has chosen nothing", async () => {
  const { answer, stderr } = await chosen("4", "0", "bee");
  assertEquals(answer, ["bee"]);
  assertStringIncludes(stderr, '"4" is none of them');
  assertStringIncludes(stderr, '"0" is none of them');
  assertEquals((await chosen(null)).answer, undefined);
});

Deno.test("Ctrl-C ends a question that waits for a line", async () => {
  const controller = new AbortController();
  const output = Object.assign(new Screen(), {
    askLine: () => {
      queueMicrotask(() => controller.abort());
      return new Promise<string | null>(() => {});
    },
  });
  const options = { output, interrupt: controller.signal };
  assertEquals(await ask({ text: "Start?", default: true }, options), undefined);
  assertEquals(await askChoices(HOSTS, options), undefined);
});

const [CTRL_C, CTRL_D] = ["\x03", "\x04"];

const FILES = {
  "seed.yaml": `schema: 1
goal: The shop greets
acceptance_criteria:
  - { id: greet, description: It greets, check: test -f greeting }
`,
  "recording.json": `{"schema":1,"title":"t","runtime":"x","attempts":[]}`,
};

/** `run` at a terminal, and a key at its question; `pipe` goes to its stdin. */
async function leaveWith(key: string, pipe?: string): Promise<{ shown: string; code: number }> {
  await using dir = await tempDir();
  const cwd = `${dir.path}/project`;
  await Deno.mkdir(cwd);
  for (const [name, text] of Object.entries(FILES)) {
    await Deno.writeTextFile(`${cwd}/${name}`, text);
  }
  const words = [...programCommand(), "run", "seed.yaml", "--recording", "recording.json"]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const env = await programEnvironment({
    home: dir.path,
    env: { TERM: "xterm", NO_COLOR: "1" },
  });
  // The shell gets Ctrl-C too, and would end by it in place of telling the exit code.
  const line = pipe === undefined ? words : `trap : INT; echo ${pipe} | ${words}`;
  return await inDialogue(line, { turns: [["Start?", key]], env, cwd });
}

for (
  const [name, key, pipe] of [
    ["Ctrl-D", CTRL_D, undefined],
    ["Ctrl-C", CTRL_C, undefined],
    ["n", "n", undefined],
    ["Ctrl-C behind a pipe", CTRL_C, "x"],
    ["Ctrl-D behind a pipe", CTRL_D, "x"],
  ] as const
) {
  Deno.test({
    name: `${name} at the question declines the plan`,
    ignore: !CAN_MAKE_TERMINALS,
    fn: async () => {
      const { shown, code } = await leaveWith(key, pipe);
      assertMatch(shown, /State +cancelled: The plan was declined/);
      assertEquals(code, 7, shown);
    },
  });
}

/** Both kinds of question in a terminal, answered by Enter; `more` may pipe its stdout. */
async function asked(
  options: { env?: Record<string, string>; columns?: number; more?: string },
): Promise<string> {
  await using dir = await tempDir();
  const program = decodeURIComponent(
    new URL("../../helpers/ask_program.ts", import.meta.url).pathname,
  );
  const words = [Deno.execPath(), "run", "-A", "--no-check", "--lock=deno.lock", program]
    .map((word) => `'${word}'`).join(" ");
  const { shown, code } = await inDialogue(`${words} ${options.more ?? ""}`, {
    turns: [["Which of these?", "\r"], ["Write this?", "\r"]],
    env: await programEnvironment({ home: dir.path, env: { TERM: "xterm", ...options.env } }),
    cwd: Deno.cwd(),
    ...(options.columns === undefined ? {} : { columns: options.columns }),
  });
  assertEquals(code, 0, shown);
  assertStringIncludes(shown, '{"chosen":["ant"],"yes":true}');
  return shown;
}

// deno-lint-ignore no-control-regex -- what terminals obey
const COLOR = /\x1b\[[349]\dm/;

Deno.test({
  name: "prompts are drawn with colours, and under NO_COLOR without one",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    assertMatch(await asked({}), COLOR);
    for (const more of ["", "| cat"]) {
      const plain = await asked({ env: { NO_COLOR: "1" }, more });
      assertNotMatch(plain, COLOR);
      // Still drawn, with keys.
      assertStringIncludes(plain, "◼");
    }
  },
});

Deno.test({
  name: "where nothing can be drawn it is asked by lines: a dumb terminal, no columns, or few",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    for (const options of [{ env: { TERM: "dumb" } }, { columns: 0 }, { columns: 12 }]) {
      const shown = await asked(options);
      assertStringIncludes(shown, "  1  Ant  (/usr/bin/ant)\n  2  Bee\nWhich of these? [1] ");
      assertStringIncludes(shown, "Write this? [Y/n] ");
      assertNotMatch(shown, COLOR);
    }
  },
});
