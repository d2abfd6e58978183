import { assertEquals, assertMatch } from "@std/assert";
import { inDialogue } from "../../helpers/dialogue.ts";
import { CAN_MAKE_TERMINALS } from "../../helpers/in_terminal.ts";
import { programCommand, programEnvironment } from "../../helpers/program.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

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
