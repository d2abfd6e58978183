import { assertEquals } from "@std/assert";
import { promptFrame } from "../../../lib/cli/prompt_frame.ts";

Deno.test("what a prompt drew is taken away by as many lines as it stands below its first", () => {
  let written = "";
  const stream = { write: (text: string) => void (written += text), columns: 80 };
  let over = false;
  const frame = promptFrame(stream, () => over);
  frame.stream.write("Which?\n● Ant\n○ Bee\n");
  frame.stream.write("\x1b[999D\x1b[3A");
  frame.stream.write("\x1b[1B\x1b[JNow\nMore");
  assertEquals(frame.stream.columns, 80);
  const drawn = written;
  over = true;
  frame.stream.write("■ Which? ● Ant\n");
  frame.stream.write("\x1b[?25h");
  assertEquals(written, `${drawn}\x1b[?25h`);
  frame.erase();
  assertEquals(written, `${drawn}\x1b[?25h\r\x1b[2A\x1b[J`);
});
