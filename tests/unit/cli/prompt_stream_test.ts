import { assertEquals } from "@std/assert";
import { withoutColors } from "../../../lib/cli/prompt_stream.ts";

Deno.test("a stream without colours keeps the rest: words, other codes, its own facts", () => {
  const written: unknown[] = [];
  const stream = withoutColors({
    columns: 40,
    write: (text: string | Uint8Array) => written.push(text),
    width() {
      return this.columns;
    },
  });
  assertEquals(stream.write("\x1b[36m◆\x1b[39m \x1b[2mdim\x1b[22m\x1b[999D\x1b[6A\x1b[J"), 1);
  stream.write("\x1b[38;5;245mgrey\x1b[0m \x1b[97;1mboth\x1b[101m");
  const bytes = new Uint8Array([1]);
  stream.write(bytes);
  assertEquals(written, [
    "◆ \x1b[2mdim\x1b[22m\x1b[999D\x1b[6A\x1b[J",
    "grey\x1b[0m both",
    bytes,
  ]);
  assertEquals([stream.columns, stream.width()], [40, 40]);
});
