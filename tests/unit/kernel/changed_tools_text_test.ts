import { assertEquals } from "@std/assert";
import { changedToolsText } from "../../../lib/kernel/changed_tools_text.ts";

Deno.test("Changed files of toolchains are named below the home folder, five at the most", () => {
  const start = "changed in the home folder since the run began: ";
  assertEquals(changedToolsText([".npmrc"]), `${start}~/.npmrc`);
  assertEquals(
    changedToolsText(["a", "b", "c", "d", "e", "f", "g"]),
    `${start}~/a, ~/b, ~/c, ~/d, ~/e and 2 more`,
  );
});
