/** The last step: setup, asked for by an option or on the terminal. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CAN_MAKE_TERMINALS, inTerminal } from "../helpers/in_terminal.ts";
import { installBench, INSTALLER, PLACED, SHELLS } from "../helpers/install_bench.ts";

const windows = Deno.build.os === "windows";

for (const shell of SHELLS) {
  Deno.test({
    name: `${shell}: the exit code is the one of setup, which gets its words and no pipe`,
    ignore: windows,
    fn: async () => {
      await using bench = await installBench();
      await bench.release("1.2.3");
      const env = { OUROBOROS_RELEASES: bench.releases };
      for (const [code, piped] of [["0", false], ["4", true], ["70", false]] as const) {
        const args = ["--setup", "codex,claude", ...code === "4" ? [] : ["--yes"]];
        const end = await bench.run({ shell, piped, args, env: { ...env, SETUP_CODE: code } });
        assertEquals(String(end.code), code, end.err);
        assertEquals(
          await Deno.readTextFile(`${bench.home}/setup_words`),
          `setup --runtime codex,claude${code === "4" ? "" : " --yes"}\n`,
        );
        assertEquals(bench.left(), [...PLACED, "home/setup_words"]);
      }
    },
  });
}

Deno.test({
  name: "without --setup and without a terminal it says how to go on, and starts nothing",
  ignore: windows,
  fn: async () => {
    await using bench = await installBench();
    await bench.release("1.2.3");
    const env = { OUROBOROS_RELEASES: bench.releases };
    const end = await bench.run({ env });
    assertStringIncludes(end.out, `Next: "${bench.home}/.local/bin/ouroboros" setup`);
    const PATH = `${bench.bin}:${bench.home}/.local/bin`;
    assertStringIncludes((await bench.run({ env: { ...env, PATH } })).out, "Next: ouroboros setup");
    const without = await bench.run({ env: { ...env, PATH, SETUP_HELP_CODE: "2" } });
    assertStringIncludes(without.out, "Next: ouroboros doctor");
    assertEquals(bench.left(), PLACED);
  },
});

Deno.test({
  name:
    "on a terminal it asks, also when the script comes through a pipe, and setup reads the answer",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    for (const script of [`sh '${INSTALLER}'`, `cat '${INSTALLER}' | sh`]) {
      await using bench = await installBench();
      await bench.release("1.2.3");
      const names =
        `HOME='${bench.home}' PATH='${bench.bin}' TMPDIR='${bench.tmp}' OUROBOROS_RELEASES='${bench.releases}'`;
      const line = `export ${names}; ${
        script.replaceAll("sh ", "/bin/sh ").replace(/sh$/, "/bin/sh")
      }`;
      const no = await inTerminal(line, "n\n");
      assertStringIncludes(no, "Set up an agent now?");
      assertEquals(bench.left(), PLACED, no);
      const yes = await inTerminal(line, "\nwith keys\n");
      assertEquals(await Deno.readTextFile(`${bench.home}/setup_words`), "setup\n", yes);
      assertEquals(await Deno.readTextFile(`${bench.home}/setup_input`), "with keys\n");
      const silent = await inTerminal(`${line} ${script.endsWith("| sh") ? "-s -- " : ""}--yes`);
      assert(!silent.includes("Set up"), silent);
    }
  },
});
