import { assertEquals } from "@std/assert";
import { shownWhole } from "../../../lib/kernel/shown_whole.ts";

Deno.test("what a terminal would obey is written out where every character counts", () => {
  assertEquals(
    shownWhole("+a\x9b2Jb\u202ec\x1b[31md\r\n\te\n"),
    "+a<U+009B>2Jb<U+202E>c<U+001B>[31md\n\te\n",
  );
});
