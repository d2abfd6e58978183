/** Setup as a person at a terminal has it: arrows, defaults, Ctrl-C, and behind a pipe. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inDialogue, type Turn } from "../helpers/dialogue.ts";
import { CAN_MAKE_TERMINALS } from "../helpers/in_terminal.ts";
import { programCommand, programEnvironment } from "../helpers/program.ts";
import { HOSTS, type SetupBench, setupBench, SOURCE_WORDS } from "../helpers/setup_bench.ts";
import { differences } from "../helpers/setup_snapshot.ts";

const [FIRST, SECOND] = [HOSTS[0]!, HOSTS[1]!];
const SPACE = " ";
const DOWN = "\x1b[B";
const CTRL_C = "\x03";

async function talk(
  bench: SetupBench,
  turns: readonly Turn[],
  more: { columns?: number; pipe?: string; words?: readonly string[] } = {},
) {
  const words = [...programCommand(), ...more.words ?? ["setup", ...SOURCE_WORDS]]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const env = await programEnvironment({
    home: bench.home,
    env: { PATH: bench.bin, TMPDIR: bench.tmp, TERM: "xterm", NO_COLOR: "1" },
  });
  // The shell gets Ctrl-C too, and would end by it in place of telling the exit code.
  const line = more.pipe === undefined ? words : `trap : INT; echo ${more.pipe} | ${words}`;
  return await inDialogue(line, {
    turns,
    env,
    cwd: bench.cwd,
    ...(more.columns === undefined ? {} : { columns: more.columns }),
  });
}

/** Only the second host, whichever that is. */
const ONLY_SECOND: Turn = [
  "Which hosts",
  [SPACE, DOWN, ...HOSTS.slice(2).map(() => DOWN + SPACE), "\r"].join(""),
];

/** That host refuses tools that do more than look: it is asked about them, with a no preset. */
const NOT_APPROVED: Turn = ["Approve ours", "\r"];

for (const columns of [60, 200]) {
  Deno.test({
    name: `hosts are chosen with arrows, the plan stands above its question, ${columns} columns`,
    ignore: !CAN_MAKE_TERMINALS,
    fn: async () => {
      await using bench = await setupBench();
      const { shown, code } = await talk(
        bench,
        [ONLY_SECOND, NOT_APPROVED, ["Write this?", "\r"]],
        { columns },
      );
      assertEquals(code, 0, shown);
      const plan = shown.indexOf('MCP server "ouroboros"');
      assert(plan > 0 && plan < shown.indexOf("Write this?"), shown);
      assertStringIncludes(shown, `Set up ${SECOND.title}\n`);
      assertStringIncludes(shown, "answers");
      const status = await bench.run(["setup", "--status", "--runtime", SECOND.id]);
      assertEquals(status.code, 0, status.stdout);
      assertEquals((await bench.run(["setup", "--status", "-r", FIRST.id])).code, 1);
    },
  });
}

Deno.test({
  name: "Ctrl-C, and a no, change nothing at any question, with 7",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await setupBench();
    const before = await bench.snapshot();
    const leaving: readonly (readonly Turn[])[] = [
      [["Which hosts", CTRL_C]],
      [ONLY_SECOND, ["Approve ours", CTRL_C]],
      [ONLY_SECOND, NOT_APPROVED, ["Write this?", CTRL_C]],
      [ONLY_SECOND, NOT_APPROVED, ["Write this?", "n"]],
    ];
    for (const turns of leaving) {
      const { shown, code } = await talk(bench, turns);
      assertEquals(code, 7, shown);
      assertStringIncludes(shown, "nothing was changed");
      assertEquals(differences(before, await bench.snapshot()), []);
    }
  },
});

Deno.test({
  name: "behind a pipe, as from curl, it asks through the terminal by lines; Ctrl-C is harmless",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await setupBench();
    const before = await bench.snapshot();
    const left = await talk(bench, [["Which hosts", CTRL_C]], { pipe: "y" });
    assertEquals(left.code, 7, left.shown);
    assertEquals(differences(before, await bench.snapshot()), []);
    const turns: Turn[] = [
      ["Which hosts", "9\n"],
      ["is none of them", "2\n"],
      ["[y/N]", "\n"],
      ["Write this? [Y/n]", "\n"],
    ];
    const { shown, code } = await talk(bench, turns, { pipe: "n" });
    assertEquals(code, 0, shown);
    assertStringIncludes(shown, `Set up ${SECOND.title}\n`);
  },
});

Deno.test({
  name: "what was set up is taken back after a yes; a purge is asked about apart, with a no preset",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await using bench = await setupBench({ filled: false });
    const before = await bench.snapshot();
    assertEquals((await bench.setup(SECOND.id)).code, 0);
    const words = ["uninstall", "--purge"];
    const no = await talk(bench, [["Take this back?", "\r"], ["There is no way back", "\r"]], {
      words,
    });
    assertEquals(no.code, 7, no.shown);
    const yes = await talk(bench, [["Take this back?", "\r"], ["There is no way back", "y"]], {
      words,
    });
    assertEquals(yes.code, 0, yes.shown);
    assertEquals(differences(before, await bench.snapshot()), []);
  },
});
