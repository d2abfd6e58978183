import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { EXIT } from "../../../lib/kernel/exit_code.ts";

const PLACE = fromFileUrl(new URL("../../../lib/system/interrupts.ts", import.meta.url));

/** Says each thing that happens to it on a line, and never ends by itself. */
const PROGRAM = `
import { watchInterrupts } from ${JSON.stringify(PLACE)};
const { signal } = watchInterrupts();
signal.addEventListener("abort", () => console.log(signal.reason));
setInterval(() => {}, 1000);
console.log("ready");
`;

/** Starts it, sends the next signal after each of its lines, and gives what it said and its end. */
async function told(signals: readonly Deno.Signal[]): Promise<{ lines: string[]; code: number }> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, PROGRAM);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", file],
    stdout: "piped",
    stdin: "null",
  }).spawn();
  const [first, second, ...rest] = signals;
  const lines: string[] = [];
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    lines.push(text.trim());
    child.kill((lines.length === 1 ? first : second)!);
    if (lines.length < 2) continue;
    for (const signal of rest) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      child.kill(signal);
    }
  }
  const { code } = await child.status;
  await Deno.remove(file);
  return { lines, code };
}

Deno.test({
  name: "the first Ctrl-C asks for an end in order, the second one ends at once, with 7",
  ignore: Deno.build.os === "windows",
  async fn() {
    assertEquals(await told(["SIGINT", "SIGINT"]), {
      lines: ["ready", "Interrupted by Ctrl-C"],
      code: EXIT.cancelled,
    });
  },
});

Deno.test({
  name: "a terminal that closes says so twice, and what ends in order is left to it",
  ignore: Deno.build.os === "windows",
  async fn() {
    // Killed at the end: what had ended at the second one could not be.
    const { lines, code } = await told(["SIGHUP", "SIGHUP", "SIGKILL"]);
    assertEquals(lines, ["ready", "Interrupted: the terminal was closed"]);
    assertEquals(code, 137);
  },
});
