import { assertEquals } from "@std/assert";
import { terminalColumns, wantsColor } from "../../../lib/system/system_output.ts";
import { CAN_MAKE_TERMINALS, inTerminal } from "../../helpers/in_terminal.ts";

const ENTRY = new URL("../../../lib/system/system_output.ts", import.meta.url).href;

/** A program file over the port; `run` is the shell text that starts it, restricted as the product is. */
async function withProgram(
  code: string,
  use: (run: string) => Promise<void>,
): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import { systemOutput } from ${JSON.stringify(ENTRY)};\n${code}`,
    );
    await use(
      `'${Deno.execPath()}' run --no-check --no-config --no-prompt -q --allow-read --allow-write '${file}'`,
    );
  } finally {
    await Deno.remove(file);
  }
}

async function shell(line: string): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("sh", { args: ["-c", line] }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

const FACTS = `const o = systemOutput({ variables: {} });
o.out(JSON.stringify([o.isTerminal, o.canAsk, o.columns(), o.color]) + "\\n");`;

Deno.test("without a terminal nobody can be asked, and nothing is coloured", async () => {
  await withProgram(FACTS, async (run) => {
    const { out } = await shell(`${run} 2>/dev/null </dev/null`);
    assertEquals(JSON.parse(out).filter((_: unknown, i: number) => i !== 2), [false, false, false]);
  });
});

Deno.test({
  name: "on a terminal a person can be asked, also behind a pipe, and its width is known",
  ignore: !CAN_MAKE_TERMINALS,
  fn: async () => {
    await withProgram(FACTS, async (run) => {
      assertEquals(await inTerminal(run), "[true,true,133,true]\n");
      assertEquals(await inTerminal(`echo | ${run}`), "[true,true,133,true]\n");
      assertEquals(await inTerminal(`${run} 2>/dev/null`), "[true,false,133,true]\n");
    });
  },
});

Deno.test("a large output arrives whole through a slow pipe", async () => {
  const code = `const o = systemOutput({ variables: {} });
for (let i = 0; i < 200; i++) o.out("é".repeat(10_000) + "\\n");`;
  await withProgram(code, async (run) => {
    const { out } = await shell(`${run} | { sleep 0.2; wc -c; }`);
    assertEquals(Number(out), 200 * 20_001);
  });
});

Deno.test("a reader that goes away ends the program without a word", async () => {
  const code = `const o = systemOutput({ variables: {} });
for (let i = 0; i < 100_000; i++) o.out("line " + i + "\\n");
o.err("still here");`;
  await withProgram(code, async (run) => {
    const { out, err } = await shell(`{ ${run}; echo "code $?" >&2; } | head -n 1`);
    assertEquals([out, err], ["line 0\n", "code 7\n"]);
  });
});

Deno.test("who asks for it is told once, and goes on", async () => {
  const code = `let told = 0;
const o = systemOutput({ variables: {}, onOutLost: () => told++ });
for (let i = 0; i < 100_000; i++) o.out("line " + i + "\\n");
o.err("told " + told);`;
  await withProgram(code, async (run) => {
    assertEquals((await shell(`${run} | head -n 1`)).err, "told 1");
  });
});

Deno.test("a closed stderr stops nothing", async () => {
  const code = `const o = systemOutput({ variables: {} });
for (let i = 0; i < 100_000; i++) o.err("talk " + i + "\\n");
o.out("done\\n");`;
  await withProgram(code, async (run) => {
    assertEquals((await shell(`{ ${run} 2>&1 >&3 | head -n 1 >/dev/null; } 3>&1`)).out, "done\n");
  });
});

Deno.test("NO_COLOR beats FORCE_COLOR beats the terminal", () => {
  assertEquals(wantsColor(true, {}), true);
  assertEquals(wantsColor(false, {}), false);
  assertEquals(wantsColor(true, { NO_COLOR: "" }), true);
  assertEquals(wantsColor(true, { NO_COLOR: "1", FORCE_COLOR: "1" }), false);
  assertEquals(wantsColor(false, { FORCE_COLOR: "1" }), true);
  assertEquals(wantsColor(true, { FORCE_COLOR: "0" }), false);
  assertEquals(wantsColor(true, { TERM: "dumb" }), false);
});

Deno.test("columns never fall below what a table needs", () => {
  assertEquals(terminalColumns("5") >= 20, true);
  assertEquals(terminalColumns("many") >= 20, true);
});
