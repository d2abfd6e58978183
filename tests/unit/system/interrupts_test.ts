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

Deno.test({
  name: "the first Ctrl-C asks for an end in order, the second one ends at once, with 7",
  ignore: Deno.build.os === "windows",
  async fn() {
    const file = await Deno.makeTempFile({ suffix: ".ts" });
    await Deno.writeTextFile(file, PROGRAM);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-check", file],
      stdout: "piped",
      stdin: "null",
    }).spawn();
    const lines: string[] = [];
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      lines.push(text.trim());
      child.kill("SIGINT");
    }
    assertEquals([lines, (await child.status).code], [
      ["ready", "Interrupted by Ctrl-C"],
      EXIT.cancelled,
    ]);
    await Deno.remove(file);
  },
});
