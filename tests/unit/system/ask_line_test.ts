import { assertEquals } from "@std/assert";
import { CAN_MAKE_TERMINALS, inTerminal } from "../../helpers/in_terminal.ts";

const ENTRY = new URL("../../../lib/system/ask_line.ts", import.meta.url).href;

Deno.test({
  name: "a line is read from the terminal, also when stdin is a pipe",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".ts" });
    try {
      await Deno.writeTextFile(
        file,
        `import { askLine } from ${JSON.stringify(ENTRY)};
        console.log("<" + await askLine("Go on? ") + ">");`,
      );
      const run =
        `'${Deno.execPath()}' run --no-check --no-config --no-prompt -q --allow-read --allow-write '${file}'`;
      for (const line of [run, `echo no | ${run}`]) {
        const shown = await inTerminal(line, "jä\n");
        assertEquals(shown.includes("Go on? "), true, shown);
        assertEquals(shown.includes("<jä>"), true, shown);
      }
      // Ctrl-D is the end of input, not an empty answer.
      assertEquals((await inTerminal(run, "\x04")).includes("<null>"), true);
    } finally {
      await Deno.remove(file);
    }
  },
});

Deno.test("with nobody to ask there is no answer", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import { askLine } from ${JSON.stringify(ENTRY)};
      console.log(await askLine("Go on? "));`,
    );
    // A session of its own has no terminal, wherever this test runs.
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--no-config", "--no-prompt", "-q", file],
      stdin: "null",
      stdout: "piped",
      detached: true,
    }).spawn();
    const { stdout } = await child.output();
    assertEquals(new TextDecoder().decode(stdout), "null\n");
  } finally {
    await Deno.remove(file);
  }
});
